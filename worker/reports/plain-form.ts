// What a plain form may hold. Everything but the text is optional.
import { utf8 } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { MAX_FIELD_CHARS, MAX_TEXT_BYTES } from '#protocol/limits'
import {
  CONSENTS,
  hasWords,
  NEEDS,
  SIGNS,
  type PlainReport,
  type SafeContact,
} from '#protocol/report'
import { chosen } from './choices.ts'

export type Fields = ReadonlyMap<string, string>

/** A report in plain words: it stays in memory until it is sealed. */
export interface PlainForm extends PlainWords {
  kind: Kind
  danger: boolean
  wantsReceipt: boolean
}

/** What of it goes into the sealed report. */
export type PlainWords = Pick<
  PlainReport,
  'text' | 'place' | 'consent' | 'signs' | 'needs' | 'contact'
>

const CONTACT = ['how', 'when', 'avoid', 'name', 'word', 'lang'] as const

const DOORS: Readonly<Record<string, Kind>> = {
  '': KIND.tip,
  see: KIND.tip,
  me: KIND.helpForMe,
  other: KIND.helpForAnother,
}

/** Throws Refusal `malformed`, `text_broken`, `text_empty`, `text_too_long`, `field_too_long`. */
export function readPlainForm(fields: Fields): PlainForm {
  const text = readText(fields)
  const place = readField(fields, 'place')
  const contact: SafeContact = {}
  for (const name of CONTACT) {
    const said = readField(fields, `contact.${name}`)
    if (said) contact[name] = said
  }
  const [consent] = readChoices(fields, 'consent', CONSENTS)
  const signs = readChoices(fields, 'signs', SIGNS)
  const needs = readChoices(fields, 'needs', NEEDS)
  const door = fields.get('door') ?? ''
  const kind = Object.hasOwn(DOORS, door) ? DOORS[door] : undefined
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

/** Whether somebody is in danger now. Throws Refusal `malformed`. */
export function readDanger(fields: Fields): boolean {
  const danger = fields.get('danger') ?? ''
  if (!['', 'yes', 'no'].includes(danger)) throw new Refusal('malformed')
  return danger === 'yes'
}

/** The free text. Throws Refusal `text_broken`, `text_empty`, `text_too_long`. */
export function readText(fields: Fields): string {
  const text = whole(fields.get('text') ?? '')
  if (!hasWords(text)) throw new Refusal('text_empty')
  if (utf8(text).length > MAX_TEXT_BYTES) throw new Refusal('text_too_long')
  return text
}

/** The answers of ours that were chosen. Throws Refusal `malformed` for any other. */
function readChoices<T extends string>(fields: Fields, name: string, known: readonly T[]): T[] {
  const said = chosen(fields.get(name))
  const found = known.filter((each) => said.includes(each))
  if (found.length < said.length) throw new Refusal('malformed')
  return found
}

function readField(fields: Fields, name: string): string {
  const value = whole(fields.get(name) ?? '').trim()
  if (value.length > MAX_FIELD_CHARS) throw new Refusal('field_too_long')
  return value
}

// A NUL ends a text early in much of what may read it later.
function whole(value: string): string {
  if (value.includes('\0')) throw new Refusal('text_broken')
  return value
}
