// Defines the records that may be published. A contact, link or fact stops the build when it has
// no source or its status is not GREEN.
import { z } from 'zod'
import {
  certainty,
  countryCode,
  countryRecordId,
  green,
  httpsUrl,
  inEveryLanguage,
  launchTest,
  orNull,
  recordDay,
  withUniqueIds,
  words,
} from './schema-fields.ts'

export const contactSchema = z.strictObject({
  id: countryRecordId,
  country: countryCode,
  name: inEveryLanguage,
  /** The number as a page prints it, never with a + before a short code. */
  display: words,
  /** The number as a phone dials it. */
  tel: z.string().regex(/^\+?\d{2,15}$/),
  sms: z
    .string()
    .regex(/^\d{3,10}$/)
    .optional(),
  /** Short codes that the same source lists beside the number, such as ambulance or fire. */
  codes: z
    .array(z.strictObject({ tel: z.string().regex(/^\d{2,4}$/), name: inEveryLanguage }))
    .optional(),
  /** null when the sources do not contain the name of the organisation. */
  runBy: orNull(inEveryLanguage),
  audience: inEveryLanguage,
  languages: orNull(inEveryLanguage),
  hours: orNull(inEveryLanguage),
  /** The places from which the number can be dialled. */
  scope: inEveryLanguage,
  /**
   * The sentence about whether calls are recorded or forwarded; null when the sources do not say.
   */
  logged: orNull(inEveryLanguage),
  /**
   * Every number in this note must be in a record, because the pages turn every such number into a
   * link.
   */
  note: orNull(inEveryLanguage),
  /** The page of the service that takes the calls. */
  page: orNull(httpsUrl),
  sources: z.array(words).min(1),
  latestSource: words,
  certainty,
  status: green,
  /** A test call, which a person makes once before the site opens. */
  launchTest,
  lastChecked: recordDay,
})

const nameLang = z.string().regex(/^[a-z]{2}$/)

/** A helpful page on another site, shown with the numbers of its country. */
export const linkSchema = z.strictObject({
  id: countryRecordId,
  country: countryCode,
  name: inEveryLanguage,
  /**
   * The language of an untranslated name, so that a screen reader pronounces the name correctly.
   */
  nameLang: nameLang.optional(),
  url: httpsUrl,
  purpose: inEveryLanguage,
  sources: z.array(words).min(1),
  certainty,
  status: green,
  /** The test before the site opens: a person opens the address. */
  launchTest,
  lastChecked: recordDay,
})

export const networkSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  name: inEveryLanguage,
  /**
   * The language of an untranslated name, so that a screen reader pronounces the name correctly.
   */
  nameLang: nameLang.optional(),
  /** null when the page mentions the organisation but its address has not been checked yet. */
  url: orNull(httpsUrl),
  purpose: inEveryLanguage,
  note: orNull(inEveryLanguage),
  /** The country that the `help` page lists the organisation under. */
  country: countryCode.optional(),
  sources: z.array(words).min(1),
  certainty,
  status: green,
  /**
   * The test before the site opens: a person opens the address; absent when the record has no
   * address.
   */
  launchTest: launchTest.optional(),
  lastChecked: recordDay,
})

export const factSchema = z.strictObject({
  id: z.string().regex(/^[a-z.-]+$/),
  /** Key of the sentence in strings/<lang>/site.json. */
  text: z.string().startsWith('fact.'),
  /** An untranslated name in the sentence or the source, and the language of this name. */
  name: words.optional(),
  nameLang: nameLang.optional(),
  /** The number in the sentence that a text may show in large type. */
  figure: z.number().int().positive().optional(),
  /** The name of the source in the reader’s language, with its address. */
  source: inEveryLanguage,
  /** The date of the source, as precisely as it is known. */
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .nullable()
    .default(null),
  certainty,
  status: green,
})

export const contactsSchema = withUniqueIds(contactSchema)
export const linksSchema = withUniqueIds(linkSchema)
export const networksSchema = withUniqueIds(networkSchema)
export const factsSchema = withUniqueIds(factSchema)

export type Contact = z.infer<typeof contactSchema>
export type Link = z.infer<typeof linkSchema>
export type NetworkLink = z.infer<typeof networkSchema>
export type Fact = z.infer<typeof factSchema>
