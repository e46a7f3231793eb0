// Asks for the details of a referral without consent: its ground, whether the person knows, and any
// official order.
import { minuteOf } from '#protocol/time'
import type { Informed, ReferralEntry } from '#protocol/staff/case-log/referral'
import { GROUNDS } from '../../read/grounds.ts'
import { type Basis } from '../../../referral/fields.ts'
import { type ReferralKey, type ReferralWords } from '../../../referral/words.ts'
import { Field } from '../../../ui/form.tsx'
import { DayField, SelectField } from '../../../ui/select-field.tsx'
import { type Without } from './asked.ts'
import { ChoiceRow } from '../../../ui/choice-row.tsx'

interface BasisPartProps {
  own: ReferralWords
  basis: Basis
  without: Without
  onWithout: (without: Without) => void
  /** true once a colleague has tried to continue */
  isTried: boolean
}

const LAWYER = ['asked', 'not_asked'] as const

export function BasisPart({ own, basis, without, onWithout, isTried }: BasisPartProps) {
  const { say, lang } = own
  const set = (part: Partial<Without>): void => onWithout({ ...without, ...part })
  const lacks = (text: string): string | null =>
    isTried && text.trim() === '' ? say('staff-referral.needed') : null
  return (
    <>
      {GROUNDS.length === 0 ? (
        <p class="note">
          {say('staff-referral.letter.ground')}: {say('staff-referral.letter.ground.open')}
        </p>
      ) : (
        <SelectField
          label={say('staff-referral.letter.ground')}
          value={without.ground}
          options={[
            ['', say('staff-referral.needed')],
            ...GROUNDS.map(({ id, words }) => [id, words[lang]] as const),
          ]}
          onChange={(ground) => set({ ground })}
        />
      )}
      {basis === 'order' && (
        <>
          <Field
            label={say('staff-referral.order.number')}
            value={without.number}
            onInput={(number) => set({ number })}
            mistake={lacks(without.number)}
          />
          <DayField
            label={say('staff-referral.order.day')}
            value={without.day}
            onInput={(day) => set({ day })}
          />
          <Field
            label={say('staff-referral.order.by')}
            value={without.broughtBy}
            onInput={(broughtBy) => set({ broughtBy })}
            mistake={lacks(without.broughtBy)}
          />
          <ChoiceRow
            label={say('staff-referral.lawyer')}
            options={LAWYER.map((each) => [each, say(`staff-referral.lawyer.${each}`)] as const)}
            value={without.lawyer}
            onChange={(lawyer) => set({ lawyer })}
          />
        </>
      )}
      <InformedQuestion
        own={own}
        label="staff-referral.told.knows"
        told={without}
        onTold={set}
        isTried={isTried}
      />
    </>
  )
}

type ToldAnswers = Pick<Without, 'isTold' | 'why' | 'on'>

interface InformedQuestionProps {
  own: ReferralWords
  label: ReferralKey
  told: ToldAnswers
  onTold: (part: Partial<ToldAnswers>) => void
  isTried: boolean
}

/**
 * Asks whether the person has been told. If not, asks why, and on which day the person will be
 * told.
 */
export function InformedQuestion({
  own: { say },
  label,
  told,
  onTold,
  isTried,
}: InformedQuestionProps) {
  return (
    <>
      <ChoiceRow
        label={say(label)}
        options={[
          ['yes', say('staff-referral.told.yes')],
          ['no', say('staff-referral.told.no')],
        ]}
        value={told.isTold === null ? null : told.isTold ? 'yes' : 'no'}
        onChange={(is) => onTold({ isTold: is === 'yes' })}
      />
      {told.isTold === false && (
        <div class="one-line">
          <Field
            label={say('staff-referral.told.why')}
            value={told.why}
            onInput={(why) => onTold({ why })}
            mistake={isTried && told.why.trim() === '' ? say('staff-referral.needed') : null}
          />
          <DayField
            label={say('staff-referral.told.on')}
            value={told.on}
            onInput={(on) => onTold({ on })}
          />
        </div>
      )}
    </>
  )
}

/** Returns the answer for a record; null while it is incomplete. */
export function informedFrom({ isTold, why, on }: ToldAnswers): Informed | null {
  if (isTold === null) return null
  if (isTold) return { is: 'told', at: minuteOf(Date.now()) }
  return why.trim() === '' ? null : { is: 'not_told', why: why.trim(), on: on || null }
}

type WithoutConsent = Exclude<ReferralEntry['basis'], { kind: 'consent' }>

/** Returns the ground for a record; null while an answer is missing. */
export function basisFrom(
  basis: Exclude<Basis, 'consent'>,
  without: Without,
): WithoutConsent | null {
  const told = informedFrom(without)
  const ground = without.ground || null
  if (told === null || (ground === null && GROUNDS.length > 0)) return null
  if (basis === 'life') return { kind: 'life', ground, told }
  if (basis === 'child') return { kind: 'child', isLifeNow: false, ground, told }
  const { day, lawyer } = without
  const [number, broughtBy] = [without.number.trim(), without.broughtBy.trim()]
  if (number === '' || day === '' || broughtBy === '' || lawyer === null) return null
  return { kind: 'order', number, day, broughtBy, lawyer, ground, told }
}
