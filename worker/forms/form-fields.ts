// Reads individual fields of a form, and the choices in a field. A field contains all the choices
// for one question.
import { Refusal } from '#protocol/errors'
import { MAX_FIELD_CHARS } from '#protocol/limits'

export type Fields = ReadonlyMap<string, string>

/** Reads the choices in a field. Throws Refusal `malformed` for a value that is not in `known`. */
export function readChoices<T extends string>(
  fields: Fields,
  name: string,
  known: readonly T[],
): T[] {
  const values = chosen(fields.get(name))
  const found = known.filter((each) => values.includes(each))
  if (found.length < values.length) throw new Refusal('malformed')
  return found
}

export function readField(fields: Fields, name: string): string {
  const value = (fields.get(name) ?? '').trim()
  if (value.length > MAX_FIELD_CHARS) throw new Refusal('field_too_long')
  return value
}

/**
 * The separator between choices that consist of words. Other choices are codes without spaces, so
 * spaces separate them.
 */
const SEPARATOR = ', '

/** Adds a choice to a field. */
export const choose = (chosen: string, value: string): string => `${chosen} ${value}`

/** Lists the choices in a field. A missing or empty field has no choices. */
export const chosen = (field: string | undefined): string[] =>
  (field ?? '').split(/\s+/).filter(Boolean)

/** Joins the choices that consist of words, and any words typed beside them, into one line. */
export const joinWords = (values: readonly string[]): string =>
  values
    .map((value) => value.trim())
    .filter(Boolean)
    .join(SEPARATOR)

/** Splits a line that `joinWords` built. */
export const joinedWords = (line: string): string[] => line.split(SEPARATOR)
