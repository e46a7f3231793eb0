// Lists the steps after a departure, with the state of each.
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { dayNumber } from '#protocol/time'
import { useMessages } from '../i18n/messages.tsx'
import { activeKeepersIn } from '../ledger/key-facts.ts'
import { useNames } from '../ledger/use-names.ts'
import { shownCount } from '../session/shown-count.ts'
import { isNothing, type DepartureStepName, type StepLeft, type StepsLeft } from './step.ts'

export interface RunningStep {
  name: DepartureStepName
  done: number
  of: number
}

interface DepartureStepsProps {
  names: readonly DepartureStepName[]
  left: StepsLeft
  /** null while no step runs */
  running: RunningStep | null
  /**
   * the roster that lists the keepers on whom a step depends; null for a step that this person can
   * take
   */
  keepersFor: (name: DepartureStepName) => Roster | null
}

export function DepartureSteps({ names, left, running, keepersFor }: DepartureStepsProps) {
  const { t } = useMessages()
  const isDone = (name: DepartureStepName): boolean => {
    const counted = left.get(name)
    return counted !== undefined && isNothing(counted) && running?.name !== name
  }
  const done = names.filter(isDone).length
  return (
    <>
      <ol class="steps">
        {names.map((name) => (
          <li
            key={name}
            class={isDone(name) ? 'is-done' : undefined}
            aria-current={running?.name === name ? 'step' : undefined}
          >
            <span>{t(`staff.departure.step.${name}`)}</span>{' '}
            <StepState
              isDone={isDone(name)}
              running={running?.name === name ? running : null}
              left={left.get(name)}
              keepers={keepersFor(name)}
            />
          </li>
        ))}
      </ol>
      <div class="steps-done">
        <progress max={names.length} value={done} aria-labelledby="departure-title" />
        <p role="status">{t('staff.departure.progress', { done, of: names.length })}</p>
      </div>
    </>
  )
}

interface StepStateProps {
  isDone: boolean
  /** null unless this step is running */
  running: RunningStep | null
  left: StepLeft | undefined
  keepers: Roster | null
}

function StepState({ isDone, running, left, keepers }: StepStateProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  if (isDone) return <b>{t('staff.departure.done')}</b>
  if (running)
    return (
      <b>
        {t('staff.departure.runs')}
        {running.of > 1 && ` ${running.done} / ${running.of}`}
      </b>
    )
  if (left?.todo === 0) return <b>{t('staff.departure.awaits', { n: shownCount(left.awaited) })}</b>
  const today = dayNumber(Date.now())
  const waitsFor = (keepers ? activeKeepersIn(keepers, today) : []).map(({ member }) =>
    nameOf(member.id),
  )
  if (waitsFor.length === 0) return <b>{t('staff.departure.todo')}</b>
  return <b dir="auto">{t('staff.departure.waits', { names: waitsFor.join(', ') })}</b>
}
