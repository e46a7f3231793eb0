// Continues the ledger after a restore. A keeper signs the restart in two steps. Every other
// browser asks its user to call the keeper, and continues once the user confirms the call.
import { localDayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { isKeeper } from '../ledger/read-roster.ts'
import { acceptRestart, sendRestart } from '../ledger/restart-ledger.ts'
import { useNames } from '../ledger/use-names.ts'
import { type OtherLedger } from '../ledger/verify-ledger.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useQuestion } from '../ui/use-question.ts'

interface RestartProps {
  ledger: OtherLedger
}

export function RestartLedger({ ledger }: RestartProps) {
  const { keys } = useSessionContext()
  if (ledger.restart) return <AcceptRestart ledger={ledger} restart={ledger.restart} />
  return isKeeper(ledger.roster, keys.personId, Date.now()) ? <SignRestart ledger={ledger} /> : null
}

function AcceptRestart({
  ledger,
  restart,
}: RestartProps & { restart: NonNullable<OtherLedger['restart']> }) {
  const { t } = useMessages()
  const { verify } = useSeenLedger()
  const nameOf = useNames()
  const attempt = useSessionAttempt()
  const goOn = (): void =>
    attempt.run(async () => {
      acceptRestart(ledger)
      await verify()
    })
  const day = localDayInDigits(restart.at)
  return (
    <div class="note">
      <p>
        <b>{t('staff.restart.done', { who: nameOf(restart.signedBy), day })}</b>
      </p>
      <p>{t('staff.restart.ask')}</p>
      <div class="verbs">
        <button type="button" aria-disabled={attempt.busy} onClick={goOn}>
          {t('staff.restart.accept')}
        </button>
      </div>
    </div>
  )
}

function SignRestart({ ledger }: RestartProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const proof = useProof()
  const { isAsking, question, start, ask, back } = useQuestion()
  const send = (): void =>
    proof.run(async () => {
      await sendRestart(keys, ledger)
      await verify()
    })
  if (!isAsking)
    return (
      <div class="verbs">
        <button type="button" ref={start} onClick={ask}>
          {t('staff.restart.begin')}
        </button>
      </div>
    )
  return (
    <div class="note" role="group" aria-label={t('staff.restart.begin')}>
      <p ref={question} tabIndex={-1}>
        {t('staff.restart.means')}
      </p>
      {proof.question ?? (
        <div class="verbs">
          <button type="button" class="go" aria-disabled={proof.busy} onClick={send}>
            {t('staff.restart.go')}
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
