// Defines the records that may be published. A contact, link or fact stops the build when it has
// no source or its status is not GREEN.
import { z } from 'zod'
import { forEachLanguage } from './languages.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const words = z.string().trim().min(1)
const inEveryLanguage = z.strictObject(forEachLanguage(() => words))
/** Reads a missing field as null, because the browser editor omits empty fields. */
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)
const certainty = z.enum(['V1', 'V2'])
/** GREEN: a source was found and the record may be shown. Other records are outside content/. */
const green = z.literal('GREEN')

export const contactSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}-\d{2}$/),
  country: z.string().regex(/^[A-Z]{2}$/),
  name: inEveryLanguage,
  /** The number as a page prints it; never with a + before a short code. */
  display: words,
  /** The number as a phone dials it. */
  tel: z.string().regex(/^\+?\d{2,15}$/),
  sms: z
    .string()
    .regex(/^\d{3,10}$/)
    .optional(),
  /** Short codes beside the number that the same source names: ambulance, fire. */
  codes: z
    .array(z.strictObject({ tel: z.string().regex(/^\d{2,4}$/), name: inEveryLanguage }))
    .optional(),
  /** null: the sources do not name the organisation. */
  runBy: orNull(inEveryLanguage),
  audience: inEveryLanguage,
  languages: orNull(inEveryLanguage),
  hours: orNull(inEveryLanguage),
  /** The places from which a person can dial the number. */
  scope: inEveryLanguage,
  /**
   * The sentence about records of calls and their forwarding; null when the sources are silent.
   */
  logged: orNull(inEveryLanguage),
  /** A number inside the note must be in a record; the pages make it a link. */
  note: orNull(inEveryLanguage),
  /** The page of the service that answers. */
  page: orNull(z.url({ protocol: /^https$/ })),
  sources: z.array(words).min(1),
  latestSource: words,
  certainty,
  status: green,
  /** A test call, which a person makes once before the site opens. */
  launchTest: z.enum(['pending', 'passed']),
  lastChecked: day,
})

/** A page of another site that helps, shown with the numbers of its country. */
export const linkSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}-\d{2}$/),
  country: z.string().regex(/^[A-Z]{2}$/),
  name: inEveryLanguage,
  url: z.url({ protocol: /^https$/ }),
  purpose: inEveryLanguage,
  sources: z.array(words).min(1),
  certainty,
  status: green,
  /** Somebody opens the address once before the site opens. */
  launchTest: z.enum(['pending', 'passed']),
  lastChecked: day,
})

export const networkSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  name: inEveryLanguage,
  /** null: the page names the organisation, but nobody has checked its address yet. */
  url: orNull(z.url({ protocol: /^https$/ })),
  purpose: inEveryLanguage,
  note: orNull(inEveryLanguage),
  sources: z.array(words).min(1),
  certainty,
  status: green,
  /** Somebody opens the address once before the site opens; missing without an address. */
  launchTest: z.enum(['pending', 'passed']).optional(),
  lastChecked: day,
})

export const factSchema = z.strictObject({
  id: z.string().regex(/^[a-z.-]+$/),
  /** Key of the sentence in strings/<lang>/site.json. */
  text: z.string().startsWith('fact.'),
  source: words,
  /** The date of the source, as exactly as it is known. */
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .nullable()
    .default(null),
  certainty,
  status: green,
})

/** A country of the page of numbers, with the id of its number for danger now. */
export const countrySchema = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  danger: words,
  /** True when the country has a page of its own: content/countries/<lang>/<country>.mdx. */
  page: z.boolean(),
})

const signature = z.strictObject({ who: words, day })

/** Sentences in the language of a country, for a person who shows them to somebody there. */
export const cardSchema = z.strictObject({
  /** The code of the card's language. */
  id: z.string().regex(/^[a-z]{2}$/),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  direction: z.enum(['ltr', 'rtl']),
  sentences: z.strictObject({
    papers: words,
    leave: words,
    interpreter: words,
    /** The page puts the number of the Consular Department into `{number}`. */
    consulate: words.includes('{number}'),
    minor: words,
  }),
  /** Pages show the card once a native speaker and the Foundation have signed these words. */
  signed: orNull(z.strictObject({ native: signature, foundation: signature })),
})

/** A value that only the Foundation can give. While a value is awaited, no other replaces it. */
export const foundationFactSchema = z.discriminatedUnion('status', [
  z.strictObject({ value: z.null().default(null), status: z.literal('awaiting'), note: words }),
  z.strictObject({
    value: z.union([words, inEveryLanguage]),
    status: z.literal('green'),
    note: words,
  }),
])

/**
 * The address of the quick exit. The address may not be empty, because the exit must work on day
 * one.
 */
const exitSchema = z.strictObject({
  value: z.url({ protocol: /^https$/ }),
  status: z.enum(['provisional', 'green']),
  note: words,
})

export const foundationSchema = z.strictObject({
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
   * The person of the Foundation who has read words that may put somebody in danger, and the day.
   * While this value is awaited, pages do not show such words.
   */
  familyAdvice: foundationFactSchema,
  careTexts: foundationFactSchema,
  exit: exitSchema,
})

const unique = <T extends { id: string }>(records: T[]): boolean =>
  new Set(records.map(({ id }) => id)).size === records.length

export const contactsSchema = z.array(contactSchema).refine(unique, 'an id stands twice')
export const linksSchema = z.array(linkSchema).refine(unique, 'an id stands twice')
export const networksSchema = z.array(networkSchema).refine(unique, 'an id stands twice')
export const cardsSchema = z.array(cardSchema).refine(unique, 'an id stands twice')
export const countriesSchema = z
  .array(countrySchema)
  .refine(
    (records) => unique(records.map(({ country }) => ({ id: country }))),
    'a country stands twice',
  )
export const factsSchema = z.array(factSchema).refine(unique, 'an id stands twice')

export type Contact = z.infer<typeof contactSchema>
export type Link = z.infer<typeof linkSchema>
export type NetworkLink = z.infer<typeof networkSchema>
export type Fact = z.infer<typeof factSchema>
export type CountryRecord = z.infer<typeof countrySchema>
export type Card = z.infer<typeof cardSchema>
export type Foundation = z.infer<typeof foundationSchema>
