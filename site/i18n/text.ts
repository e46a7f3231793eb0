// Words live in content/strings/<lang>/. A missing key, an unfilled {place} or the same key in two files stops the build.
/// <reference types="astro/client" />
import type { Language } from './languages.ts'

export type Params = Readonly<Record<string, string | number>>
type Strings = Readonly<Record<string, string>>

const files = import.meta.glob<Strings>(
  '../../content/strings/*/{site,tell,errors,offer,check}.json',
  {
    eager: true,
    import: 'default',
  },
)

const tables = new Map<string, Map<string, string>>()
for (const [path, strings] of Object.entries(files)) {
  const lang = path.split('/').at(-2) ?? ''
  const table = tables.get(lang) ?? new Map<string, string>()
  for (const [key, text] of Object.entries(strings)) {
    if (table.has(key)) throw new Error(`${lang}: the key ${key} stands in two files`)
    table.set(key, text)
  }
  tables.set(lang, table)
}

export function fill(text: string, params: Params = {}): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`nothing to put in ${place} of "${text}"`)
    return String(value)
  })
}

/** The text of a key in a language, `{n}` filled from params. Throws when the key is missing: nothing is shown half translated. */
export function t(lang: Language, key: string, params?: Params): string {
  const text = tables.get(lang)?.get(key)
  if (text === undefined) throw new Error(`${lang}: no text for the key ${key}`)
  return fill(text, params)
}

/** All keys of a language that begin with the prefix, for pages that carry their strings as JSON. */
export function textsUnder(lang: Language, prefix: string): Strings {
  const entries = [...(tables.get(lang) ?? [])].filter(([key]) => key.startsWith(prefix))
  return Object.fromEntries(entries.map(([key, text]) => [key, text]))
}

export const keysOf = (lang: Language): readonly string[] => [...(tables.get(lang)?.keys() ?? [])]
