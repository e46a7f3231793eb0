// Shows which addresses an alert calls and how often, with a test that calls every address.
// The server never sends the secrets of the addresses.
import { useEffect, useState } from 'preact/hooks'
import { type AlertPlan, type AlertTrial } from '#protocol/staff/alerts'
import { fetchAlertPlan, postTrial } from '../api/staff-api.ts'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { useMessages } from '../i18n/messages.tsx'

export interface SettingsProps {
  onBack: () => void
  /** false for a person without the role intake, who has no list of reports */
  hasList: boolean
}

export function AlertSettingsPage({ onBack, hasList }: SettingsProps) {
  const { t } = useMessages()
  const asked = useSessionAttempt()
  const trial = useSessionAttempt()
  const [plan, setPlan] = useState<AlertPlan | null>(null)
  const [called, setCalled] = useState<AlertTrial['called']>([])
  const load = (): void => asked.run(async () => setPlan(await fetchAlertPlan()))
  useEffect(load, [])
  const tryAll = (): void =>
    trial.run(async () => {
      setCalled([])
      setCalled((await postTrial()).called)
    })

  return (
    <ScreenPage title={t('staff.alert.title')} onBack={hasList ? onBack : null}>
      <p>{t('staff.alert.lead')}</p>
      <p role="status">{asked.busy && t('staff.loading')}</p>
      <ErrorMessage why={asked.why} />
      {asked.why !== null && (
        <button type="button" aria-disabled={asked.busy} onClick={load}>
          {t('staff.again')}
        </button>
      )}
      {plan && <Rhythm plan={plan} />}
      {plan && (
        <ul class="cards addresses">
          {plan.addresses.map((address) => (
            <li key={address.place}>
              <Address address={address} called={called.find(isAt(address.place))} />
            </li>
          ))}
        </ul>
      )}
      {plan && plan.addresses.length > 0 && (
        <button type="button" class="go" aria-disabled={trial.busy} onClick={tryAll}>
          {t(trial.busy ? 'staff.alert.testing' : 'staff.alert.test')}
        </button>
      )}
      <ErrorMessage why={trial.why} />
      <p class="hint">{t('staff.alert.carrier')}</p>
    </ScreenPage>
  )
}

const isAt = (wanted: string) => (each: AlertTrial['called'][number]) => each.place === wanted

function Rhythm({ plan: { addresses, everyMinutes, repeats, digestHours } }: { plan: AlertPlan }) {
  const { t } = useMessages()
  if (addresses.length === 0) return <p class="warning">{t('staff.alert.none')}</p>
  const hours = digestHours.map((hour) => `${hour}:00`).join(', ')
  return (
    <>
      <p>{t('staff.alert.rhythm', { n: everyMinutes, m: repeats })}</p>
      {hours && <p>{t('staff.alert.digest', { hours })}</p>}
    </>
  )
}

interface AddressProps {
  address: AlertPlan['addresses'][number]
  called: AlertTrial['called'][number] | undefined
}

function Address({ address: { place, kind, host, fault }, called }: AddressProps) {
  const { t } = useMessages()
  return (
    <>
      <b>{t(`staff.alert.place.${place}`)}</b>
      <span>{[kind && t(`staff.alert.kind.${kind}`), host].filter(Boolean).join(', ')}</span>
      <span role="status">
        {fault && !called && t(`staff.alert.outcome.${fault}`)}
        {called && t(`staff.alert.outcome.${called.outcome}`, { status: called.status ?? '' })}
      </span>
    </>
  )
}
