// Applies the style of the repository to a file that the browser editor saves. Saving without
// changes therefore leaves every byte the same.
import { readMdx, writeMdx } from '#content/front-matter.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type JsonObject = Record<string, Json>

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmpty = (value: Json | undefined): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)

/**
 * Finds the earlier record that a saved record replaces: the one with the same id, or in the same
 * position.
 */
function beforeOf(record: Json, at: number, before: Json[], after: Json[]): Json | undefined {
  const key = isObject(record) ? ['id', 'country', 'to'].find((name) => name in record) : undefined
  if (!isObject(record) || key === undefined)
    return before.length === after.length ? before[at] : undefined
  return before.find((each) => isObject(each) && each[key] === record[key])
}

/**
 * Gives a saved value the key order and the empty fields of the earlier value. The editor uses its
 * own order, and leaves empty fields out.
 */
function likeBefore(after: Json, before: Json | undefined): Json {
  if (Array.isArray(after) && Array.isArray(before))
    return after.map((each, at) => likeBefore(each, beforeOf(each, at, before, after)))
  if (!isObject(after) || !isObject(before)) return after
  const kept = Object.keys(before).filter((name) => name in after || isEmpty(before[name]))
  const added = Object.keys(after).filter((name) => !(name in before))
  return Object.fromEntries(
    [...kept, ...added].map((name) => {
      const own = before[name] ?? null
      const value = after[name]
      if (value === undefined || (isEmpty(value) && isEmpty(own) && name in before))
        return [name, own]
      return [name, likeBefore(value, own)]
    }),
  )
}

/** Formats JSON in the style of content/. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/**
 * Formats a text in the style of content/. Unreadable frontmatter stays as it is, and the check
 * reports it.
 */
function textOf(saved: string): string {
  const { head, body, unread } = readMdx(saved)
  return unread === null || unread.length > 0 ? saved : writeMdx(head, body)
}

/**
 * Returns the text to store.
 *
 * @param before  the current text of the file, or null for a new file
 */
export function storedText(path: string, saved: string, before: string | null): string {
  if (path.endsWith('.mdx')) return textOf(saved)
  if (!path.endsWith('.json')) return saved
  const value = JSON.parse(saved) as Json
  return jsonText(before === null ? value : likeBefore(value, JSON.parse(before) as Json))
}
