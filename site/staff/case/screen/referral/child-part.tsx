// Asks about a person under 18: who cares for the child, and whether that carer is safe. Also asks
// what the child wants, and which colleague decides.
import type { ReferralEntry } from '#protocol/staff/case-log/referral'
import { CHILD_FIELDS } from '#protocol/staff/case-log/referral'
import { type CaseField } from '../../../referral/fields.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { Field } from '../../../ui/form.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { type Child } from './asked.ts'
import { ChoiceRow } from '../../../ui/choice-row.tsx'

interface ChildPartProps {
  own: ReferralWords
  /** the colleagues who can decide, by their ids */
  staff: readonly (readonly [id: string, name: string])[]
  child: Child
  onChild: (child: Child) => void
  isTried: boolean
}

const SAFE = ['yes', 'no', 'unknown'] as const

export function ChildPart({ own: { say }, staff, child, onChild, isTried }: ChildPartProps) {
  const set = (part: Partial<Child>): void => onChild({ ...child, ...part })
  return (
    <section aria-labelledby="referral-child">
      <h5 id="referral-child">{say('staff-referral.child')}</h5>
      <p class="hint">{say('staff-referral.child.hint')}</p>
      <Field
        label={say('staff-referral.child.carer')}
        value={child.carer}
        onInput={(carer) => set({ carer })}
      />
      <ChoiceRow
        label={say('staff-referral.child.safe')}
        options={SAFE.map((each) => [each, say(`staff-referral.child.safe.${each}`)] as const)}
        value={child.isCarerSafe}
        onChange={(isCarerSafe) =>
          set({ isCarerSafe, mayCarerKnow: child.mayCarerKnow && isCarerSafe === 'yes' })
        }
      />
      {child.isCarerSafe === 'yes' && (
        <label class="choice">
          <input
            type="checkbox"
            checked={child.mayCarerKnow}
            onChange={() => set({ mayCarerKnow: !child.mayCarerKnow })}
          />
          <span>{say('staff-referral.child.may_know')}</span>
        </label>
      )}
      <Field
        label={say('staff-referral.child.wants')}
        value={child.wants}
        onInput={(wants) => set({ wants })}
        mistake={isTried && child.wants.trim() === '' ? say('staff-referral.needed') : null}
      />
      <SelectField
        label={say('staff-referral.child.decides')}
        value={child.decidedBy}
        options={staff}
        onChange={(decidedBy) => set({ decidedBy })}
      />
    </section>
  )
}

/** Returns the answers for a record; null while one of them is missing. */
export function careFrom(
  child: Child,
  ticked: readonly CaseField[],
): NonNullable<ReferralEntry['child']> | null {
  const { isCarerSafe, mayCarerKnow, decidedBy } = child
  const wants = child.wants.trim()
  if (isCarerSafe === null || wants === '' || decidedBy === '') return null
  return {
    ...{ carer: child.carer.trim(), isCarerSafe, mayCarerKnow, wants, decidedBy },
    ticked: CHILD_FIELDS.filter((each) => (ticked as readonly string[]).includes(each)),
  }
}
