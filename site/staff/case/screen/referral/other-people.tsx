// Lists the other people in the case. Each person is included only after hearing a separate text
// and agreeing to it.
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { type LetterReceiver } from '../../../referral/consent-text.ts'
import { type OtherPerson, type ReferralContent } from '../../../referral/content.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { ConsentPart, heardAnswer, isConsent } from './consent-part.tsx'
import { type HeardAnswer, type HeardConsent } from './asked.ts'

/** The answers of other people, by their ids. */
export type HeardOthers = Readonly<Record<string, HeardAnswer | null>>

/** The content mentioned in the text for another person: only that person's name. */
const contentFor = ({ name }: OtherPerson): ReferralContent => ({
  ...{ v: 1, basis: 'consent', words: [], others: [] },
  fields: [{ field: 'name', form: 'whole', value: name }],
})

/** Returns the people who agreed to the exact text for this receiver. */
export const consentingOthers = (
  others: readonly OtherPerson[],
  heard: HeardOthers,
  all: readonly ReferralWords[],
  receiver: LetterReceiver,
): { id: string; consent: HeardConsent }[] =>
  others.flatMap((each) => {
    const own = heardAnswer(ownValue(heard, each.id) ?? null, all, contentFor(each), receiver)
    return own && isConsent(own) ? [{ id: each.id, consent: own }] : []
  })

interface OtherPeopleProps {
  all: readonly ReferralWords[]
  own: ReferralWords
  others: readonly OtherPerson[]
  receiver: LetterReceiver
  heard: HeardOthers
  onHeard: (heard: HeardOthers) => void
}

export function OtherPeople({ all, own, others, receiver, heard, onHeard }: OtherPeopleProps) {
  if (others.length === 0) return null
  return (
    <details>
      <summary>{own.say('staff-referral.others')}</summary>
      <p class="hint">{own.say('staff-referral.others.hint')}</p>
      {others.map((each) => (
        <ConsentPart
          key={each.id}
          {...{ all, own, receiver }}
          name={each.name}
          content={contentFor(each)}
          heard={ownValue(heard, each.id) ?? null}
          onHeard={(answer) => onHeard({ ...heard, [each.id]: answer })}
        />
      ))}
    </details>
  )
}
