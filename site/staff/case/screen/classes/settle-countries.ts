// Converts the country names that a colleague has typed to codes.
import { countryNamed } from '../../../i18n/country-names.ts'
import { type ClassDraft } from './class-draft.ts'
import { type Answers, type CountryField } from './class-fields.ts'

export type CountryAnswer = string[] | 'unknown' | null

/**
 * Adds a country to the answer. An answer without countries becomes a list that contains only this
 * country.
 */
export const withCountry = (answer: CountryAnswer, code: string): string[] =>
  Array.isArray(answer) ? [...new Set([...answer, code])] : [code]

type Written = Pick<ClassDraft, 'answers' | 'typed'>

/** Returns the answers, with every country added whose full name is in a country field. */
export function settled({ answers, typed }: Written, names: ReadonlyMap<string, string>): Written {
  const codeIn = (field: CountryField): string | null => countryNamed(typed[field], names)
  const add = (field: 'citizenship' | 'exploitedIn'): Partial<Answers> => {
    const code = codeIn(field)
    return code === null ? {} : { [field]: withCountry(answers[field], code) }
  }
  const left = (field: CountryField): string => (codeIn(field) === null ? typed[field] : '')
  return {
    answers: {
      ...{ ...answers, ...add('citizenship'), ...add('exploitedIn') },
      recruitedIn: codeIn('recruitedIn') ?? answers.recruitedIn,
    },
    typed: {
      ...{ citizenship: left('citizenship'), exploitedIn: left('exploitedIn') },
      recruitedIn: left('recruitedIn'),
    },
  }
}
