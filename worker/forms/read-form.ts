// Reads the fields of a form. Every field but the text is optional. A single field keeps all
// choices of one question.
import { utf8 } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { MAX_FIELD_CHARS, MAX_TEXT_BYTES } from '#protocol/limits'
import {
  CONSENTS,
  hasWords,
  NEEDS,
  SIGNS,
  type PlainReport,
  type SafeContact,
} from '#protocol/report/plain-report'

export type Fields = ReadonlyMap<string, string>

/** A report that is not sealed yet and stays in memory only. */
export interface FormReport extends FormText {
  kind: Kind
  danger: boolean
  wantsReceipt: boolean
}

/** The part of a FormReport that the edge seals. */
export type FormText = Pick<
  PlainReport,
  'text' | 'place' | 'consent' | 'signs' | 'needs' | 'contact'
>

const CONTACT = ['how', 'when', 'avoid', 'name', 'word', 'lang'] as const

/** Kinds by the values of the field `door`. */
const KINDS: Readonly<Record<string, Kind>> = {
  '': KIND.tip,
  see: KIND.tip,
  me: KIND.helpForMe,
  other: KIND.helpForAnother,
}

/**
 * Reads a report.
 *
 * @throws Refusal `malformed`, `text_broken`, `text_empty`, `text_too_long`, `field_too_long`
 */
export function readForm(fields: Fields): FormReport {
  const text = readText(fields)
  const place = readField(fields, 'place')
  const contact: SafeContact = {}
  for (const name of CONTACT) {
    const value = readField(fields, `contact.${name}`)
    if (value) contact[name] = value
  }
  const [consent] = readChoices(fields, 'consent', CONSENTS)
  const signs = readChoices(fields, 'signs', SIGNS)
  const needs = readChoices(fields, 'needs', NEEDS)
  const door = fields.get('door') ?? ''
  const kind = Object.hasOwn(KINDS, door) ? KINDS[door] : undefined
  if (kind === undefined) throw new Refusal('malformed')

  return {
    kind,
    danger: readDanger(fields),
    text,
    ...(place && { place }),
    ...(consent && { consent }),
    ...(signs.length > 0 && { signs }),
    ...(needs.length > 0 && { needs }),
    ...(Object.keys(contact).length > 0 && { contact }),
    wantsReceipt: fields.get('noReceipt') !== 'yes',
  }
}

/** Returns true when the person says that somebody is in danger now. Throws Refusal `malformed`. */
export function readDanger(fields: Fields): boolean {
  const danger = fields.get('danger') ?? ''
  if (!['', 'yes', 'no', 'unknown'].includes(danger)) throw new Refusal('malformed')
  return danger === 'yes'
}

/** Reads the free text. Throws Refusal `text_broken`, `text_empty`, `text_too_long`. */
export function readText(fields: Fields): string {
  const text = withoutNul(fields.get('text') ?? '')
  if (!hasWords(text)) throw new Refusal('text_empty')
  if (utf8(text).length > MAX_TEXT_BYTES) throw new Refusal('text_too_long')
  return text
}

/** Reads the choices of a field. Throws Refusal `malformed` for a value that is not in `known`. */
function readChoices<T extends string>(fields: Fields, name: string, known: readonly T[]): T[] {
  const values = chosen(fields.get(name))
  const found = known.filter((each) => values.includes(each))
  if (found.length < values.length) throw new Refusal('malformed')
  return found
}

function readField(fields: Fields, name: string): string {
  const value = withoutNul(fields.get(name) ?? '').trim()
  if (value.length > MAX_FIELD_CHARS) throw new Refusal('field_too_long')
  return value
}

// Refuses a NUL, because many programs that may read the text later would end it there.
function withoutNul(value: string): string {
  if (value.includes('\0')) throw new Refusal('text_broken')
  return value
}

/** Separates choices in words. Other choices are codes without spaces: a space separates them. */
const SEPARATOR = ', '

/** Adds a choice to a field. */
export const choose = (chosen: string, value: string): string => `${chosen} ${value}`

/** Lists the choices in a field. A field that is missing or empty has no choices. */
export const chosen = (field: string | undefined): string[] =>
  (field ?? '').split(/\s+/).filter(Boolean)

/** Joins choices in words, and the text typed next to them, to one line. */
export const joinWords = (values: readonly string[]): string =>
  values
    .map((value) => value.trim())
    .filter(Boolean)
    .join(SEPARATOR)

/** Splits a line of `joinWords`. */
export const joinedWords = (line: string): string[] => line.split(SEPARATOR)
