// Shows the summary of the case, which colleagues can edit in place.
import {
  EMPTY_SUMMARY,
  SUMMARY,
  type CaseRecord,
  type Summary,
} from '../../../crypto/case-record.ts'
import { Refusal } from '#protocol/errors'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { RISKS } from '../../../crypto/risk.ts'
import { useMessages, type MessageKey, type Messages } from '../../../i18n/messages.tsx'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { FactList } from '../../../ui/untrusted-text.tsx'
import { summaryIn } from '../../read/read-records.ts'
import { listIn, useRecordDraft, type RecordFields } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { type CaseProps } from '../case-props.ts'
import { shownValue, type RecordField } from './record-field.tsx'
import { RecordForm } from './record-form.tsx'
import { writeIn } from '../../write/write-in.ts'

const RISK_WORDS = {
  '': 'staff.risk.none',
  low: 'staff.risk.low',
  medium: 'staff.risk.medium',
  high: 'staff.risk.high',
} as const satisfies Record<string, MessageKey>

const FIELDS: readonly RecordField[] = [
  { name: 'title', label: 'staff.summary.name', hint: 'staff.summary.name.hint' },
  { name: 'risk', label: 'staff.summary.risk', options: RISK_WORDS },
  { name: 'tags', label: 'staff.summary.tags', hint: 'staff.summary.tags.hint' },
  { name: 'note', label: 'staff.heavy', hint: 'staff.heavy.write', rows: 2 },
  { name: 'marks', label: 'staff.summary.marks', hint: 'staff.summary.marks.hint', rows: 2 },
]

/** Returns null for a record that is not a summary. */
export const summaryFields = (record: CaseRecord): RecordFields | null =>
  record.kind === 'summary'
    ? {
        title: record.title,
        risk: record.risk ?? '',
        tags: record.tags.join(', '),
        marks: record.marks.join('\n'),
        note: record.note,
      }
    : null

/** Lists the parts of a summary, each with its label. */
export const summaryFacts = (
  summary: Summary,
  { t }: Pick<Messages, 't'>,
): [name: string, value: string][] => {
  const fields = summaryFields(summary) ?? {}
  return FIELDS.map((field): [string, string] => [
    t(field.label),
    shownValue(field, fields, t),
  ]).filter(([, value]) => value !== '')
}

export const summaryFrom = (fields: RecordFields): Summary => ({
  ...EMPTY_SUMMARY,
  title: (ownValue(fields, 'title') ?? '').trim(),
  risk: RISKS.find((each) => each === ownValue(fields, 'risk')) ?? null,
  tags: listIn(ownValue(fields, 'tags') ?? ''),
  marks: listIn(ownValue(fields, 'marks') ?? ''),
  note: (ownValue(fields, 'note') ?? '').trim(),
})

export function SummaryPart({ loaded, checks, reload }: CaseProps) {
  const { t, sentence } = useMessages()
  const writer = useCaseWriter()
  const [draft, setDraft] = useRecordDraft(`record ${SUMMARY}`, loaded.item.id)
  const stored = loaded.records.find(({ record }) => record === SUMMARY) ?? null
  const summary = summaryIn(loaded.records)
  const shown = summaryFields(summary ?? EMPTY_SUMMARY) ?? {}
  const isUnreadable = stored !== null && summary === null
  return (
    <section class="part" aria-labelledby="summary-title">
      <h4 id="summary-title" tabIndex={-1}>
        {t('staff.summary.title')}
      </h4>
      {checks?.records.has(SUMMARY) && <p class="doubt">{t('staff.thread.differs')}</p>}
      {isUnreadable && (
        <p>
          {stored.isNewer ? sentence(new Refusal('made_newer')) : t('staff.record.cannot_open')}
        </p>
      )}
      {summary && (
        // The printed page shows the stored summary, not a form with a draft.
        <div class={draft ? 'print-only' : undefined}>
          <FactList facts={summaryFacts(summary, { t })} />
        </div>
      )}
      {!draft && !isUnreadable && (
        <OpensForm
          isPlus={!stored}
          onOpen={() => setDraft({ base: stored?.revision ?? 0, fields: shown })}
        >
          {t(stored ? 'staff.summary.change' : 'staff.summary.write')}
        </OpensForm>
      )}
      {draft && (
        <RecordForm
          fields={FIELDS}
          stored={stored}
          draft={draft}
          titleId="summary-title"
          onDraft={setDraft}
          recordFrom={summaryFrom}
          fieldsOf={summaryFields}
          onSave={(record, revision) =>
            writeIn(writer(), loaded.sealed).record({ record: SUMMARY, revision }, record)
          }
          reload={reload}
        />
      )}
    </section>
  )
}
