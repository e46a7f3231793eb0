// Defines the fields that several kinds of records share. A schema beside this file defines each
// kind of record.
import { z } from 'zod'
import { defaultLanguage, forEveryLanguage, isWholeLanguage, untranslated } from './languages.ts'

export const recordDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const words = z.string().trim().min(1)
/**
 * A text in every complete language. An edition may lack the text, but the build stops when a page
 * of that edition uses the text.
 */
export const inEveryLanguage = z
  .strictObject(forEveryLanguage((lang) => (isWholeLanguage(lang) ? words : words.optional())))
  .transform((texts) =>
    forEveryLanguage((lang) => texts[lang] ?? untranslated(lang, texts[defaultLanguage] ?? '')),
  )
export const httpsUrl = z.url({ protocol: /^https$/ })
export const countryCode = z.string().regex(/^[A-Z]{2}$/)

/** The id of a country record: the country's code and a number. */
export const countryRecordId = z.string().regex(/^[A-Z]{2}-\d{2}$/)

/** Reads a missing field as null, because the browser editor omits empty fields. */
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)

/** The part of a record that states how reliable the record is. */
export const certainty = z.enum(['V1', 'V2'])

/**
 * GREEN means that a source was found and the record may be shown. Other records are outside
 * content/.
 */
export const green = z.literal('GREEN')

/** A one-time test that a person runs before the site opens: a call, or a visit to an address. */
export const launchTest = z.enum(['pending', 'passed'])

/** Returns an array schema for records with unique ids. */
export const withUniqueIds = <T extends z.ZodType<{ id: string }>>(record: T) =>
  z
    .array(record)
    .refine(
      (records) => new Set(records.map(({ id }) => id)).size === records.length,
      'an id stands twice',
    )
