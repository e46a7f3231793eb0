// Shows the current epoch and its last day. A keeper can open the next epoch here; other people see
// the names of the keepers.
import { fromB64 } from '#protocol/bytes'
import { lastDayOf } from '#protocol/keys/key-days'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { activeKeepersIn, dayText, newestEpoch } from '../ledger/key-facts.ts'
import { useNames } from '../ledger/use-names.ts'

interface CurrentEpochProps {
  roster: Roster
  /** days since 1970, UTC */
  today: number
  isKeeper: boolean
  busy: boolean
  /** true while a departure is unfinished; its steps open the next epoch themselves */
  isDepartureOpen: boolean
  onOpen: () => void
}

export function CurrentEpoch({
  roster,
  today,
  isKeeper,
  busy,
  isDepartureOpen,
  onOpen,
}: CurrentEpochProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const epoch = newestEpoch(roster)
  const lastDay = epoch && lastDayOf(fromB64(epoch.manifest))
  const keepers = activeKeepersIn(roster, today)
  const listed = keepers.map(({ member }) => nameOf(member.id))
  return (
    <section class="card" aria-labelledby="key-now">
      <header>
        <h3 id="key-now">
          {epoch && lastDay !== null
            ? t('staff.keys.now', { n: epoch.epoch, day: dayText(lastDay) })
            : t('staff.keys.none')}
        </h3>
      </header>
      {lastDay !== null && <p>{t('staff.keys.left', { n: Math.max(0, lastDay - today) })}</p>}
      {isKeeper && !isDepartureOpen && (
        <>
          <p class="hint">{t('staff.keys.why')}</p>
          <div class="verbs">
            <button type="button" class="go" aria-disabled={busy} onClick={onOpen}>
              {t('staff.keys.open')}
            </button>
          </div>
        </>
      )}
      {!isKeeper && (
        <p>
          {listed.length > 0
            ? t('staff.keys.not_keeper', { names: listed.join(', ') })
            : t('staff.keys.no_keeper')}
        </p>
      )}
    </section>
  )
}
