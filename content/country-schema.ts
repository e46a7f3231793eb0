// Defines the countries on the numbers page, and the cards that a traveller shows to a local
// person. An invalid record stops the build.
import { z } from 'zod'
import { countryCode, orNull, recordDay, withUniqueIds, words } from './schema-fields.ts'

/** A country on the numbers page, with the id of its emergency number. */
export const countrySchema = z.strictObject({
  country: countryCode,
  danger: words,
  /** True when the country has its own page: content/countries/<lang>/<country>.mdx. */
  page: z.boolean(),
  /**
   * The dialling code at the beginning of the country's full international numbers. Another code is
   * a typo.
   */
  prefix: z
    .string()
    .regex(/^\+\d{1,4}$/)
    .optional(),
  /**
   * The names that people use for the country, in every language. The staff app looks for these
   * names in a letter's place field, to show the local time there.
   */
  names: z.array(words).min(1),
})

export const countriesSchema = z
  .array(countrySchema)
  .refine(
    (records) => new Set(records.map(({ country }) => country)).size === records.length,
    'a country stands twice',
  )

const signature = z.strictObject({ who: words, day: recordDay })

/** Sentences in the language of a country, which a traveller shows to a local person. */
export const cardSchema = z.strictObject({
  /** The language code of the card. */
  id: z.string().regex(/^[a-z]{2}$/),
  countries: z.array(countryCode).min(1),
  direction: z.enum(['ltr', 'rtl']),
  sentences: z.strictObject({
    papers: words,
    leave: words,
    interpreter: words,
    /** The page replaces `{number}` with the number of the Consular Department. */
    consulate: words.includes('{number}'),
    minor: words,
  }),
  /** Pages show the card once a native speaker and the Foundation have signed these words. */
  signed: orNull(z.strictObject({ native: signature, foundation: signature })),
})

export const cardsSchema = withUniqueIds(cardSchema)

export type CountryRecord = z.infer<typeof countrySchema>
export type Card = z.infer<typeof cardSchema>
