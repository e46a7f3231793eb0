// Offers new keys to a person when somebody else may know the current keys. In a team with only one
// reader, nobody can confirm that reader's new keys. That reader therefore sees different
// instructions.
import { fromB64 } from '#protocol/bytes'
import { lastDayOf } from '#protocol/keys/key-days'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { dayNumber } from '#protocol/time'
import { useMessages } from '../i18n/messages.tsx'
import { activeKeepersIn, dayText, newestEpoch } from '../ledger/key-facts.ts'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { readersIn } from '../ledger/read-roster.ts'
import { useSessionContext } from '../session/session-context.ts'

interface NewKeysCardProps {
  /** opens the help page for a team without keys */
  onHelp: () => void
  onBegin: () => void
}

export function NewKeysCard({ onHelp, onBegin }: NewKeysCardProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { ledger } = useSeenLedger()
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const hasOther = roster !== null && readersIn(roster).some(({ id }) => id !== keys.personId)
  return (
    <section class="card" aria-labelledby="new-keys-title">
      <header>
        <h3 id="new-keys-title">{t('staff.new_keys.title')}</h3>
      </header>
      <p>{t('staff.new_keys.lead')}</p>
      {!roster && <p>{t(ledger ? 'staff.ledger.off' : 'staff.ledger.checking')}</p>}
      {roster && !hasOther && (
        <>
          <p class="warning">{t('staff.new_keys.only_reader')}</p>
          <ul class="advice">
            <li>{t('staff.new_keys.only_reader.first')}</li>
            <li>{t('staff.new_keys.only_reader.meanwhile')}</li>
            <li>{t('staff.new_keys.only_reader.recover')}</li>
          </ul>
          <div class="verbs">
            <button type="button" onClick={onHelp}>
              {t('staff.screen.help')}
            </button>
          </div>
        </>
      )}
      {roster && hasOther && (
        <>
          <KeeperWarning roster={roster} />
          <div class="verbs">
            <button type="button" onClick={onBegin}>
              {t('staff.new_keys.begin')}
            </button>
          </div>
        </>
      )}
    </section>
  )
}

/** Explains which rights end with the certificate of the only keeper. */
function KeeperWarning({ roster }: { roster: Roster }) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const keepers = activeKeepersIn(roster, dayNumber(Date.now()))
  if (!keepers.some(({ member }) => member.id === keys.personId)) return null
  if (keepers.length > 1) return <p>{t('staff.new_keys.keeper')}</p>
  const epoch = newestEpoch(roster)
  const day = epoch ? dayText(lastDayOf(fromB64(epoch.manifest))) : ''
  return <p class="warning">{t('staff.new_keys.only_keeper', { day })}</p>
}
