// Hands over a person's open cases at the end of a shift, with a note for each. A case that was
// handed over is marked and remains on the screen.
import { useEffect, useState } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/list/queue'
import { useMessages } from '../../../i18n/messages.tsx'
import { useSessionAttempt, useSessionContext } from '../../../session/session-context.ts'
import { FailedLoad } from '../../../ui/errors.tsx'
import { ScreenPage } from '../../../ui/screen-page.tsx'
import { useCaseColleagues } from '../../read/colleagues-in-case.ts'
import { listOwnCases } from '../../write/shift-entry.ts'
import { WithCaseWords } from '../with-case-words.tsx'
import { ShiftRow } from './shift-row.tsx'
import { useWhom, WhomField } from './whom-field.tsx'

/** The key of the draft that stores who receives the cases. */
const WHOM = 'shift'

interface EndShiftProps {
  onBack: () => void
  onOpen: (id: string) => void
}

export function EndShiftPage({ onBack, onOpen }: EndShiftProps) {
  const { t } = useMessages()
  return (
    <ScreenPage title={t('staff.screen.shift')} onBack={onBack}>
      <WithCaseWords>
        <OwnCases onOpen={onOpen} />
      </WithCaseWords>
    </ScreenPage>
  )
}

function OwnCases({ onOpen }: Pick<EndShiftProps, 'onOpen'>) {
  const { t } = useMessages()
  const { me, drafts } = useSessionContext()
  const attempt = useSessionAttempt()
  const colleagues = useCaseColleagues().filter(([id]) => id !== me.id)
  const [cases, setCases] = useState<QueueItem[] | null>(null)
  const [to, setTo] = useWhom(WHOM, colleagues)
  /** the number of cases that were handed over on this screen */
  const [handed, setHanded] = useState(0)
  const isOver = cases?.length === handed
  const load = (): void => attempt.run(async () => setCases(await listOwnCases(me.id)))
  useEffect(load, [])
  useEffect(() => {
    if (isOver) setTo('')
  }, [isOver])
  // Leaving the screen discards the choice, unless a draft contains words or a ticked box. If a
  // lock closes the screen, the drafts have already been sealed.
  useEffect(
    () => () => {
      const isBegun = [...drafts.keys()].some((key) => key.startsWith('handover'))
      if (!isBegun) drafts.delete(WHOM)
    },
    [],
  )
  return (
    <>
      <p>{t('staff.shift.lead')}</p>
      <FailedLoad why={attempt.why} again={load} />
      <p role="status">
        {cases === null && attempt.busy && t('staff.loading')}
        {cases?.length === 0 && t('staff.shift.none')}
      </p>
      {cases !== null && cases.length > 0 && (
        <>
          {!isOver && <WhomField {...{ to, colleagues }} onChoose={setTo} />}
          <ul class="shift">
            {cases.map((item) => (
              <ShiftRow
                key={item.id}
                item={item}
                to={to}
                onOpen={() => onOpen(item.id)}
                onHanded={() => setHanded((before) => before + 1)}
              />
            ))}
          </ul>
        </>
      )}
    </>
  )
}
