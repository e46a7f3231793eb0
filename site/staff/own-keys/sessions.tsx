import { type OwnSession } from '#protocol/staff/people/slots'
import { postOtherSessionsEnd, postSessionEnd } from '../api/own-keys-api.ts'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'

interface SessionsProps {
  sessions: OwnSession[]
  onDone: (what: MessageKey) => void
}

/** Lists the open sessions. A session that was ended here is refused on its next request. */
export function Sessions({ sessions, onDone }: SessionsProps) {
  const { t } = useMessages()
  const attempt = useSessionAttempt()
  const end = (act: () => Promise<null>): void =>
    attempt.run(async () => {
      await act()
      onDone('staff.own.session.ended')
    })
  const factsOf = ({ beganAt }: OwnSession) => ({
    at: momentInDigits(new Date(beganAt).toISOString()),
  })
  return (
    <section class="card" aria-labelledby="sessions-title">
      <header>
        <h3 id="sessions-title">{t('staff.own.sessions')}</h3>
        {sessions.length > 1 && (
          <button
            type="button"
            aria-disabled={attempt.busy}
            onClick={() => end(postOtherSessionsEnd)}
          >
            {t('staff.own.session.others')}
          </button>
        )}
      </header>
      <p class="hint">{t('staff.own.sessions.lead')}</p>
      <ul class="rows">
        {sessions.map((session) => (
          <li key={session.id} class="session">
            <p>
              {t(`staff.own.session.${session.beganBy}`, factsOf(session))}
              {session.isThis && <span class="mark">{t('staff.own.session.this')}</span>}
            </p>
            {!session.isThis && (
              <button
                type="button"
                class="plain"
                aria-label={t('staff.own.session.end.name', factsOf(session))}
                aria-disabled={attempt.busy}
                onClick={() => end(() => postSessionEnd(session.id))}
              >
                {t('staff.own.session.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ErrorMessage why={attempt.why} />
    </section>
  )
}
