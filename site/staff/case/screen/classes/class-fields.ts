// Declares the fields of a classification and their codes, and formats answers as text.
import * as z from 'zod/mini'
import {
  BANDS,
  Classification,
  CONTROLS,
  DECIDERS,
  EXPLOITATIONS,
  GENDERS,
  INDUSTRIES,
  RECRUITMENTS,
  SEXUAL_EXPLOITATIONS,
  TRAFFICKING_STATUSES,
  YES_OR_NO,
} from '../../../crypto/classification.ts'
import { type ClassKey, type SayClass } from '../../facts/with-class-words.tsx'

/** The codes of each field that offers a fixed list. The country fields have no such list. */
export const CODES = {
  gender: GENDERS,
  under18: YES_OR_NO,
  ageBand: BANDS,
  status: TRAFFICKING_STATUSES,
  decidedBy: DECIDERS,
  recruitment: RECRUITMENTS,
  control: CONTROLS,
  exploitation: EXPLOITATIONS,
  industry: INDUSTRIES,
  sexualExploitation: SEXUAL_EXPLOITATIONS,
} as const
export type CodedField = keyof typeof CODES

/** The fields in the order in which the form shows them. */
export const CLASS_FIELDS = [
  ...(['gender', 'citizenship', 'under18', 'ageBand', 'status'] as const),
  ...(['recruitment', 'control', 'exploitation', 'industry', 'sexualExploitation'] as const),
  ...(['recruitedIn', 'exploitedIn'] as const),
] as const
export type ClassField = (typeof CLASS_FIELDS)[number]

export const SEVERAL_FIELDS = [
  ...(['recruitment', 'control', 'exploitation', 'sexualExploitation'] as const),
] as const
export type SeveralField = (typeof SEVERAL_FIELDS)[number]
export const COUNTRY_FIELDS = ['citizenship', 'recruitedIn', 'exploitedIn'] as const
export type CountryField = (typeof COUNTRY_FIELDS)[number]

/** The answers in a form, which may not state yet who decided the status. */
export const Answers = z.extend(Classification, {
  status: z.nullable(
    z.union([
      z.literal('unknown'),
      z.object({ value: z.enum(TRAFFICKING_STATUSES), decidedBy: z.nullable(z.enum(DECIDERS)) }),
    ]),
  ),
})
export type Answers = z.infer<typeof Answers>

/** Returns null while the answers do not state who decided the status. */
export function classesFrom({ status, ...rest }: Answers): Classification | null {
  if (status === null || status === 'unknown') return { ...rest, status }
  const { value, decidedBy } = status
  return decidedBy === null ? null : { ...rest, status: { value, decidedBy } }
}

/**
 * Builds a string key from a field and one of its codes; the compiler cannot check this key. Keys
 * are in lower case.
 */
export const codeWords = (field: CodedField, code: string, say: SayClass): string =>
  say(`staff-class.${field}.${code}`.toLowerCase() as ClassKey)

export const fieldName = (field: ClassField | 'decidedBy', say: SayClass): string =>
  say(`staff-class.field.${field}`.toLowerCase() as ClassKey)

const isCountryField = (field: ClassField): field is CountryField =>
  field === 'citizenship' || field === 'recruitedIn' || field === 'exploitedIn'

/** Formats an answer as text. */
export function answerWords(
  answers: Answers,
  field: ClassField,
  say: SayClass,
  countries: ReadonlyMap<string, string>,
): string {
  const answer = answers[field]
  if (answer === null) return say('staff-class.none')
  if (answer === 'unknown') return say('staff-class.unknown')
  if (field === 'status') return statusWords(answers.status, say)
  const codes = [answer].flat() as string[]
  return codes
    .map((code) =>
      isCountryField(field) ? (countries.get(code) ?? code) : codeWords(field, code, say),
    )
    .join('; ')
}

function statusWords(status: Answers['status'], say: SayClass): string {
  if (status === null || status === 'unknown') return ''
  const words = codeWords('status', status.value, say)
  if (status.decidedBy === null) return words
  const who = codeWords('decidedBy', status.decidedBy, say)
  return say('staff-class.status.by', { status: words, who })
}
