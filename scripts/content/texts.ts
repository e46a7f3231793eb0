// Reads content/ without its schemas, so that the report can name faults that would stop the build.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reviewedSchema } from '#content/launch-records.ts'
import { storySchema, type StoryRecord } from '#content/story-schema.ts'
import { languages, type Language } from '#content/languages.ts'
import { Stop } from '#scripts/shared/progress'

export interface PageText {
  lang: Language
  /** The path of the file inside content/. */
  path: string
  /** The name of the page: `about`, `country/ru` for a country, `stories/call` for a story. */
  page: string
  source: string
  reviewed: boolean
  facts: string[]
}
export interface StringFile {
  lang: Language
  file: string
  texts: string[]
}

const read = (folder: string, path: string): string =>
  readFileSync(join(folder, 'content', path), 'utf8')

export const readJson = (folder: string, path: string): unknown => JSON.parse(read(folder, path))

/**
 * Reads the names of the string files that a native speaker has read.
 *
 * @throws Stop that names the language, when content/reviewed.json lacks one
 */
export function readReviewed(folder: string): Record<Language, string[]> {
  const read = reviewedSchema.safeParse(readJson(folder, 'reviewed.json'))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Stop(`content/reviewed.json ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

/**
 * Returns the ids under `facts` of a page's head. The ids are in one line or, as the browser
 * editor writes them, one on each line.
 */
export function factsIn(head: string): string[] {
  const [, line = ''] = /^facts: \[(.*)\]/m.exec(head) ?? []
  const [, list = ''] = /^facts:\n((?: *- .*\n?)+)/m.exec(head) ?? []
  return [...line.split(','), ...list.split('\n')]
    .map((id) => id.replace(/^ *- /, '').trim())
    .filter((id) => id !== '')
}

/** The folders of texts, and the beginning of the names of their pages. */
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
        .map((name) => textOf(folder, lang, `${texts}/${lang}/${name}`, prefix + name)),
    ),
    ...stories.map((story) => storyIn(lang, story)),
  ])
}

interface ReadStory {
  /** The path of the file inside content/. */
  path: string
  /** null when the file does not fit its form. */
  story: StoryRecord | null
  fault: string | null
}

/** Reads the stories of a folder. */
export function readStories(folder: string): ReadStory[] {
  return readdirSync(join(folder, 'content/stories'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const path = `stories/${name}`
      const { data, error } = storySchema.safeParse(readJson(folder, path))
      const [issue] = error?.issues ?? []
      const fault = issue ? `${path} ${issue.path.join('.')}: ${issue.message}` : null
      return { path, story: data ?? null, fault }
    })
}

/** Returns a story as the text of a page in one language. */
function storyIn(lang: Language, story: StoryRecord): PageText {
  const { id, title, description, scenes, facts, related, reviewed } = story
  const source = [
    title[lang],
    description[lang],
    ...scenes.flatMap((scene) => [
      scene.title[lang],
      scene.text[lang],
      ...scene.choices.map(({ text }) => text[lang]),
      scene.now?.[lang] ?? '',
    ]),
  ].join('\n\n')
  const head = `---\nrelated: [${related.join(', ')}]\n---\n`
  return {
    lang,
    path: `stories/${id}.json`,
    page: `stories/${id}`,
    source: head + source,
    reviewed: reviewed[lang],
    facts,
  }
}

function textOf(folder: string, lang: Language, path: string, name: string): PageText {
  const source = read(folder, path)
  const [, head = ''] = /^---\n([\s\S]*?)\n---/.exec(source) ?? []
  return {
    lang,
    path,
    page: name.replace(/\.mdx$/, ''),
    source,
    reviewed: /^reviewed: true$/m.test(head),
    facts: factsIn(head),
  }
}

const textsOf = (folder: string, path: string): string[] =>
  Object.values(readJson(folder, path) as Record<string, string>)

/** The name under which content/reviewed.json lists the templates of replies of a language. */
const REPLIES = 'replies.json'

/** Reads the strings of each language, and its templates of replies. */
export const stringFiles = (folder: string): StringFile[] =>
  languages.flatMap((lang) => [
    ...readdirSync(join(folder, 'content/strings', lang))
      .sort()
      .map((file) => ({ lang, file, texts: textsOf(folder, `strings/${lang}/${file}`) })),
    { lang, file: REPLIES, texts: textsOf(folder, `replies/${lang}.json`) },
  ])
