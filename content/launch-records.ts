// Checks the records of the launch list: waivers, texts read by a native speaker, and questions to
// native speakers.
import { z } from 'zod'
import { forEveryLanguage } from './languages.ts'

const words = z.string().trim().min(1)

/**
 * Waivers: open questions on the launch list for which a person takes responsibility, with a date
 * and a reason. An open question without a waiver keeps the site closed.
 */
export const waiversSchema = z
  .array(
    z.strictObject({
      /** The id of the question, as `npm run content -- launch` prints it. */
      id: words,
      /** The name of the person who is responsible for the waiver. */
      who: words,
      day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
      reason: words,
    }),
  )
  .refine(
    (waivers) => new Set(waivers.map(({ id }) => id)).size === waivers.length,
    'an id stands twice',
  )

const question = z.strictObject({
  /** A key in strings/, a page, the id of a record, or `replies`. */
  where: words,
  now: words,
  /**
   * An alternative wording that the native speaker may prefer. Without an alternative, the question
   * is whether the words sound right.
   */
  or: words.optional(),
})

/**
 * Changed words that a native speaker has to review. An entry is removed after the words have been
 * reviewed.
 */
export const nativeReadersSchema = z.strictObject(forEveryLanguage(() => z.array(question)))

/**
 * The string files that a native speaker has read. An edition also lists the records, such as
 * contacts.json, whose texts in its language a native speaker has read.
 */
export const reviewedSchema = z.strictObject(forEveryLanguage(() => z.array(words)))
