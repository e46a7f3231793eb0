// Shows the tables for a year, which may leave the organisation once a colleague has signed them.
// Tables that have left are shown as the ledger records them. Later changes to cases do not affect
// them.
import { useMemo } from 'preact/hooks'
import organisation from '#content/organisation.json' with { type: 'json' }
import { YEARLY_TABLES, type FiguresLeave } from '#protocol/staff/figures'
import { minuteOf } from '#protocol/time'
import { momentInDigits } from '../i18n/dates.ts'
import { useSeenLedger, useWholeLedger } from '../ledger/ledger-context.ts'
import { useNames } from '../ledger/use-names.ts'
import type { IndexedCase } from '../search/case-index.ts'
import { ActionResult } from '../session/action-result.tsx'
import { focusSoon } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useActionBy } from '../session/use-action.ts'
import { useProof } from '../session/use-proof.tsx'
import { type HelpedPerson } from './helped-people.ts'
import { isTrial } from './is-trial.ts'
import { leavingState } from './leaving-state.ts'
import { lettersOfYear } from './own-tables.ts'
import { sendFigures } from './send-figures.ts'
import { YearlyTables } from './yearly-tables-view.tsx'
import { type YearlyList } from './yearly-tables.ts'
import { type FigureWords } from './words.tsx'

const { since, tables, countries } = organisation.figures
const LIST: YearlyList = {
  ...{ since, countries },
  tables: YEARLY_TABLES.filter((name) => tables.includes(name)),
}

interface LeavingPartProps {
  words: FigureWords
  cases: ReadonlyMap<string, IndexedCase>
  helped: readonly HelpedPerson[]
  isRead: boolean
  year: number
}

export function LeavingPart({ words, cases, helped, isRead, year }: LeavingPartProps) {
  const { say } = words
  const nameOf = useNames()
  const roster = useWholeLedger()?.roster ?? null
  const state = useMemo(
    () =>
      leavingState({
        ...{ year, helped, isRead, roster, list: LIST, isTrial: isTrial() },
        letters: lettersOfYear(cases.values(), String(year)),
        at: minuteOf(Date.now()),
      }),
    [cases, year, isRead, roster],
  )
  return (
    <section aria-labelledby="leaving-title">
      <h3 id="leaving-title" tabIndex={-1}>
        {say('staff-figures.leave.title')}
      </h3>
      <p>{say('staff-figures.leave.lead')}</p>
      {state.is === 'kept' && (
        <p class="note">{say(`staff-figures.leave.${state.why}`, { year })}</p>
      )}
      {state.is === 'left' && (
        <>
          <p>
            {say('staff-figures.leave.left', {
              at: momentInDigits(state.left.at),
              who: nameOf(state.left.signedBy),
            })}
          </p>
          <YearlyTables words={words} figures={state.left} hasFiles />
          {state.differs && <p class="note">{say('staff-figures.leave.differs')}</p>}
        </>
      )}
      {state.is === 'ready' && <Ready key={year} words={words} leaving={state.leaving} />}
    </section>
  )
}

function Ready({ words, leaving }: { words: FigureWords; leaving: FiguresLeave }) {
  const { say } = words
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const proof = useProof()
  const action = useActionBy(proof, verify, ['figures_left'])
  const send = async (): Promise<void> => {
    await sendFigures(keys, leaving)
    // The button disappears once the ledger contains the row.
    focusSoon('leaving-title')
  }
  return (
    <>
      <YearlyTables words={words} figures={leaving} />
      <p class="note">{say('staff-figures.leave.ask')}</p>
      {proof.question ?? (
        <button type="button" aria-disabled={action.busy} onClick={() => action.run(send)}>
          {say('staff-figures.leave.go', { year: leaving.year })}
        </button>
      )}
      <ActionResult action={action} done="" />
    </>
  )
}
