// Lets a person choose their own quiet hours, and whether to receive the digest. The choice is
// signed.
import { useState } from 'preact/hooks'
import { NO_QUIET, type QuietSet } from '#protocol/staff/alerts/rota'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { sendAction } from '../api/send-action.ts'
import { sendSigned } from '../api/send-signed.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { ActionResult } from '../session/action-result.tsx'
import { useSessionContext } from '../session/session-context.ts'
import { useAction } from '../session/use-action.ts'
import { Form } from '../ui/form.tsx'
import { HourField } from './hour-field.tsx'

const NIGHT = { from: 22, until: 8 }

export function QuietCard({ roster }: { roster: Roster }) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const action = useAction(verify, [])
  const [quiet, setQuiet] = useState<QuietSet>(roster.quiet.get(keys.personId) ?? NO_QUIET)
  const change = (part: Partial<QuietSet>): void => setQuiet({ ...quiet, ...part })
  const hasQuiet = quiet.from !== quiet.until
  const save = (): void =>
    action.run(() =>
      sendSigned(keys, { action: 'quiet.set', subject: keys.personId, change: quiet }, (signed) =>
        sendAction('quiet.set', signed),
      ),
    )
  return (
    <section class="card" aria-labelledby="quiet-title">
      <header>
        <h3 id="quiet-title">{t('staff.quiet.title')}</h3>
      </header>
      <Form onSubmit={save}>
        <label class="choice">
          <input
            type="checkbox"
            checked={hasQuiet}
            onChange={() => change(hasQuiet ? { from: 0, until: 0 } : NIGHT)}
          />
          <span>{t('staff.quiet.has')}</span>
        </label>
        {hasQuiet && (
          <div class="hours">
            <HourField
              label={t('staff.quiet.from')}
              hour={quiet.from}
              onChange={(from) => change({ from })}
            />
            <HourField
              label={t('staff.quiet.until')}
              hour={quiet.until}
              onChange={(until) => change({ until })}
            />
          </div>
        )}
        <label class="choice">
          <input
            type="checkbox"
            checked={quiet.hasDigest}
            onChange={() => change({ hasDigest: !quiet.hasDigest })}
          />
          <span>{t('staff.quiet.digest')}</span>
        </label>
        <p class="hint">{t('staff.quiet.hint')}</p>
        <button type="submit" aria-disabled={action.busy}>
          {t('staff.quiet.save')}
        </button>
      </Form>
      <ActionResult action={action} done={t('staff.quiet.saved')} />
    </section>
  )
}
