// Shows one of two cases in short: its title, who has it, and the first words of every thread.
import { dayInDigits } from '../../i18n/dates.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { kindKey } from '../../report/kind-key.ts'
import { type LoadedReport } from '../../report/load-report.ts'
import { beginOf } from '../../ui/begin-of.ts'
import { FactList, UntrustedText } from '../../ui/untrusted-text.tsx'
import { summaryIn } from '../records/read-records.ts'
import { useAssigneeName } from '../team/use-assignee-name.ts'
import { threadsOf } from '../threads/in-thread.ts'

/** Letters of each thread that help to compare two cases. */
const LETTERS = 400

export function MergeSide({ title, loaded }: { title: string; loaded: LoadedReport }) {
  const { t } = useMessages()
  const nameOf = useAssigneeName()
  const { item, kind, records, followUpsRead } = loaded
  const threads = threadsOf(loaded)
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
      {threads.map(({ id, first }) => (
        <UntrustedText
          key={id}
          text={
            first
              ? beginOf(first.report.text, LETTERS) || t('staff.report.no_words')
              : t('staff.thread.cannot_open')
          }
        />
      ))}
    </section>
  )
}
