// Shows, before merging, which wish will lead in the surviving case.
import { useMessages } from '../../../i18n/messages.tsx'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { useNames } from '../../../ledger/use-names.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { forbidsColleagues, leadingOf, standingsOf } from '../../read/wish-rules.ts'
import { wishesOf, wishesOfBoth } from '../../read/wishes-of.ts'
import { needsGrants } from '../../write/grants.ts'
import { LeadingLines } from '../wishes/leading-wish.tsx'
import { useWishWords } from '../wishes/use-wish-words.ts'

interface MergedWishProps {
  from: LoadedReport
  /** the surviving case */
  into: LoadedReport
}

export function MergedWish({ from, into }: MergedWishProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const people = useWholeLedger()?.roster.people
  const found = wishesOfBoth(from, into)
  const assignee = people?.get(into.item.assignee ?? '')
  const isAgainst = standingsOf(found).some(({ wish }) => forbidsColleagues(wish))
  const [one, other] = [from, into].map((loaded) => leadingOf(wishesOf(loaded)).standing.wish)
  return (
    <section
      class={one === other ? 'card merged-wish' : 'card merged-wish differs'}
      aria-label={t('staff.merge.becomes')}
    >
      <h5>{t('staff.merge.becomes')}</h5>
      {one !== other && (
        <p>
          <b>{t('staff.merge.differ')}</b>
        </p>
      )}
      <LeadingLines found={found} words={useWishWords([into, from])} />
      {assignee && needsGrants(assignee) && isAgainst && (
        <p>
          <b>{t('staff.merge.reads', { name: nameOf(assignee.id) })}</b>
        </p>
      )}
    </section>
  )
}
