// Defines the schemas of templates, the reply texts that an admin has written. The ledger contains
// the hash of each text, so that the server cannot change the words of a reply.
import * as z from 'zod/mini'
import { HASH_BYTES } from '../limits.ts'
import { SignedChange } from './chain.ts'
import { b64Of } from './fields.ts'

/**
 * The purposes that templates serve. The app has a built-in text for each purpose, except for
 * purposes that the organisation has added.
 */
export const TEMPLATE_PURPOSES = [
  'first',
  'safer',
  'cannot',
  'meeting',
  'share',
  'wait',
  'closing',
  'own_1',
  'own_2',
  'own_3',
] as const
export type TemplatePurpose = (typeof TEMPLATE_PURPOSES)[number]

/**
 * Maximum length of a template, in characters. A reply has room for this many Cyrillic characters,
 * at two bytes each.
 */
export const MAX_TEMPLATE_CHARS = 1700

/** The subject of `template.set`: language and purpose, such as `ky.first`. */
const templateName = z
  .string()
  .check(z.regex(new RegExp(`^[a-z]{2}\\.(${TEMPLATE_PURPOSES.join('|')})$`)))

/** `template.set`: SHA-256 of the UTF-8 text; null restores the app's own text. */
export const TemplateSet = z.object({
  name: templateName,
  textHash: z.nullable(b64Of(HASH_BYTES)),
})
export type TemplateSet = z.infer<typeof TemplateSet>

const templateText = z.string().check(z.minLength(1), z.maxLength(MAX_TEMPLATE_CHARS))

/** The body of `template.set`. */
export const NewTemplate = z.object({ signed: SignedChange, text: z.nullable(templateText) })
export type NewTemplate = z.infer<typeof NewTemplate>

/** The templates that the organisation wrote. */
export const TemplateList = z.object({
  templates: z.array(z.object({ name: templateName, text: templateText })),
})
export type TemplateList = z.infer<typeof TemplateList>
