// Lists the keys that two shares opened, and asks which step to take next.
import { useMessages } from '../i18n/messages.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useAttempt } from '../ui/use-attempt.ts'
import { REQUEST_NAME } from './join-request.ts'
import { type OpenedKeys } from './open-keys.ts'
import { StepPage } from './step-page.tsx'

interface StepKeysProps {
  keys: OpenedKeys
  onOlder: () => void
  onInvite: () => Promise<void>
  onRequest: () => void
  onRestart: () => void
}

export function StepKeys({ keys, onOlder, onInvite, onRequest, onRestart }: StepKeysProps) {
  const { t } = useMessages()
  const attempt = useAttempt()
  const { epochs, teams } = keys
  const isClosed = [...epochs, ...teams].some(({ state }) => state === 'closed')
  return (
    <StepPage n={3} title={t('recovery.keys.title')} onRestart={onRestart}>
      <ul class="keys">
        <li>{t('recovery.keys.root')}</li>
        {epochs.map(({ number: n, state }) => (
          <li key={`epoch-${n}`}>
            {t('recovery.keys.epoch', { n, state: t(`recovery.key.${state}`) })}
          </li>
        ))}
        {teams.map(({ number: n, state }) => (
          <li key={`team-${n}`}>
            {t('recovery.keys.team', { n, state: t(`recovery.key.${state}`) })}
          </li>
        ))}
      </ul>
      {isClosed && (
        <div class="note">
          <p>{t('recovery.keys.older')}</p>
          <div class="verbs">
            <button type="button" onClick={onOlder}>
              {t('recovery.keys.older.go')}
            </button>
          </div>
        </div>
      )}
      <h2>{t('recovery.keys.what')}</h2>
      <div class="verbs">
        <button
          type="button"
          class="go"
          aria-disabled={attempt.busy}
          onClick={() => attempt.run(onInvite)}
        >
          {t('recovery.keys.invite')}
        </button>
        <button type="button" onClick={onRequest}>
          {t('recovery.keys.request', { name: REQUEST_NAME })}
        </button>
      </div>
      <ErrorMessage why={attempt.why} />
    </StepPage>
  )
}
