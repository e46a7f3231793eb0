// Lists the older epochs, which a keeper retires and a reader deletes.
import { fromB64 } from '#protocol/bytes'
import { lastDayOf } from '#protocol/keys/key-days'
import { DAY_MS } from '#protocol/limits'
import type { Roster, RosterEpoch } from '#protocol/staff/ledger/roster-state'
import { dayOf } from '#protocol/time'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { sendEpochEnd, sendRetirement } from '../ledger/change-epochs.ts'
import { dayText, mayEnd, newestEpoch } from '../ledger/key-facts.ts'
import { useSessionContext } from '../session/session-context.ts'

/** Number of days allowed for letters that are carried by hand. */
const LATER_DAYS = 7

interface OlderEpochsProps {
  roster: Roster
  isKeeper: boolean
  busy: boolean
  /** runs a change and shows its outcome */
  onChange: (change: () => Promise<void>, outcome: 'retire' | 'end') => void
}

export function OlderEpochs({ roster, isKeeper, busy, onChange }: OlderEpochsProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const older = [...roster.epochs.values()].filter((each) => each !== newestEpoch(roster)).reverse()
  if (older.length === 0) return null
  const stateOf = ({ hasEnded, retiredDay, manifest }: RosterEpoch): string => {
    if (hasEnded) return t('staff.keys.older.ended')
    if (retiredDay !== null) return t('staff.keys.older.retired', { day: dayInDigits(retiredDay) })
    return t('staff.keys.older.until', { day: dayText(lastDayOf(fromB64(manifest))) })
  }
  const retire = (epoch: number, days: number): void =>
    onChange(() => sendRetirement(keys, roster, epoch, dayOf(Date.now() + days * DAY_MS)), 'retire')
  return (
    <section class="card" aria-labelledby="older-keys">
      <header>
        <h3 id="older-keys">{t('staff.keys.older')}</h3>
      </header>
      <ul class="rows">
        {older.map((each) => (
          <li key={each.epoch}>
            <p>
              <b>{t('staff.keys.epoch', { n: each.epoch })}</b>
            </p>
            <p>{stateOf(each)}</p>
            {isKeeper && each.retiredDay === null && !each.hasEnded && (
              <>
                <p class="hint">{t('staff.keys.retire.hint')}</p>
                <div class="verbs">
                  <button
                    type="button"
                    aria-disabled={busy}
                    onClick={() => retire(each.epoch, LATER_DAYS)}
                  >
                    {t('staff.keys.retire.later', { n: each.epoch, days: LATER_DAYS })}
                  </button>
                  <button type="button" aria-disabled={busy} onClick={() => retire(each.epoch, 0)}>
                    {t('staff.keys.retire.now', { n: each.epoch })}
                  </button>
                </div>
              </>
            )}
            {mayEnd(each, roster, Date.now()) && (
              <>
                <p class="hint">{t('staff.keys.end.hint')}</p>
                <button
                  type="button"
                  aria-disabled={busy}
                  onClick={() => onChange(() => sendEpochEnd(keys, roster, each.epoch), 'end')}
                >
                  {t('staff.keys.end', { n: each.epoch })}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
