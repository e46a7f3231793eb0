// Reads all texts in content/ without checking their schemas. The report can therefore list faults
// that would stop the build.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { reviewedSchema } from '#content/launch-records.ts'
import { languages, type WholeLanguage } from '#content/languages.ts'
import { readJson, readPageText, type PageText } from '#scripts/content/read-file'
import { readStories, textOfStory } from '#scripts/content/story-texts'
import { Stop } from '#scripts/shared/progress'

export interface StringFile {
  lang: WholeLanguage
  file: string
  texts: string[]
}

/**
 * Reads the names of the string files that a native speaker has read.
 *
 * @throws Stop with the name of the language, when content/reviewed.json lacks a language
 */
export function readReviewed(folder: string): Record<WholeLanguage, string[]> {
  const read = reviewedSchema.safeParse(readJson(folder, 'reviewed.json'))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Stop(`content/reviewed.json ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

/** The folders of texts, and the prefix of their pages' names. */
const FOLDERS = [
  ['pages', ''],
  ['countries', 'country/'],
] as const

export function pageTexts(folder: string): PageText[] {
  const stories = readStories(folder).flatMap(({ story }) => story ?? [])
  return languages.flatMap((lang) => [
    ...FOLDERS.flatMap(([texts, prefix]) =>
      readdirSync(join(folder, 'content', texts, lang))
        .filter((name) => name.endsWith('.mdx'))
        .sort()
        .map((name) => readPageText(folder, lang, `${texts}/${lang}/${name}`, prefix + name)),
    ),
    ...stories.map((story) => textOfStory(lang, story)),
  ])
}

const textsOf = (folder: string, path: string): string[] =>
  Object.values(readJson(folder, path) as Record<string, string>)

/** The name under which content/reviewed.json lists a language's reply templates. */
const REPLIES = 'replies.json'

/** Reads the strings and the reply templates of each language. */
export const stringFiles = (folder: string): StringFile[] =>
  languages.flatMap((lang) => [
    ...readdirSync(join(folder, 'content/strings', lang))
      .sort()
      .map((file) => ({ lang, file, texts: textsOf(folder, `strings/${lang}/${file}`) })),
    { lang, file: REPLIES, texts: textsOf(folder, `templates/${lang}.json`) },
  ])
