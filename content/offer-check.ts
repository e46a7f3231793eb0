// Parses the signs of a risky offer on import, so that a bad record stops the build. The sentences
// for the signs are in strings/<lang>/offer.json, under offer.flag.<id> and offer.flag.<id>.why. A
// sign that none of the twelve questions covers has one sentence, offer.beside.<id>.
import { z } from 'zod'
import { forEachLanguage } from './languages.ts'
import record from './offer-check.json' with { type: 'json' }

const words = z.string().trim().min(1)
const id = z.string().regex(/^[a-z]+$/)
/** Words that risky offers use, in any language. README.md explains how to write such words. */
const patterns = z.strictObject(forEachLanguage(() => z.array(words)))

export const offerCheckSchema = z.strictObject({
  sources: z.array(words).min(1),
  certainty: z.enum(['V1', 'V2']),
  status: z.literal('GREEN'),
  lastChecked: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /**
   * True once a specialist of the Foundation has approved the weights and the sums. The sources
   * list the signs, but give neither weights nor sums.
   */
  weightsReviewed: z.boolean(),
  /** Words for money, and the sum above which a month's pay counts as far higher than normal. */
  money: z.strictObject({
    currencies: z.array(
      z.strictObject({
        words: z.array(words),
        from: z.number().positive(),
        isHome: z.boolean().default(false),
      }),
    ),
    times: z.array(z.tuple([z.number(), z.array(words)])),
  }),
  /** Words that negate the next word, and words that negate the word before them. */
  denials: z.strictObject({ before: words, after: words }),
  /** Named lists of words. A pattern refers to a list as `@name`. */
  words: z.record(id, words),
  flags: z
    .array(z.strictObject({ id, weight: z.number().int().min(1).max(3), patterns }))
    .length(12),
  /**
   * Signs that no question covers. `fact` is the id of the fact in facts.json that supports the
   * sign.
   */
  beside: z.array(z.strictObject({ id, fact: words, patterns })),
})

export type OfferCheck = z.infer<typeof offerCheckSchema>

export const offerCheck = offerCheckSchema.parse(record)
