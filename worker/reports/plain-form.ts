// What a plain form may hold. Everything but the text is optional.
import { utf8 } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { MAX_FIELD_CHARS, MAX_TEXT_BYTES } from '#protocol/limits'
import { hasWords, type SafeContact } from '#protocol/report'

export type Fields = ReadonlyMap<string, string>

/** A report in plain words: it stays in memory until it is sealed. */
export interface PlainForm {
  kind: Kind
  danger: boolean
  text: string
  place?: string
  contact?: SafeContact
  wantsReceipt: boolean
}

const DOORS: Readonly<Record<string, Kind>> = {
  '': KIND.tip,
  see: KIND.tip,
  me: KIND.helpForMe,
  other: KIND.helpForAnother,
}

/** Throws Refusal `malformed`, `text_broken`, `text_empty`, `text_too_long`, `field_too_long`. */
export function readPlainForm(fields: Fields): PlainForm {
  const text = readText(fields)
  const [place, how, when, avoid] = ['place', 'contactHow', 'contactWhen', 'contactAvoid'].map(
    (name) => readField(fields, name),
  )
  const door = fields.get('door') ?? ''
  const kind = Object.hasOwn(DOORS, door) ? DOORS[door] : undefined
  if (kind === undefined) throw new Refusal('malformed')

  const contact = { ...(how && { how }), ...(when && { when }), ...(avoid && { avoid }) }
  return {
    kind,
    danger: readDanger(fields),
    text,
    ...(place && { place }),
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
