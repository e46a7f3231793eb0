// Describes which parts left with a referral, based on the codes in its entry.
import type { ReferralField } from '#protocol/staff/case-log/referral'
import { type ReferralKey, type ReferralWords } from '../../../referral/words.ts'

/**
 * The labels of coarse forms and of words from the case, which differ from the labels of case
 * fields.
 */
const OTHERS = {
  age_band: ['staff-referral.field.age', 'staff-referral.form.band'],
  country: ['staff-referral.field.place', 'staff-referral.form.country'],
  town: ['staff-referral.field.place', 'staff-referral.form.town'],
  origin_country: ['staff-referral.field.origin', 'staff-referral.form.country'],
  origin_town: ['staff-referral.field.origin', 'staff-referral.form.town'],
  letters: ['staff-referral.letter.words.letter', null],
  notes: ['staff-referral.letter.words.note', null],
  summary: ['staff-referral.letter.words.summary', null],
} as const satisfies Partial<Record<ReferralField, readonly [ReferralKey, ReferralKey | null]>>

const isOther = (field: ReferralField): field is keyof typeof OTHERS => field in OTHERS

export const leavingItems = (fields: readonly ReferralField[], { say }: ReferralWords): string[] =>
  fields.map((field) => {
    if (!isOther(field)) return say(`staff-referral.field.${field}`)
    const [name, form] = OTHERS[field]
    if (form === null) return say(name)
    return say('staff-referral.consent.item.form', { field: say(name), form: say(form) })
  })
