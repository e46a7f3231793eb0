// The words on the screens, from where the screens have them: a test finds a button by what a person reads on it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#scripts/paths'

export const LANGUAGES = ['ky', 'ru', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const FILES = ['site', 'tell', 'tools', 'offer', 'staff', 'errors', 'check']

/** Looks up a string by its key; `{n}` and the like are filled. Throws on a key that does not exist. */
export function wordsIn(lang: Language): (key: string, fill?: Record<string, string>) => string {
  const all = Object.assign(
    {},
    ...FILES.map((file): unknown =>
      JSON.parse(readFileSync(join(root, 'content/strings', lang, `${file}.json`), 'utf8')),
    ),
  ) as Record<string, string>
  return (key, fill = {}) => {
    const text = all[key]
    if (text === undefined) throw new Error(`${lang}: no string ${key}`)
    return text.replace(/\{(\w+)\}/g, (_, name: string) => fill[name] ?? '')
  }
}
