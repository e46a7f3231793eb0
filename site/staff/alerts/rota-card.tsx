// Shows the people on duty for the seven nights and the day. An admin changes and signs the rota.
import * as z from 'zod/mini'
import { localMs } from '#content/clock.ts'
import { nightAt, RotaSet } from '#protocol/staff/alerts/rota'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { sendAction } from '../api/send-action.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { sendUnlessChanged } from '../ledger/send-unless-changed.ts'
import { ActionResult } from '../session/action-result.tsx'
import { focusSoon } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useAction } from '../session/use-action.ts'
import { useDraftOf } from '../session/use-draft-of.ts'
import { useReadVersion } from '../session/use-read-version.ts'
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

const RotaDraft = z.object({
  rota: RotaSet,
  /** the rota as it was when the draft began; null before the first rota */
  base: z.nullable(RotaSet),
  /** true when a colleague has saved a different rota, which is shown with the draft */
  hasLater: z.boolean(),
})

const isSameRota = (one: RotaSet | null, other: RotaSet | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

interface RotaCardProps {
  roster: Roster
  canChange: boolean
  reachable: Reachable
  nowMs: number
}

export function RotaCard({ roster, canChange, reachable, nowMs }: RotaCardProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify, nextRoster } = useSeenLedger()
  const [kept, setDraft] = useDraftOf(RotaDraft, 'rota')
  // Somebody who is no longer an admin sees the rota instead of the draft.
  const draft = canChange ? kept : null
  const version = useReadVersion(
    draft,
    (newest) => newest.rota,
    verify,
    (read) => setDraft({ ...read, hasLater: true }),
  )
  const action = useAction(version.refresh, ['record_changed'])
  const rota = roster.rota ?? EMPTY_ROTA
  const close = (): void => {
    setDraft(null)
    focusSoon('rota-title')
  }
  const save = async ({ rota: change, base }: z.infer<typeof RotaDraft>): Promise<void> => {
    await version.send(() =>
      sendUnlessChanged(
        { keys, nextRoster },
        {
          isRead: (newest) => isSameRota(newest.rota, base),
          isSaved: (newest) => isSameRota(newest.rota, change),
        },
        async (sign) => {
          const row = { action: 'rota.set', subject: keys.personId, change } as const
          await sendAction('rota.set', await sign(row))
        },
      ),
    )
    close()
  }
  const hours = { from: `${rota.nightFrom}:00`, until: `${rota.nightUntil}:00` }
  return (
    <section class="card" aria-labelledby="rota-title">
      <header>
        <h3 id="rota-title" tabIndex={-1}>
          {t('staff.duty.title', hours)}
        </h3>
        {canChange && !draft && (
          <OpensForm onOpen={() => setDraft({ rota, base: roster.rota, hasLater: false })}>
            {t('staff.duty.change')}
          </OpensForm>
        )}
      </header>
      <p class="hint" role="status">
        {draft?.hasLater && t('staff.record.later')}
      </p>
      {(!draft || draft.hasLater) && <RotaDays rota={rota} reachable={reachable} nowMs={nowMs} />}
      {draft && (
        <RotaForm
          rota={draft.rota}
          roster={roster}
          busy={action.busy}
          onChange={(next) => setDraft({ ...draft, rota: next })}
          onSave={() => action.run(() => save(draft))}
          onCancel={close}
        />
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
