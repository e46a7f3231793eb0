// Reads the report from a form. Every field except the text is optional.
import { utf8 } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { MAX_TEXT_BYTES } from '#protocol/limits'
import {
  CONSENTS,
  hasWords,
  NEEDS,
  PEOPLE,
  SIGNS,
  UNDER_18,
  type PlainReport,
  type SafeContact,
} from '#protocol/report/plain-report'
import { readChoices, readField, type Fields } from './form-fields.ts'

/** A report that is not yet sealed and is kept only in memory. */
export interface FormReport extends FormText {
  kind: Kind
  danger: boolean
  wantsReceipt: boolean
}

/** The part of a FormReport that the edge seals. */
export type FormText = Pick<
  PlainReport,
  'text' | 'place' | 'consent' | 'signs' | 'needs' | 'people' | 'under18' | 'contact'
>

const CONTACT = ['how', 'when', 'avoid', 'name', 'word', 'lang'] as const

/** The kinds of reports, keyed by the value of the `door` field. */
const KINDS: Readonly<Record<string, Kind>> = {
  '': KIND.tip,
  see: KIND.tip,
  me: KIND.helpForMe,
  other: KIND.helpForAnother,
}

/**
 * Reads a report.
 *
 * @throws Refusal `malformed`, `text_empty`, `text_too_long`, `field_too_long`
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
  const [people] = readChoices(fields, 'people', PEOPLE)
  const [under18] = readChoices(fields, 'under18', UNDER_18)
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
    ...(people && { people }),
    ...(under18 && { under18 }),
    ...(Object.keys(contact).length > 0 && { contact }),
    wantsReceipt: fields.get('noReceipt') !== 'yes',
  }
}

/**
 * Returns true when the form reports that a person is in danger now. Throws Refusal `malformed`.
 */
export function readDanger(fields: Fields): boolean {
  const danger = fields.get('danger') ?? ''
  if (!['', 'yes', 'no', 'unknown'].includes(danger)) throw new Refusal('malformed')
  return danger === 'yes'
}

/** Reads the free text. Throws Refusal `text_empty` or `text_too_long`. */
export function readText(fields: Fields): string {
  const text = fields.get('text') ?? ''
  if (!hasWords(text)) throw new Refusal('text_empty')
  if (utf8(text).length > MAX_TEXT_BYTES) throw new Refusal('text_too_long')
  return text
}
