// Shows what staff kept in cases before they were put together with this one: notes and people. A
// colleague reads them here, and writes new ones in the case that goes on.
import { momentInDigits } from '../../i18n/dates.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { useSeenLedger } from '../../ledger/ledger-context.ts'
import { type LoadedReport } from '../../report/load-report.ts'
import { type LoadedThread } from '../../report/open-thread.ts'
import { FactList, UntrustedText } from '../../ui/untrusted-text.tsx'
import { type CaseChecks } from '../check-case.ts'
import { personsIn, summaryIn } from '../records/read-records.ts'

interface MergedNotesProps {
  loaded: LoadedReport
  checks: CaseChecks | null
}

export function MergedNotes({ loaded: { others }, checks }: MergedNotesProps) {
  const { t } = useMessages()
  const kept = others.filter(({ entries, records }) => entries.length + records.length > 0)
  if (kept.length === 0) return null
  return (
    <section aria-labelledby="merged-title">
      <h4 id="merged-title">{t('staff.merged.title')}</h4>
      {kept.map((thread) => (
        <MergedCase
          key={thread.id}
          thread={thread}
          entriesDiffer={checks?.absorbedEntries.get(thread.id)}
          recordsDiffer={checks?.absorbedRecords.get(thread.id)}
        />
      ))}
    </section>
  )
}

interface MergedCaseProps {
  thread: LoadedThread
  /** undefined before the log is checked */
  entriesDiffer: ReadonlySet<number> | undefined
  recordsDiffer: ReadonlySet<number> | undefined
}

function MergedCase({ thread, entriesDiffer, recordsDiffer }: MergedCaseProps) {
  const { t } = useMessages()
  const { names } = useSeenLedger()
  const summary = summaryIn(thread.records)
  const doubt = <p class="doubt">{t('staff.thread.differs')}</p>
  return (
    <>
      {recordsDiffer && recordsDiffer.size > 0 && doubt}
      {summary?.title && <UntrustedText text={summary.title} />}
      {personsIn(thread.records).map(({ record, kept: { role, name, contact, age, text } }) => (
        <FactList
          key={record}
          facts={[
            [
              t(`staff.person.role.${role}`),
              [name, age, contact, text].filter(Boolean).join(' · '),
            ],
          ]}
        />
      ))}
      <ul class="notes">
        {thread.entries.map(({ key, n, author, entry }) => (
          <li key={key}>
            <p class="by">
              <b>{names.get(author) ?? t('staff.ledger.nobody')}</b>{' '}
              {entry && momentInDigits(entry.at)}
            </p>
            {entriesDiffer?.has(n) && doubt}
            {entry ? <UntrustedText text={entry.text} /> : <p>{t('staff.notes.cannot_open')}</p>}
          </li>
        ))}
      </ul>
    </>
  )
}
