// Builds the two pages of the editor from the current files.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages, type Language } from '#content/languages.ts'
import { root } from '#scripts/shared/paths'
import { SERVED } from '#site/editor/backend.ts'
import { editorConfig } from '#site/editor/config.ts'
import { editorPage, labelsOf } from '#site/editor/edit-page.ts'
import { listsIn } from '#site/editor/lists.ts'
import { shellPage } from '#site/editor/shell-page.ts'

type Words = Readonly<Record<string, string>>

const wordsOf = (lang: Language): Words =>
  JSON.parse(readFileSync(join(root, 'content/strings', lang, 'editor.json'), 'utf8')) as Words

/** Returns the words that the page's script shows, with the prefix removed from their keys. */
const shellWords = (lang: Language): Words =>
  Object.fromEntries(
    Object.entries(wordsOf(lang)).flatMap(([key, text]) => {
      const [, shell] = /^editor\.(?:shell\.)(.+)$/.exec(key) ?? []
      const [, form] = /^editor\.(form\..+)$/.exec(key) ?? []
      const name = shell ?? form
      return name === undefined ? [] : [[name, text]]
    }),
  )

/**
 * Returns a function that looks up, for one language, the headings of the passages that countries
 * share.
 */
export function headingsOf(): (lang: Language) => Record<'police' | 'passport', string> {
  const words = new Map(languages.map((lang) => [lang, wordsOf(lang)]))
  const text = (lang: Language, key: string): string => words.get(lang)?.[`editor.${key}`] ?? key
  return (lang) => ({
    police: text(lang, 'heading.police'),
    passport: text(lang, 'heading.passport'),
  })
}

export async function editorHtml(lang: Language): Promise<string> {
  const label = await labelsOf(lang)
  const config = editorConfig({ backend: SERVED, lang, label, lists: listsIn(lang, label) })
  return editorPage(lang, config, '/assets/start.js')
}

export async function shellHtml(lang: Language, preview: string): Promise<string> {
  const label = await labelsOf(lang)
  const { numbers } = listsIn(lang, label)
  return shellPage({ lang, label, words: shellWords(lang), preview, numbers })
}
