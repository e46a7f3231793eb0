// Shows urgent alerts above the workspace. When a person takes an alert, its case opens and is
// assigned to that person. Until the taker acts on the case, the taker's colleagues see who has the
// alert. A taker can give the alert back.
import type { ShownAlert } from '#protocol/staff/alerts/alerts'
import { postGivenBack } from '../api/alert-api.ts'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { type SeenAlerts } from '../session/use-alert.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { DangerMark } from '../ui/marks.tsx'
import { focusTitle } from '../ui/take-focus.ts'
import { sendTaking } from './send-taking.ts'
import { alertState, useProvenTakings, type ProvenAlert } from './use-proven-takings.ts'

export interface AlertLineProps {
  seen: SeenAlerts
  /** opens a case; null for a person who has no list of reports */
  onOpen: ((id: string) => void) | null
  /** shows the reports that are waiting in R2 */
  onWaiting: () => void
}

export function AlertLine({ seen, onOpen, onWaiting }: AlertLineProps) {
  const { keys, roster, nextWriter } = useSessionContext()
  const attempt = useSessionAttempt()
  const alerts = useProvenTakings(seen.alerts, roster)
  const now = Date.now()
  const stated = alerts.map((each) => ({
    alert: each.alert,
    state: alertState(each, seen.dangerMinutes, now),
  }))
  const untaken = stated.find(({ state }) => state === 'open')
  const me = keys.personId

  const take = (alert: ShownAlert): void =>
    attempt.run(async () => {
      const next = await sendTaking(keys, alert)
      seen.show(next)
      const mine = next.alerts.find(({ id, taken }) => id === alert.id && taken?.by === me)
      if (!mine || !onOpen) focusTitle()
      else if (mine.case === null) onWaiting()
      else await openMine(mine.case, onOpen)
    })
  /** Opens the case even if taking it failed, because reading the letter matters more. */
  const openMine = async (id: string, open: (id: string) => void): Promise<void> => {
    try {
      const { takeAlertedCase } = await import('./take-alerted-case.ts')
      await takeAlertedCase(await nextWriter(), id)
    } finally {
      open(id)
    }
  }
  const giveBack = ({ id }: ShownAlert): void =>
    attempt.run(async () => {
      seen.show(await postGivenBack(id))
      focusTitle()
    })
  const acts = { busy: attempt.busy, take, giveBack, onWaiting: onOpen && onWaiting }
  return (
    <>
      <div class="alert" role="alert">
        {untaken && <Untaken alert={untaken.alert} {...acts} />}
      </div>
      <div class="alert-taken" role="status">
        {stated
          .filter(({ state }) => state !== 'open')
          .map(({ alert, state }) => (
            <Taken key={alert.id} {...{ alert, me, isLate: state === 'late' }} {...acts} />
          ))}
      </div>
      <ErrorMessage why={attempt.why} />
    </>
  )
}

interface Acts {
  busy: boolean
  take: (alert: ShownAlert) => void
  giveBack: (alert: ShownAlert) => void
  /** shows the reports that are waiting in R2; null for a person who has no list of reports */
  onWaiting: (() => void) | null
}

interface UntakenProps extends Acts {
  alert: ProvenAlert['alert']
}

function Untaken({ alert, busy, take, onWaiting }: UntakenProps) {
  const { t } = useMessages()
  return (
    <>
      <DangerMark />
      <p>
        {t('staff.alert.open', { since: timeOf(alert.since) })}{' '}
        {alert.case === null && onWaiting && <NotListed />}
      </p>
      <button type="button" class="go" aria-disabled={busy} onClick={() => take(alert)}>
        {t('staff.alert.take')}
      </button>
    </>
  )
}

interface TakenProps extends UntakenProps {
  me: string
  /** true when the taker has not acted in time */
  isLate: boolean
}

function Taken({ alert, busy, take, giveBack, onWaiting, me, isLate }: TakenProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const { taken } = alert
  if (!taken) return null
  const isListed = alert.case !== null || onWaiting === null
  return (
    <div class={isLate ? 'alert' : 'alert calm'}>
      <DangerMark />
      <p dir="auto">
        {t('staff.alert.taken', { who: nameOf(taken.by), at: timeOf(taken.at) })}{' '}
        {!isListed && <NotListed />}
      </p>
      {!isListed && (
        <button type="button" onClick={onWaiting}>
          {t('staff.waiting.title')}
        </button>
      )}
      {taken.by === me && (
        <button type="button" aria-disabled={busy} onClick={() => giveBack(alert)}>
          {t('staff.alert.give_back')}
        </button>
      )}
      {taken.by !== me && isLate && (
        <button type="button" class="go" aria-disabled={busy} onClick={() => take(alert)}>
          {t('staff.alert.take')}
        </button>
      )}
    </div>
  )
}

/**
 * Explains where an alert's letter is until a list shows the letter, and how the letter gets into
 * the list.
 */
function NotListed() {
  const { t } = useMessages()
  const labels = { title: t('staff.waiting.title'), go: t('staff.waiting.take') }
  return <>{t('staff.alert.no_case', labels)}</>
}

/** Formats a moment as a time if it is today, otherwise as a day and a time. */
function timeOf(iso: string): string {
  const [day, time] = momentInDigits(iso).split('\u00a0')
  const [today] = momentInDigits(new Date().toISOString()).split('\u00a0')
  return (day === today && time) || momentInDigits(iso)
}
