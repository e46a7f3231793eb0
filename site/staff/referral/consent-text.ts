// Writes the text that is read aloud before a person agrees, in that person's language. The text
// names what leaves the organisation, so a different choice of fields produces a different text.
// The record of a consent contains the hash of the text.
import type { NamedReceiver, ReferralConsent } from '#protocol/staff/case-log/referral'
import { type ReferralContent } from './content.ts'
import { type ReferralKey, type ReferralWords } from './words.ts'

/** The receiver of a letter: its name, and whether it is a state authority. */
export type LetterReceiver = Pick<NamedReceiver, 'name' | 'kind'>

/** `parent`: the text is read to a parent of the child whom the letter is about. */
export type ConsentBy = ReferralConsent['by']

/** Returns the sentences in reading order. Joined with line breaks, the sentences form the text. */
export function consentText(
  content: ReferralContent,
  receiver: LetterReceiver,
  { say }: ReferralWords,
  by: ConsentBy = 'person',
): string[] {
  const isParent = by === 'parent'
  return [
    say(isParent ? 'staff-referral.consent.give.parent' : 'staff-referral.consent.give', {
      receiver: receiver.name,
    }),
    say('staff-referral.consent.items', { items: itemsOf(content, say, isParent).join('; ') }),
    say(isParent ? 'staff-referral.consent.use.parent' : 'staff-referral.consent.use'),
    ...(receiver.kind === 'authority' ? [say('staff-referral.consent.law')] : []),
    say('staff-referral.consent.back'),
    say(isParent ? 'staff-referral.consent.no.parent' : 'staff-referral.consent.no'),
    say('staff-referral.consent.see'),
    say('staff-referral.consent.once'),
    say('staff-referral.consent.ask'),
  ]
}

/**
 * Names each field and its form. The value itself is not read out, because another person may
 * overhear it.
 */
function itemsOf(
  { fields, words, others }: ReferralContent,
  say: ReferralWords['say'],
  isParent: boolean,
): string[] {
  const sources = [...new Set(words.map(({ source }) => source))]
  return [
    ...fields.map(({ field, form }) => {
      const name = say(`staff-referral.field.${field}`)
      if (form === 'whole') return name
      const shown = say(`staff-referral.form.${form}`)
      return say('staff-referral.consent.item.form', { field: name, form: shown })
    }),
    ...sources.map((each) =>
      say(`staff-referral.consent.item.${each}${isParent ? '.parent' : ''}`),
    ),
    ...(others.length > 0 ? [say('staff-referral.consent.item.others')] : []),
  ]
}

const BEFORE_REVOKING = ['read', 'does', 'answer', 'person'] as const

/** Returns the sentences that a colleague reads before a referral is revoked. */
export const revokingText = ({ say }: ReferralWords): string[] =>
  BEFORE_REVOKING.map((each): ReferralKey => `staff-referral.revoke.${each}`).map((key) => say(key))
