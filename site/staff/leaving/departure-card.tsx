// Shows the steps after somebody left, with a button that runs what is left of them.
import { useMessages } from '../i18n/messages.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { DepartureSteps } from './departure-steps.tsx'
import { LostKeys } from './lost-keys.tsx'
import { useDeparture, type DepartureProps } from './use-departure.ts'

export function DepartureCard(props: DepartureProps) {
  const { t } = useMessages()
  const { names, left, running, damaged, attempt, mayRun, run, signLostKeys } = useDeparture(props)
  const canGoOn = [...left].some(([name, { todo }]) => mayRun(name) && todo > 0)
  return (
    <section class="card departure" aria-labelledby="departure-title">
      <header>
        <h3 id="departure-title">{t('staff.departure.title')}</h3>
      </header>
      <DepartureSteps
        names={names}
        left={left}
        running={running}
        keepersFor={(name) => (mayRun(name) ? null : props.roster)}
      />
      {(left.get('take_in')?.awaited ?? 0) > 0 && <p>{t('staff.departure.awaits.what')}</p>}
      {damaged.length > 0 && (
        <LostKeys damaged={damaged} busy={attempt.busy} onLost={signLostKeys} />
      )}
      {attempt.question ??
        (canGoOn && (
          <div class="verbs">
            <button type="button" class="go" aria-disabled={attempt.busy} onClick={run}>
              {t('staff.departure.run')}
            </button>
          </div>
        ))}
      <ErrorMessage why={attempt.why} />
    </section>
  )
}
