// Shows which people and devices are called for alerts, and at which hours. An admin also sees the
// addresses.
import { useEffect, useState } from 'preact/hooks'
import { type AlertPlan } from '#protocol/staff/alerts/alerts'
import { fetchAlertPlan } from '../api/alert-api.ts'
import { useSeenLedger, useWholeLedger } from '../ledger/ledger-context.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { FailedLoad } from '../ui/errors.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { CarriersCard } from './carriers-card.tsx'
import { DevicesCard } from './devices-card.tsx'
import { DutyCard } from './duty-card.tsx'
import { fetchKnownDevices, type KnownDevices } from './known-devices.ts'
import { QuietCard } from './quiet-card.tsx'
import { RotaCard } from './rota-card.tsx'

interface SettingsProps {
  onBack: () => void
  /** false for a person without the intake role, who has no list of reports */
  hasList: boolean
  /** opens the help page about alerts */
  onHelp: () => void
}

interface Fetched {
  devices: KnownDevices
  /** null for a person who is not an admin */
  plan: AlertPlan | null
}

export function AlertSettingsPage({ onBack, hasList, onHelp }: SettingsProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const isAdmin = me.roles.includes('admin')
  const asked = useSessionAttempt()
  const roster = useWholeLedger()?.roster
  const { verify } = useSeenLedger()
  const [fetched, setFetched] = useState<Fetched | null>(null)
  const refresh = async (): Promise<void> => {
    const [devices, plan] = await Promise.all([
      fetchKnownDevices(),
      isAdmin ? fetchAlertPlan() : null,
    ])
    setFetched({ devices, plan })
  }
  // The rota and quiet hours come from the ledger, so its newest rows are read first.
  const load = (): void =>
    asked.run(async () => {
      await verify()
      await refresh()
    })
  useEffect(load, [])
  const nowMs = Date.now()
  const reachable = fetched?.devices.callable ?? null

  return (
    <ScreenPage title={t('staff.alert.title')} onBack={hasList ? onBack : null}>
      <p>{t('staff.alert.lead')}</p>
      <button type="button" onClick={onHelp}>
        {t('staff.screen.help')}
      </button>
      <p role="status">{asked.busy && t('staff.loading')}</p>
      <FailedLoad why={asked.why} again={load} />
      {reachable && roster && <DutyCard onCall={{ ...roster, reachable }} nowMs={nowMs} />}
      {fetched && <DevicesCard devices={fetched.devices} refresh={refresh} />}
      {fetched && roster && (
        <>
          <RotaCard roster={roster} canChange={isAdmin} reachable={reachable} nowMs={nowMs} />
          <QuietCard roster={roster} />
        </>
      )}
      {fetched?.plan && <CarriersCard plan={fetched.plan} callsDevices={reachable !== null} />}
    </ScreenPage>
  )
}
