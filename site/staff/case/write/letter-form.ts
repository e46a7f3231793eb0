// Holds the fields of a letter that a colleague writes down for a person. The draft is a single
// string, so that it survives locking as other drafts do.
import * as z from 'zod/mini'
import { languages, type WholeLanguage } from '#content/languages.ts'
import { KIND } from '#protocol/report/envelope'
import {
  CONSENTS,
  PEOPLE,
  UNDER_18,
  type PlainReport,
  type SafeContact,
} from '#protocol/report/plain-report'

export const LETTER_KINDS = [KIND.helpForMe, KIND.helpForAnother, KIND.tip] as const
export const CONTACT_FIELDS = ['avoid', 'how', 'when', 'name', 'word'] as const

const LetterFields = z.object({
  kind: z.literal(LETTER_KINDS),
  lang: z.enum(languages),
  text: z.string(),
  place: z.string(),
  danger: z.boolean(),
  people: z.nullable(z.enum(PEOPLE)),
  under18: z.nullable(z.enum(UNDER_18)),
  consent: z.nullable(z.enum(CONSENTS)),
  contact: z.object({
    avoid: z.string(),
    how: z.string(),
    when: z.string(),
    name: z.string(),
    word: z.string(),
  }),
  /** false when the person does not want a number */
  hasNumber: z.boolean(),
})
export type LetterFields = z.infer<typeof LetterFields>

export const EnteredLetter = z.object({
  /** report id, base64url */
  id: z.string(),
  /** base64url */
  envelope: z.string(),
  contentHash: z.string(),
  /** 28 digits; empty when the person did not want a number */
  receipt: z.string(),
})
export type EnteredLetter = z.infer<typeof EnteredLetter>

export const emptyLetter = (lang: WholeLanguage): LetterFields => ({
  kind: KIND.helpForMe,
  lang,
  text: '',
  place: '',
  danger: false,
  ...{ people: null, under18: null, consent: null },
  contact: { avoid: '', how: '', when: '', name: '', word: '' },
  hasNumber: true,
})

const SealedDraft = z.object({
  /** the draft of the sealed words */
  of: z.string(),
  letter: EnteredLetter,
  /** true when the letter is stored and only its number has yet to be read out */
  isStored: z.boolean(),
})
export type SealedDraft = z.infer<typeof SealedDraft>

/** Parses the draft of a sealed letter. Returns null for any other string. */
export const sealedDraft = (saved: string): SealedDraft | null => draftIn(SealedDraft, saved)

/** Parses a draft. A string that is not a draft yields an empty letter. */
export const lettersDraft = (saved: string, lang: WholeLanguage): LetterFields =>
  draftIn(LetterFields, saved) ?? emptyLetter(lang)

/** Returns null for a string that is not a draft of this shape, such as an empty one. */
function draftIn<Schema extends z.ZodMiniType>(
  schema: Schema,
  saved: string,
): z.infer<Schema> | null {
  try {
    return schema.parse(JSON.parse(saved))
  } catch {
    return null
  }
}

/**
 * Returns the fields that the person filled in. An absent field means "not answered", as on the
 * public page.
 */
export function reportFields({
  lang,
  text,
  place,
  people,
  under18,
  consent,
  contact,
}: LetterFields): Pick<
  PlainReport,
  'lang' | 'text' | 'place' | 'people' | 'under18' | 'consent' | 'contact'
> {
  const given: SafeContact = {}
  for (const field of CONTACT_FIELDS) {
    const words = contact[field].trim()
    if (words) given[field] = words
  }
  return {
    lang,
    text: text.trim(),
    ...(place.trim() && { place: place.trim() }),
    ...(people && { people }),
    ...(under18 && { under18 }),
    ...(consent && { consent }),
    ...(Object.keys(given).length > 0 && { contact: given }),
  }
}
