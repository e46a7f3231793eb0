// Names in words what left with a referral, from the codes of its entry.
import type { ReferralField } from '#protocol/staff/case-log/referral'
import { type ReferralKey, type ReferralWords } from '../../../referral/words.ts'

/** The coarse forms, and the words of the case, which have other names than their fields. */
const OTHERS: Readonly<Partial<Record<ReferralField, readonly [ReferralKey, ReferralKey?]>>> = {
  age_band: ['staff-referral.field.age', 'staff-referral.form.band'],
  country: ['staff-referral.field.place', 'staff-referral.form.country'],
  town: ['staff-referral.field.place', 'staff-referral.form.town'],
  origin_country: ['staff-referral.field.origin', 'staff-referral.form.country'],
  origin_town: ['staff-referral.field.origin', 'staff-referral.form.town'],
  letters: ['staff-referral.letter.words.letter'],
  notes: ['staff-referral.letter.words.note'],
  summary: ['staff-referral.letter.words.summary'],
}

export const leavingItems = (fields: readonly ReferralField[], { say }: ReferralWords): string[] =>
  fields.map((field) => {
    const [name, form] = OTHERS[field] ?? []
    if (!name) return say(`staff-referral.field.${field}` as ReferralKey)
    return form
      ? say('staff-referral.consent.item.form', { field: say(name), form: say(form) })
      : say(name)
  })
