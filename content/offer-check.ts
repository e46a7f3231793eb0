// Parses the signs of a risky offer on import, so that a bad record stops the build. Sentences of
// the signs are in strings/<lang>/offer.json, under offer.flag.<id> and offer.flag.<id>.why.
import { z } from 'zod'
import { forEachLanguage, languages } from './languages.ts'
import record from './offer-check.json' with { type: 'json' }

const words = z.string().trim().min(1)

export const offerCheckSchema = z.strictObject({
  sources: z.array(words).min(1),
  certainty: z.enum(['V1', 'V2']),
  status: z.literal('GREEN'),
  lastChecked: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /**
   * True once a specialist of the Foundation has agreed to the weights.
   * The sources list the signs, but not the weight of each sign.
   */
  weightsReviewed: z.boolean(),
  flags: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z]+$/),
        weight: z.number().int().min(1).max(3),
        /** Words of such offers, in any language. README.md says how to write such words. */
        patterns: z.strictObject(forEachLanguage(() => z.array(words))),
      }),
    )
    .length(12),
})

export type OfferCheck = z.infer<typeof offerCheckSchema>

/** Returns the patterns of each sign in all languages, because many offers mix two. */
export const patternsOf = ({ flags }: OfferCheck): [sign: string, patterns: string[]][] =>
  flags.map(({ id, patterns }) => [id, languages.flatMap((lang) => patterns[lang])])

export const offerCheck = offerCheckSchema.parse(record)
