// Ends a leaving colleague's access, in two steps. The second step explains what the colleague may
// still have.
import { useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { runAndRefresh } from '../session/run-and-refresh.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useQuestion } from '../ui/use-question.ts'
import { sendRemoval } from './send-confirmation.ts'

interface RemoveColleagueProps {
  roster: Roster
  id: string
  name: string
  onRemoved: () => void
}

/** A colleague acted first, so the view is refreshed. */
const TOO_LATE: readonly ErrorCode[] = ['person_unknown', 'chain_moved']

export function RemoveColleague({ roster, id, name, onRemoved }: RemoveColleagueProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const proof = useProof()
  const [isNumberOnly, setNumberOnly] = useState(false)
  const { isAsking, question, start, ask, back } = useQuestion()
  const send = (): void =>
    proof.run(() =>
      runAndRefresh({
        action: () => sendRemoval(keys, roster, id, isNumberOnly),
        tooLate: TOO_LATE,
        onDone: onRemoved,
        refresh: verify,
        onStale: () => undefined,
      }),
    )
  if (!isAsking)
    return (
      <button
        type="button"
        class="plain"
        ref={start}
        aria-label={t('staff.people.remove.name', { name })}
        onClick={ask}
      >
        {t('staff.people.remove')}
      </button>
    )
  return (
    <div class="note" role="group" aria-label={t('staff.people.once_more')}>
      <p ref={question} tabIndex={-1}>
        {t('staff.people.remove.ends', { name })}
      </p>
      <p>{t('staff.people.remove.keeps')}</p>
      <label class="choice">
        <input
          type="checkbox"
          checked={isNumberOnly}
          onChange={({ currentTarget }) => setNumberOnly(currentTarget.checked)}
        />
        <span>{t('staff.people.remove.number')}</span>
      </label>
      {proof.question ?? (
        <div class="verbs">
          <button type="button" class="go" aria-disabled={proof.busy} onClick={send}>
            {t('staff.people.remove.go', { name })}
          </button>
          <button type="button" onClick={back}>
            {t('staff.people.not_yet')}
          </button>
        </div>
      )}
      <ErrorMessage why={proof.why} />
    </div>
  )
}
