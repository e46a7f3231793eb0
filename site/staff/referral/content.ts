// Builds the content of a letter from the facts of a case and the choices of a colleague. The
// content is limited to the parts that leave the organisation, so that no later step can reveal
// more.
import { bandOf } from '../crypto/age-band.ts'
import * as z from 'zod/mini'
import type { ReferralField } from '#protocol/staff/case-log/referral'
import type { PERSON_ROLES } from '../crypto/case-record.ts'
import { cutText, type MarkedText } from './cut-words.ts'
import {
  BASES,
  FIELDS,
  fieldsFor,
  FORMS,
  formsOf,
  isPlaceField,
  needsTick,
  type Basis,
  type CaseField,
  type FieldForm,
  type LeavingForm,
  type PlaceField,
  type PlaceSize,
} from './fields.ts'
import { visibleText } from './visible-text.ts'

/** The parts of a case whose words a colleague can include in the letter. */
export const WORD_SOURCES = ['letter', 'note', 'summary'] as const
export type WordSource = (typeof WORD_SOURCES)[number]

/**
 * The roles of people whose names can be shared with their own consent. A suspect cannot be one of
 * them.
 */
export const OTHER_ROLES = [
  'victim',
  'witness',
  'relative',
  'other',
] as const satisfies readonly PersonRole[]
type PersonRole = (typeof PERSON_ROLES)[number]
export type OtherRole = (typeof OTHER_ROLES)[number]
export const isOtherRole = (role: PersonRole): role is OtherRole => role !== 'suspect'

/** A person in the case other than the person whom the letter is about. */
export interface OtherPerson {
  /** identifies the record within the case */
  id: string
  name: string
  role: OtherRole
}

/**
 * The facts that a case contains about one person. A colleague may have filled in missing facts.
 */
export interface LeavingFacts {
  /** the full value of each field; empty when the value is unknown */
  values: Readonly<Record<CaseField, string>>
  /** true when a signed record states an age under 18, which no entry in the form can change */
  isKnownChild: boolean
  countries: Readonly<Record<PlaceField, string>>
  sizes: Readonly<Record<PlaceField, PlaceSize | null>>
  others: readonly OtherPerson[]
}

/** The choices of a colleague. A choice that the basis does not offer is ignored. */
export interface Choices {
  basis: Basis
  forms: Readonly<Partial<Record<CaseField, FieldForm>>>
  /** the fields that were ticked separately; see needsTick */
  ticked: readonly CaseField[]
  /** the words that were included, with a decision for every mark */
  words: readonly (MarkedText & { source: WordSource })[]
  /** ids of the other people who gave their own consent */
  consenting: readonly string[]
}

export const ReferralContent = z.object({
  v: z.literal(1),
  basis: z.enum(BASES),
  fields: z.array(z.object({ field: z.enum(FIELDS), form: z.enum(FORMS), value: z.string() })),
  words: z.array(z.object({ source: z.enum(WORD_SOURCES), text: z.string() })),
  others: z.array(z.object({ name: z.string(), role: z.enum(OTHER_ROLES) })),
})
export type ReferralContent = z.infer<typeof ReferralContent>
type LeavingField = ReferralContent['fields'][number]

type Age = Pick<LeavingFacts, 'values' | 'isKnownChild'>

/**
 * Returns whether the person is under 18, according to the record or the age entered in the form.
 */
export function isUnder18({ values: { age }, isKnownChild }: Age): 'yes' | 'no' | 'unknown' {
  const band = bandOf(age)
  if (isKnownChild || band === 'under18') return 'yes'
  return band === null ? 'unknown' : 'no'
}

/** A person of unknown age is treated as a child. */
export const mayBeChild = (facts: Age): boolean => isUnder18(facts) !== 'no'

/** @throws for words with an undecided mark */
export function leavingContent(facts: LeavingFacts, choices: Choices): ReferralContent {
  const { basis, words, consenting } = choices
  const isLeast = basis === 'life'
  return {
    v: 1,
    basis,
    fields: fieldsFor(basis).flatMap((field) => leavingField(field, facts, choices) ?? []),
    words: isLeast ? [] : words.map((each) => ({ source: each.source, text: cutText(each) })),
    others: isLeast
      ? []
      : facts.others
          .filter(({ id }) => consenting.includes(id))
          .map(({ name, role }) => ({ name: visibleText(name).trim(), role })),
  }
}

/** Returns a field in its chosen form; null for a field that does not leave. */
function leavingField(
  field: CaseField,
  facts: LeavingFacts,
  choices: Choices,
): LeavingField | null {
  const { basis, forms, ticked } = choices
  const form = forms[field] ?? 'out'
  if (form === 'out' || !formsOf(field, basis).includes(form)) return null
  if (needsTick(field, form, basis, mayBeChild(facts)) && !ticked.includes(field)) return null
  const value = valueIn(field, form, facts)
  return value === '' ? null : { field, form, value }
}

/**
 * Returns the value of a field in the given form. An age band or the size of a place is given as a
 * code.
 */
function valueIn(field: CaseField, form: LeavingForm, facts: LeavingFacts): string {
  if (form === 'whole') return visibleText(facts.values[field]).trim()
  if (form === 'band') return (field === 'age' && bandOf(facts.values.age)) || ''
  if (!isPlaceField(field)) return ''
  return form === 'country'
    ? visibleText(facts.countries[field]).trim()
    : (facts.sizes[field] ?? '')
}

/**
 * The kinds of fields. Together, fields of any three kinds let somebody who knows the family
 * recognise a person.
 */
const TELLING: readonly (readonly CaseField[])[] = [
  ...[['sex'], ['age'], ['origin'], ['citizenship', 'place'], ['kind'], ['month']],
] as const
const RECOGNISABLE = 3

/** Returns true when somebody who knows the family could recognise the person. */
export const isRecognisable = ({ fields }: Pick<ReferralContent, 'fields'>): boolean =>
  TELLING.filter((kind) => fields.some(({ field }) => kind.includes(field))).length >= RECOGNISABLE

const WORD_CODES = {
  ...{ letter: 'letters', note: 'notes', summary: 'summary' },
} as const satisfies Record<WordSource, ReferralField>
const COARSE_PLACES = {
  origin: { country: 'origin_country', town: 'origin_town' },
  place: { country: 'country', town: 'town' },
} as const satisfies Record<PlaceField, Record<'country' | 'town', ReferralField>>

/**
 * Lists the content that leaves, as the codes in the sealed entry of a referral. Each code includes
 * the form.
 */
export const codesOf = ({ fields, words }: ReferralContent): ReferralField[] => [
  ...new Set([...fields.map(codeOf), ...words.map(({ source }) => WORD_CODES[source])]),
]

function codeOf({ field, form }: Pick<LeavingField, 'field' | 'form'>): ReferralField {
  if (field === 'age' && form === 'band') return 'age_band'
  const isCoarse = form === 'country' || form === 'town'
  return isCoarse && isPlaceField(field) ? COARSE_PLACES[field][form] : field
}
