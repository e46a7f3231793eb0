// Summarises one of the two cases: its title, its assignee and the leading wish. For each thread,
// shows the first words and the facts of its letter.
import { dayInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { beginOf } from '../../../ui/begin-of.ts'
import { FactList, UntrustedText } from '../../../ui/untrusted-text.tsx'
import { threadsInOrder } from '../../read/in-thread.ts'
import { kindKey } from '../../read/kind-key.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { summaryIn } from '../../read/read-records.ts'
import { wishesOf } from '../../read/wishes-of.ts'
import { LetterFacts } from '../letter-facts.tsx'
import { useAssigneeName } from '../team/use-assignee-name.ts'
import { LeadingLines } from '../wishes/leading-wish.tsx'
import { useWishWords } from '../wishes/use-wish-words.ts'

/** The number of characters that are shown from each thread, enough to compare two cases. */
const LETTERS = 400

export function MergeSide({ title, loaded }: { title: string; loaded: LoadedReport }) {
  const { t } = useMessages()
  const nameOf = useAssigneeName()
  const words = useWishWords([loaded])
  const { item, kind, records, followUpsRead } = loaded
  const threads = threadsInOrder(loaded)
  const letters = threads.length + followUpsRead
  return (
    <section class="card" aria-label={title}>
      <h5>{title}</h5>
      <p>
        <b dir="auto">{summaryIn(records)?.title || t(kindKey(kind))}</b>
      </p>
      <FactList
        facts={[
          [t('staff.fact.status'), t(`staff.status.${item.status}`)],
          [t('staff.fact.day'), dayInDigits(item.day)],
          [
            t('staff.assign.title'),
            item.assignee === null ? t('staff.assign.nobody') : nameOf(item.assignee),
          ],
        ]}
      />
      <p class="hint">{t('staff.merge.letters', { n: letters })}</p>
      <LeadingLines found={wishesOf(loaded)} words={words} />
      {threads.map(({ id, first }) => (
        <div key={id} class="merge-letter">
          <UntrustedText
            text={
              first
                ? beginOf(first.report.text, LETTERS) || t('staff.report.no_words')
                : t('staff.thread.cannot_open')
            }
          />
          {first && <LetterFacts loaded={loaded} thread={id} report={first.report} />}
        </div>
      ))}
    </section>
  )
}
