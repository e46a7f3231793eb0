// Checks the editions, which are languages in which the site has only some of its pages. Parsing
// happens on import, so that a bad record stops the build.
import { z } from 'zod'
import records from './editions.json' with { type: 'json' }
import { isWholeLanguage } from './languages.ts'

const words = z.string().trim().min(1)

const edition = z.strictObject({
  /** The name of the language in that language. */
  name: words,
  rightToLeft: z.boolean().default(false),
  /** The addresses of the pages, without the language code; empty for the home page. */
  pages: z
    .array(z.string())
    .refine((pages) => pages.includes(''), 'must name the home page, ""')
    .refine((pages) => new Set(pages).size === pages.length, 'names a page twice'),
  /** The language in which the site offers the pages that the edition lacks. */
  elsewhere: z.strictObject({
    lang: z.string().refine(isWholeLanguage, 'is no whole language'),
    /**
     * The words beside a link to such a page, in the language of the edition, for example "in
     * Russian".
     */
    words,
  }),
})

export const editionsSchema = z.record(
  z
    .string()
    .regex(/^[a-z]{2}$/, 'is no code of a language, like ky')
    .refine((code) => !isWholeLanguage(code), 'is a whole language'),
  edition,
)

export type EditionRecord = z.infer<typeof edition>

/**
 * Pages that other pages need. A person who receives a return number in one edition must be able to
 * read the reply in that language.
 */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  tell: ['tell/form', 'tell/sent', 'tell/saved', 'help', 'answer', 'answer/thread', 'check'],
  answer: ['answer/thread'],
}

/** Returns every page of an edition: the listed pages, and the pages that they need. */
export const pagesOfEdition = ({ pages }: Pick<EditionRecord, 'pages'>): readonly string[] => [
  ...new Set([...pages, ...pages.flatMap((page) => NEEDED[page] ?? []), '404']),
]

const parsed: Readonly<Record<string, EditionRecord>> = editionsSchema.parse(records)

/** Returns the record of an edition, or null for any other language. */
export const editionOf = (lang: string): EditionRecord | null => parsed[lang] ?? null
