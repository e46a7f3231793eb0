// Lists the fields of a case that can leave, and the forms in which each can leave. A field leaves
// in full, in one of a few coarser forms, or not at all.
import { type Basis } from '#protocol/staff/case-log/referral-fields'

export { BASES, type Basis } from '#protocol/staff/case-log/referral-fields'

/** `out` means that the field does not leave. */
export const FORMS = ['whole', 'band', 'country', 'town', 'out'] as const
export type FieldForm = (typeof FORMS)[number]
export type LeavingForm = Exclude<FieldForm, 'out'>

export const FIELDS = [
  ...(['name', 'age', 'sex', 'citizenship', 'origin', 'place', 'needs', 'help'] as const),
  ...(['safe_contact', 'contact', 'kind', 'month', 'school', 'village'] as const),
  ...(['danger', 'found_there'] as const),
] as const
export type CaseField = (typeof FIELDS)[number]

/** The fields that hold a place; the coarser forms are the country and the size of the place. */
export const PLACE_FIELDS = ['origin', 'place'] as const
export type PlaceField = (typeof PLACE_FIELDS)[number]
export const isPlaceField = (field: CaseField): field is PlaceField =>
  (PLACE_FIELDS as readonly CaseField[]).includes(field)

/** The only fields of a letter that leaves because a life is in danger now. */
const LIFE: readonly CaseField[] = ['place', 'danger', 'found_there']
/** The fields of a letter that describes a current situation. Other letters do not offer them. */
const NOW: readonly CaseField[] = ['danger', 'found_there']
/** Fields that must be ticked one by one for a person who may be under 18. */
const ALONE: readonly CaseField[] = ['school', 'village']

export const fieldsFor = (basis: Basis): readonly CaseField[] =>
  FIELDS.filter((each) => (basis === 'life' ? LIFE.includes(each) : !NOW.includes(each)))

/** Returns the forms that the letter offers for a field, the most precise first. */
export function formsOf(field: CaseField, basis: Basis): readonly FieldForm[] {
  if (basis === 'life') return ['whole', 'out']
  if (field === 'age') return ['whole', 'band', 'out']
  return isPlaceField(field) ? ['whole', 'country', 'town', 'out'] : ['whole', 'out']
}

/**
 * Returns true for a form that must be ticked separately. For a person who may be under 18, such a
 * form could lead to the person's school or village.
 */
export const needsTick = (
  field: CaseField,
  form: FieldForm,
  basis: Basis,
  mayBeChild: boolean,
): boolean =>
  basis !== 'life' &&
  mayBeChild &&
  form !== 'out' &&
  (ALONE.includes(field) || (isPlaceField(field) && form === 'whole'))

export const PLACE_SIZES = ['town', 'village'] as const
export type PlaceSize = (typeof PLACE_SIZES)[number]
