// Shows the person's own devices that receive alerts. Here a person can turn alerts in this browser
// on and off, and test each device.
import { useEffect, useState } from 'preact/hooks'
import { type Devices, type DeviceTrial } from '#protocol/staff/alerts/alerts'
import { postDevice, postDeviceRemoval, postDeviceTrial } from '../api/alert-api.ts'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { focusSoon } from '../session/navigation.ts'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { readDevice, subscribeDevice, unsubscribeDevice, type DeviceState } from './this-device.ts'

interface DevicesCardProps {
  devices: Devices
  /** fetches the devices again */
  refresh: () => Promise<void>
}

/** id of the title, which receives focus when a pressed button disappears */
const TITLE = 'devices-title'

interface Tried {
  id: string
  outcome: DeviceTrial['outcome']
}

export function DevicesCard({ devices, refresh }: DevicesCardProps) {
  const { t } = useMessages()
  const attempt = useSessionAttempt()
  const [here, setHere] = useState<DeviceState | null>(null)
  const [tried, setTried] = useState<Tried | null>(null)
  const look = async (): Promise<void> => setHere(await readDevice())
  useEffect(() => void look(), [])
  const { applicationKey, own } = devices
  const isHere = (id: string): boolean => here?.is === 'on' && here.id === id
  const isOn = own.some(({ id }) => isHere(id))

  const switchOn = (key: string): void =>
    attempt.run(async () => {
      try {
        await postDevice(await subscribeDevice(key))
      } finally {
        await look()
      }
      await refresh()
      focusSoon(TITLE)
    })
  const remove = (id: string): void =>
    attempt.run(async () => {
      await postDeviceRemoval(id)
      if (isHere(id)) await unsubscribeDevice()
      await look()
      await refresh()
      focusSoon(TITLE)
    })
  const test = (id: string): void =>
    attempt.run(async () => {
      setTried(null)
      setTried({ id, ...(await postDeviceTrial(id)) })
      await refresh()
    })

  if (applicationKey === null)
    return (
      <section class="card" aria-labelledby={TITLE}>
        <header>
          <h3 id={TITLE}>{t('staff.device.title')}</h3>
        </header>
        <p>{t('staff.device.off')}</p>
      </section>
    )
  return (
    <section class="card" aria-labelledby={TITLE}>
      <header>
        <h3 id={TITLE} tabIndex={-1}>
          {t('staff.device.title')}
        </h3>
      </header>
      <p>{t('staff.device.lead')}</p>
      <ul class="rows devices">
        {own.map(({ id, provider, addedDay }) => (
          <li key={id}>
            <p>
              <b>{t(provider ? `staff.device.provider.${provider}` : 'staff.device.unknown')}</b>
              {isHere(id) && <span class="mark">{t('staff.device.here')}</span>}
            </p>
            <p class="hint">{t('staff.device.since', { day: dayInDigits(addedDay) })}</p>
            <div class="verbs">
              <button type="button" aria-disabled={attempt.busy} onClick={() => test(id)}>
                {t('staff.device.test')}
              </button>
              <button type="button" aria-disabled={attempt.busy} onClick={() => remove(id)}>
                {t('staff.device.remove')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <p role="status">{tried && t(`staff.device.outcome.${tried.outcome}`)}</p>
      <ErrorMessage why={attempt.why} />
      {here && (here.is === 'unable' || here.is === 'blocked') && (
        <p class="hint">{t(`staff.device.${here.is}`)}</p>
      )}
      {!isOn && (here?.is === 'off' || here?.is === 'on') && (
        <button
          type="button"
          class="go"
          aria-disabled={attempt.busy}
          onClick={() => switchOn(applicationKey)}
        >
          {t('staff.device.on')}
        </button>
      )}
    </section>
  )
}
