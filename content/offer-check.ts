// The signs of a risky offer, as data: parsed when imported, so that a bad record stops the build. Their sentences are in
// strings/<lang>/offer.json, under offer.flag.<id> and offer.flag.<id>.why.
import { z } from 'zod'
import record from './offer-check.json' with { type: 'json' }

const words = z.string().trim().min(1)

export const offerCheckSchema = z.strictObject({
  sources: z.array(words).min(1),
  certainty: z.enum(['V1', 'V2']),
  status: z.literal('GREEN'),
  lastChecked: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** true once a specialist of the Foundation has agreed to the weights: the sources list the signs, not how much each counts. */
  weightsReviewed: z.boolean(),
  flags: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z]+$/),
        weight: z.number().int().min(1).max(3),
        /** Beginnings of words that often stand in such offers, looked for in a text in any language. */
        hints: z.strictObject({ ky: z.array(words), ru: z.array(words), en: z.array(words) }),
      }),
    )
    .length(12),
})

export const offerCheck = offerCheckSchema.parse(record)
