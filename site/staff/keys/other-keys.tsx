// Shows the keepers, the generation of the team key and the recovery key.
import { useMessages } from '../i18n/messages.tsx'
import { dayText, keepersIn } from '../ledger/key-facts.ts'
import { readersIn } from '../ledger/read-roster.ts'
import { useNames } from '../ledger/use-names.ts'
import { type WholeLedger } from '../ledger/verify-ledger.ts'
import { KeeperExchange } from './keeper-exchange.tsx'

export function OtherKeys({ ledger, onKeeper }: { ledger: WholeLedger; onKeeper: () => void }) {
  const { roster } = ledger
  const { t } = useMessages()
  const nameOf = useNames()
  const generation = Math.max(0, ...roster.teams.keys())
  return (
    <>
      <section class="card" aria-labelledby="keepers">
        <header>
          <h3 id="keepers">{t('staff.keys.keepers')}</h3>
        </header>
        <ul class="rows">
          {keepersIn(roster).map(({ member, lastDay }) => (
            <li key={member.id} dir="auto">
              {t('staff.keys.keeper', { name: nameOf(member.id), day: dayText(lastDay) })}
            </li>
          ))}
        </ul>
        <p class="hint">{t('staff.keys.keeper.hint')}</p>
        <KeeperExchange ledger={ledger} onDone={onKeeper} />
      </section>
      <section class="card" aria-labelledby="team-key">
        <header>
          <h3 id="team-key">{t('staff.keys.team')}</h3>
        </header>
        <p>{t('staff.keys.team.now', { n: generation, readers: readersIn(roster).length })}</p>
        <p class="hint">{t('staff.keys.team.hint')}</p>
      </section>
      <section class="card" aria-labelledby="recovery-key">
        <header>
          <h3 id="recovery-key">{t('staff.keys.recovery')}</h3>
        </header>
        <p>{t('staff.keys.recovery.hint')}</p>
      </section>
    </>
  )
}
