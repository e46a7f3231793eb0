// Shows the people on duty for the seven nights and the day. An admin changes and signs the rota.
import { useState } from 'preact/hooks'
import { localMs } from '#content/clock.ts'
import { nightAt, type RotaSet } from '#protocol/staff/alerts/rota'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { sendAction } from '../api/send-action.ts'
import { sendSigned } from '../api/send-signed.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { ActionResult } from '../session/action-result.tsx'
import { focusSoon } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useAction } from '../session/use-action.ts'
import { OpensForm } from '../ui/opens-form.tsx'
import { useDutyNames } from './duty-names.ts'
import type { Reachable } from './known-devices.ts'
import { NIGHT_NAMES } from './night-names.ts'
import { RotaForm } from './rota-form.tsx'

const EMPTY_ROTA: RotaSet = {
  nightFrom: 22,
  nightUntil: 8,
  nights: Array.from({ length: 7 }, () => []),
  days: [],
}

interface RotaCardProps {
  roster: Roster
  canChange: boolean
  reachable: Reachable
  nowMs: number
}

export function RotaCard({ roster, canChange, reachable, nowMs }: RotaCardProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const action = useAction(verify, [])
  const [isChanging, setChanging] = useState(false)
  const rota = roster.rota ?? EMPTY_ROTA
  const close = (): void => {
    setChanging(false)
    focusSoon('rota-title')
  }
  const save = (change: RotaSet): void =>
    action.run(async () => {
      await sendSigned(keys, { action: 'rota.set', subject: keys.personId, change }, (signed) =>
        sendAction('rota.set', signed),
      )
      close()
    })
  const hours = { from: `${rota.nightFrom}:00`, until: `${rota.nightUntil}:00` }
  return (
    <section class="card" aria-labelledby="rota-title">
      <header>
        <h3 id="rota-title" tabIndex={-1}>
          {t('staff.duty.title', hours)}
        </h3>
        {canChange && !isChanging && (
          <OpensForm onOpen={() => setChanging(true)}>{t('staff.duty.change')}</OpensForm>
        )}
      </header>
      {isChanging ? (
        <RotaForm rota={rota} roster={roster} busy={action.busy} onSave={save} onCancel={close} />
      ) : (
        <RotaDays rota={rota} reachable={reachable} nowMs={nowMs} />
      )}
      <ActionResult action={action} done={t('staff.duty.saved')} />
      {!canChange && <p class="hint">{t('staff.duty.admin')}</p>}
    </section>
  )
}

type RotaDaysProps = Pick<RotaCardProps, 'reachable' | 'nowMs'> & { rota: RotaSet }

function RotaDays({ rota, reachable, nowMs }: RotaDaysProps) {
  const { t } = useMessages()
  const shownNamesOf = useDutyNames(reachable)
  const tonight = nightAt(rota, localMs(nowMs))
  const namesOf = (order: readonly string[]) =>
    order.length === 0 ? (
      <span class="nobody">{t('staff.duty.none')}</span>
    ) : (
      <span dir="auto">{shownNamesOf(order)}</span>
    )
  return (
    <dl class="rota">
      {NIGHT_NAMES.map((name, n) => (
        <div key={name} aria-current={n === tonight ? 'date' : undefined}>
          <dt>{t(name)}</dt>
          <dd>{namesOf(rota.nights[n] ?? [])}</dd>
        </div>
      ))}
      <div>
        <dt>{t('staff.duty.days')}</dt>
        <dd>{namesOf(rota.days)}</dd>
      </div>
    </dl>
  )
}
