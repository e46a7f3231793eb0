// Shows which addresses an alert calls and when, and tests addresses and devices. The server never
// sends the secrets of the addresses.
import { useState } from 'preact/hooks'
import { type AlertPlan, type AlertTrial } from '#protocol/staff/alerts/alerts'
import { postTrial } from '../api/alert-api.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'

interface CarriersCardProps {
  plan: AlertPlan
  /** true when the edge calls devices */
  callsDevices: boolean
}

export function CarriersCard({ plan, callsDevices }: CarriersCardProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const trial = useSessionAttempt()
  const [tried, setTried] = useState<AlertTrial>({ called: [], devices: [] })
  const tryAll = (): void =>
    trial.run(async () => {
      setTried({ called: [], devices: [] })
      setTried(await postTrial())
    })
  return (
    <section class="card" aria-labelledby="carriers-title">
      <header>
        <h3 id="carriers-title">{t('staff.alert.carriers')}</h3>
        {(plan.addresses.length > 0 || callsDevices) && (
          <button type="button" aria-disabled={trial.busy} onClick={tryAll}>
            {t(trial.busy ? 'staff.alert.testing' : 'staff.alert.test')}
          </button>
        )}
      </header>
      <Rhythm plan={plan} callsDevices={callsDevices} />
      <ul class="rows addresses">
        {plan.addresses.map((address) => (
          <li key={address.place}>
            <Address address={address} called={tried.called.find(isAt(address.place))} />
          </li>
        ))}
        {tried.devices.map(({ person, outcome }, n) => (
          <li key={`${person}-${n}`}>
            <b dir="auto">{nameOf(person)}</b>
            <span role="status">{t(`staff.device.outcome.${outcome}`)}</span>
          </li>
        ))}
      </ul>
      <ErrorMessage why={trial.why} />
      <p class="hint">{t('staff.alert.carrier')}</p>
    </section>
  )
}

const isAt = (wanted: string) => (each: AlertTrial['called'][number]) => each.place === wanted

function Rhythm({
  plan: { addresses, everyMinutes, repeats, digestHours },
  callsDevices,
}: CarriersCardProps) {
  const { t } = useMessages()
  if (addresses.length === 0 && !callsDevices) return <p class="warning">{t('staff.alert.none')}</p>
  const hours = digestHours.map((hour) => `${hour}:00`).join(` ${t('staff.alert.and')} `)
  return (
    <>
      {addresses.length > 0 && <p>{t('staff.alert.rhythm', { n: everyMinutes, m: repeats })}</p>}
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
