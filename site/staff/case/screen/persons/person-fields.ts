// Declares the fields of a person in the case, and converts them to and from a record.
import { Classification, UNCLASSIFIED } from '../../../crypto/classification.ts'
import { PERSON_ROLES, type CasePerson, type CaseRecord } from '../../../crypto/case-record.ts'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { type MessageKey } from '../../../i18n/messages.tsx'
import { type RecordFields } from '../../write/record-draft.ts'
import { type RecordField } from '../records/record-field.tsx'

export const ROLE_WORDS = {
  victim: 'staff.person.role.victim',
  suspect: 'staff.person.role.suspect',
  witness: 'staff.person.role.witness',
  relative: 'staff.person.role.relative',
  other: 'staff.person.role.other',
} as const satisfies Record<CasePerson['role'], MessageKey>

export const PERSON_FIELDS: readonly RecordField[] = [
  { name: 'name', label: 'staff.person.name', hint: 'staff.person.name.hint' },
  { name: 'role', label: 'staff.person.role', options: ROLE_WORDS },
  { name: 'age', label: 'staff.person.age', hint: 'staff.person.age.hint' },
  { name: 'contact', label: 'staff.person.contact', hint: 'staff.person.contact.hint', rows: 2 },
  { name: 'text', label: 'staff.person.text', rows: 3 },
]

/** The initial fields for a new person. */
export const NOBODY_YET: RecordFields = { name: '', role: 'victim', age: '', contact: '', text: '' }

/** Returns null for a record that is not a person. */
export const personFields = (record: CaseRecord): RecordFields | null =>
  record.kind === 'person'
    ? {
        name: record.name,
        role: record.role,
        age: record.age,
        contact: record.contact,
        text: record.text,
      }
    : null

/**
 * Keeps the classification with the draft, in case a colleague removes the person in the meantime.
 */
export const personDraft = (person: CasePerson): RecordFields => ({
  ...personFields(person),
  classes: JSON.stringify(person.classes),
})

/** @param former  the record being changed; its classification is kept */
export function personFrom(fields: RecordFields, former: CaseRecord | null = null): CasePerson {
  const textOf = (name: string): string => (ownValue(fields, name) ?? '').trim()
  return {
    v: 2,
    kind: 'person',
    role: PERSON_ROLES.find((each) => each === ownValue(fields, 'role')) ?? 'other',
    name: textOf('name'),
    contact: textOf('contact'),
    age: textOf('age'),
    text: textOf('text'),
    classes: former?.kind === 'person' ? former.classes : classesIn(fields),
  }
}

function classesIn(fields: RecordFields): Classification {
  const text = ownValue(fields, 'classes')
  return text === undefined ? UNCLASSIFIED : Classification.parse(JSON.parse(text))
}

/** Returns true if nothing has been written about the person. */
export const isBlank = ({ name, contact, age, text }: CasePerson): boolean =>
  `${name}${contact}${age}${text}` === ''
