// Derives classification codes from the choices in the letters of a case. A suggestion has no
// effect until a colleague presses it.
import { SIGNS } from '#protocol/report/plain-report'
import countries from '#content/countries.json' with { type: 'json' }
import { CONTROLS, type Control } from '../../crypto/classification.ts'
import { type ReadReport } from '../../crypto/parse-report.ts'
import { threadsInOrder } from './in-thread.ts'
import { type LoadedReport } from './load-report.ts'

/** The choice in a letter from which a suggestion is derived. */
export type SuggestedBy =
  | { is: 'sign'; code: string }
  | { is: 'under18'; answer: 'yes' | 'no' }
  | { is: 'place'; text: string }

export type CodeSuggestion = { from: SuggestedBy } & (
  | { field: 'control'; code: Control }
  | { field: 'under18'; code: 'yes' | 'no' }
  | { field: 'exploitedIn'; code: string }
)

/** Returns null for `ForcedActs`, because only a person can choose the code for this sign. */
const controlFor = (sign: string): Control | null =>
  (SIGNS as readonly string[]).includes(sign)
    ? (CONTROLS.find((each) => each === sign) ?? null)
    : null

/**
 * Returns the country that a button on the page filled in; null for a place in the person's own
 * words.
 */
const countryOf = (place: string): string | null =>
  countries.find(({ names }) => names.includes(place.trim()))?.country ?? null

function suggestedBy({ signs, under18, place = '' }: ReadReport): CodeSuggestion[] {
  const country = countryOf(place)
  return [
    ...signs.flatMap((sign): CodeSuggestion[] => {
      const code = controlFor(sign)
      return code ? [{ from: { is: 'sign', code: sign }, field: 'control', code }] : []
    }),
    ...(under18 === 'yes' || under18 === 'no'
      ? [{ from: { is: 'under18', answer: under18 }, field: 'under18', code: under18 } as const]
      : []),
    ...(country
      ? [{ from: { is: 'place', text: place }, field: 'exploitedIn', code: country } as const]
      : []),
  ]
}

/** Lists the suggestions from each letter that began a thread, oldest first. */
export const suggestionsOf = (loaded: LoadedReport): readonly (readonly CodeSuggestion[])[] =>
  threadsInOrder(loaded).map(({ first }) => (first ? suggestedBy(first.report) : []))
