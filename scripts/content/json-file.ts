// Reads a JSON file in content/ and keeps its text, so that a fault can include a line number.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from '#scripts/shared/paths'
import { fault, lineAt, type ContentFault } from '#scripts/content/fault'

export interface JsonFile {
  /** The path inside content/. */
  path: string
  text: string
  value: unknown
}

export function readContentJson(folder: string, path: string): JsonFile {
  const file = join(folder, 'content', path)
  const text = existsSync(file) ? readFileSync(file, 'utf8') : 'null'
  return { path, text, value: JSON.parse(text) }
}

/** Returns the records of a file that contains a list; empty for any other file. */
export const recordsOf = <T extends object>({ value }: JsonFile): T[] =>
  (Array.isArray(value) ? (value as unknown[]) : []).filter(
    (record): record is T => typeof record === 'object' && record !== null,
  )

/** The number of characters that V8's message quotes before the invalid one. */
const QUOTED_BEFORE = 10
const QUOTE = /^Unexpected token '(.)', (\.{3})?"(.*)"(?:\.{3})? is not valid JSON$/s

/** Finds the line of the first character that is not valid JSON. */
function lineOfBreak(text: string, message: string): number {
  const [, place] = /position (\d+)/.exec(message) ?? []
  if (place !== undefined) return lineAt(text, Number(place))
  const [, sign = '', isCut, near] = QUOTE.exec(message) ?? []
  if (near === undefined) return lineAt(text, text.length)
  const inside = isCut === undefined ? near.indexOf(sign) : QUOTED_BEFORE
  return lineAt(text, text.indexOf(near) + inside)
}

/**
 * Lists the files in content/ that are not valid JSON. Nothing else can be checked until these
 * files are repaired.
 */
export function jsonFaults(folder: string): ContentFault[] {
  return filesUnder(folder, 'content')
    .filter((path) => path.endsWith('.json'))
    .flatMap((path) => {
      const text = readFileSync(join(folder, path), 'utf8')
      try {
        JSON.parse(text)
        return []
      } catch (cause) {
        const message = cause instanceof Error ? cause.message : ''
        return [fault(path.replace('content/', ''), lineOfBreak(text, message), 'json')]
      }
    })
}
