// Shows before merging which wish will stand at the head of the case that goes on.
import { useMessages } from '../../i18n/messages.tsx'
import { type LoadedReport } from '../../report/load-report.ts'
import { useWishWords } from '../wishes/use-wish-words.ts'
import { LeadingLines } from '../wishes/leading-wish.tsx'
import { leadingOf } from '../wishes/wish-rules.ts'
import { wishesOf, wishesOfBoth } from '../wishes/wishes-of.ts'

interface MergedWishProps {
  from: LoadedReport
  /** the case that goes on */
  into: LoadedReport
}

export function MergedWish({ from, into }: MergedWishProps) {
  const { t } = useMessages()
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
      <LeadingLines found={wishesOfBoth(from, into)} words={useWishWords([into, from])} />
    </section>
  )
}
