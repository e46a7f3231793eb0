// Describes a fault in content/: its place, and the sentence that explains what to do. The
// sentences are in content/strings/<lang>/editor.json, under `editor.fault.<kind>`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#scripts/shared/paths'

export interface ContentFault {
  /** The path of the file inside the project. */
  path: string
  /** null when the fault has no line, for example when a file is missing. */
  line: number | null
  kind: string
  values: Readonly<Record<string, string>>
}

export const fault = (
  path: string,
  line: number | null,
  kind: string,
  values: ContentFault['values'] = {},
): ContentFault => ({ path: `content/${path}`, line, kind, values })

type Words = Readonly<Record<string, string>>

/**
 * Reads the sentences that explain faults, in one language. A site without that language uses the
 * sentences of its first language.
 */
export function faultWords(lang: string): Words {
  const home = join(root, 'content/strings')
  const path = [lang, ...readdirSync(home)]
    .map((each) => join(home, each, 'editor.json'))
    .find((each) => existsSync(each))
  return path === undefined ? {} : (JSON.parse(readFileSync(path, 'utf8')) as Words)
}

/** Returns the sentence that explains the fault and the remedy. */
export function sentenceOfFault({ kind, values }: ContentFault, words: Words): string {
  const text = words[`editor.fault.${kind}`]
  if (text === undefined) throw new Error(`editor.json has no sentence editor.fault.${kind}`)
  return text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}

/** Returns one line with the place of a fault, the fault and the remedy. */
export const lineOfFault = (each: ContentFault, words: Words): string =>
  `${each.path}${each.line === null ? '' : `:${each.line}`}: ${sentenceOfFault(each, words)}`

/** Returns the line number, from 1, of a position in a text. */
export const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length

/** Returns the start position of each record of a list, in the text of its JSON file. */
const beginsIn = (text: string): number[] =>
  [...text.matchAll(/^ {2}\{/gm)].map(({ index }) => index)

/**
 * Returns the line of a record's field in the text of a JSON file that contains a list. Without the
 * field, returns the line of the record's id.
 *
 * @param nth  the position of the record in the list, from 0
 */
export function lineOfNth(text: string, nth: number, field?: string): number | null {
  const begins = beginsIn(text)
  const begin = begins[nth]
  if (begin === undefined) return null
  const record = text.slice(begin, begins[nth + 1])
  const named = (field === undefined ? ['id', 'country'] : [field, 'id', 'country'])
    .map((name) => record.indexOf(`"${name}":`))
    .find((at) => at >= 0)
  return lineAt(text, begin + (named ?? 0))
}

/** Returns the line of a field, or of the id, in the first record with this id or country code. */
export function lineOfRecord(text: string, id: string, field?: string): number | null {
  const begins = beginsIn(text)
  const nth = begins.findIndex((begin, at) => {
    const record = text.slice(begin, begins[at + 1])
    return ['id', 'country'].some((name) => record.includes(`"${name}": ${JSON.stringify(id)}`))
  })
  return lineOfNth(text, nth, field)
}

/** Returns the line of a key in a JSON file, or null. */
export function lineOfKey(text: string, key: string): number | null {
  const at = text.indexOf(`"${key}":`)
  return at < 0 ? null : lineAt(text, at)
}
