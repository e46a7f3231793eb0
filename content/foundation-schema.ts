// Defines the values of the Foundation and the address of the quick exit. An invalid value stops
// the build.
import { z } from 'zod'
import { editions } from './languages.ts'
import { httpsUrl, inEveryLanguage, recordDay, words } from './schema-fields.ts'

/**
 * A value that only the Foundation can provide. While a value is awaited, no other value stands in
 * for it.
 */
export const foundationFactSchema = z.discriminatedUnion('status', [
  z.strictObject({ value: z.null().default(null), status: z.literal('awaiting'), note: words }),
  z.strictObject({
    value: z.union([words, inEveryLanguage]),
    status: z.literal('green'),
    note: words,
  }),
])

/**
 * A value that needs a signature. The person responsible for safety signs it, because an address
 * can lead somebody to the staff.
 */
export const signedFactSchema = z.discriminatedUnion('status', [
  z.strictObject({ value: z.null().default(null), status: z.literal('awaiting'), note: words }),
  z.strictObject({
    value: z.union([words, inEveryLanguage]),
    status: z.literal('green'),
    note: words,
    signed: z.strictObject({ who: words, day: recordDay }),
  }),
])

/**
 * The address of the quick exit. The address must not be empty, because the exit must work from the
 * first day.
 */
const exitSchema = z.strictObject({
  value: httpsUrl,
  status: z.enum(['provisional', 'green']),
  note: words,
})

/** The key of the Foundation value that states who answers in an edition's language. */
export const answersKey = (lang: string): string => `answers-${lang}`

/** Returns true for a key that answersKey made. */
export const isAnswersKey = (key: string): boolean => key.startsWith(answersKey(''))

const answers: object = Object.fromEntries(
  editions.map((lang) => [answersKey(lang), foundationFactSchema]),
)

export const foundationSchema = z.strictObject({
  ...answers,
  phone: foundationFactSchema,
  email: foundationFactSchema,
  hours: foundationFactSchema,
  help: foundationFactSchema,
  readers: foundationFactSchema,
  replyTime: foundationFactSchema,
  night: foundationFactSchema,
  retention: foundationFactSchema,
  dutyToReport: foundationFactSchema,
  tipOffs: foundationFactSchema,
  /**
   * The person at the Foundation who reviewed words that may endanger a person, and the day. While
   * this value is awaited, pages do not show such words.
   */
  familyAdvice: foundationFactSchema,
  careTexts: foundationFactSchema,
  minorConsent: foundationFactSchema,
  years: foundationFactSchema,
  projectName: foundationFactSchema,
  helped: foundationFactSchema,
  address: signedFactSchema,
  registration: foundationFactSchema,
  people: foundationFactSchema,
  press: foundationFactSchema,
  partners: foundationFactSchema,
  report: foundationFactSchema,
  money: foundationFactSchema,
  /**
   * Pages that a specialist or the Foundation must write first. Until then, no page links to them.
   */
  leaving: foundationFactSchema,
  blackmail: foundationFactSchema,
  journalists: foundationFactSchema,
  exit: exitSchema,
})

export type Foundation = z.infer<typeof foundationSchema>
