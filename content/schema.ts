// What may be published. A contact, link or fact without a source, or one whose status is not GREEN, stops the build.
import { z } from 'zod'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const words = z.string().trim().min(1)
const inEveryLanguage = z.strictObject({ ky: words, ru: words, en: words })
/** The browser editor leaves out what is empty. */
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)
const certainty = z.enum(['V1', 'V2'])
/** GREEN: a source was found and it may be shown. Everything else waits outside content/. */
const green = z.literal('GREEN')

export const contactSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}-\d{2}$/),
  country: z.string().regex(/^[A-Z]{2}$/),
  name: inEveryLanguage,
  /** As it is printed; never with a + before a short code. */
  display: words,
  /** As it is dialled. */
  tel: z.string().regex(/^\+?\d{2,15}$/),
  sms: z
    .string()
    .regex(/^\d{3,10}$/)
    .optional(),
  runBy: inEveryLanguage,
  audience: inEveryLanguage,
  languages: orNull(inEveryLanguage),
  hours: orNull(inEveryLanguage),
  /** From where it can be dialled. */
  scope: inEveryLanguage,
  /** What the sources say about registering calls and passing them on. null: they say nothing, and the page says that we do not know. */
  logged: orNull(inEveryLanguage),
  note: orNull(inEveryLanguage),
  sources: z.array(words).min(1),
  latestSource: words,
  certainty,
  status: green,
  /** One test call before the site opens. */
  launchTest: z.enum(['pending', 'passed']),
  lastChecked: day,
})

export const networkSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  name: inEveryLanguage,
  /** null: the organisation is named, and its address waits until it is checked. */
  url: orNull(z.url({ protocol: /^https$/ })),
  purpose: inEveryLanguage,
  note: orNull(inEveryLanguage),
  sources: z.array(words).min(1),
  certainty,
  status: green,
  lastChecked: day,
})

export const factSchema = z.strictObject({
  id: z.string().regex(/^[a-z.-]+$/),
  /** Key of the sentence in strings/<lang>/site.json. */
  text: z.string().startsWith('fact.'),
  source: words,
  /** Of the source, as exactly as it is known. */
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .nullable()
    .default(null),
  certainty,
  status: green,
})

/** What only the Foundation can say. Nothing stands in for it while it is awaited. */
export const foundationFactSchema = z.discriminatedUnion('status', [
  z.strictObject({ value: z.null().default(null), status: z.literal('awaiting'), note: words }),
  z.strictObject({
    value: z.union([words, inEveryLanguage]),
    status: z.literal('green'),
    note: words,
  }),
])

/** The only one that may not be empty: the way out must lead somewhere from the first day. */
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
  exit: exitSchema,
})

const unique = <T extends { id: string }>(records: T[]): boolean =>
  new Set(records.map(({ id }) => id)).size === records.length

export const contactsSchema = z.array(contactSchema).refine(unique, 'an id stands twice')
export const linksSchema = z.array(networkSchema).refine(unique, 'an id stands twice')
export const factsSchema = z.array(factSchema).refine(unique, 'an id stands twice')

export type Contact = z.infer<typeof contactSchema>
export type NetworkLink = z.infer<typeof networkSchema>
export type Fact = z.infer<typeof factSchema>
export type Foundation = z.infer<typeof foundationSchema>
