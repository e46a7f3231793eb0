// Writes the text that is read aloud before a person agrees, in that person's language. The text
// lists the content that leaves, so another choice of fields changes the text. The record of a
// consent contains the hash of the text.
import type { NamedReceiver } from '#protocol/staff/case-log/referral'
import { type ReferralContent } from './content.ts'
import { type ReferralKey, type ReferralWords } from './words.ts'

/** The receiver of a letter: its name, and whether it is a state authority. */
export type LetterReceiver = Pick<NamedReceiver, 'name' | 'kind'>

/** Returns the sentences in the order of reading. The sentences are joined by line breaks. */
export function consentText(
  content: ReferralContent,
  receiver: LetterReceiver,
  { say }: ReferralWords,
): string[] {
  return [
    say('staff-referral.consent.give', { receiver: receiver.name }),
    say('staff-referral.consent.items', { items: itemsOf(content, say).join('; ') }),
    say('staff-referral.consent.use'),
    ...(receiver.kind === 'authority' ? [say('staff-referral.consent.law')] : []),
    say('staff-referral.consent.back'),
    say('staff-referral.consent.no'),
    say('staff-referral.consent.see'),
    say('staff-referral.consent.once'),
    say('staff-referral.consent.ask'),
  ]
}

/**
 * Lists each field and its form. A value is not read out, because another person may overhear it.
 */
function itemsOf({ fields, words, others }: ReferralContent, say: ReferralWords['say']): string[] {
  const sources = [...new Set(words.map(({ source }) => source))]
  return [
    ...fields.map(({ field, form }) => {
      const name = say(`staff-referral.field.${field}`)
      if (form === 'whole') return name
      const shown = say(`staff-referral.form.${form}`)
      return say('staff-referral.consent.item.form', { field: name, form: shown })
    }),
    ...sources.map((each) => say(`staff-referral.consent.item.${each}`)),
    ...(others.length > 0 ? [say('staff-referral.consent.item.others')] : []),
  ]
}

const BEFORE_REVOKING = ['read', 'does', 'answer', 'person'] as const

/** Returns the sentences that a colleague reads before a referral is revoked. */
export const revokingText = ({ say }: ReferralWords): string[] =>
  BEFORE_REVOKING.map((each): ReferralKey => `staff-referral.revoke.${each}`).map((key) => say(key))
