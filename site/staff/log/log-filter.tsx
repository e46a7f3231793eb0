import { useId } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { type ReadRow } from '../ledger/read-rows.ts'
import { isPersonRow, useNames } from '../ledger/use-names.ts'
import { ROW_KINDS, type RowKind } from './row-kind.ts'

interface LogFilterProps {
  rows: readonly ReadRow[]
  /** id of a person, or '' for all people */
  person: string
  kind: RowKind
  onPerson: (id: string) => void
  onKind: (kind: RowKind) => void
}

/** Filters the log by person and by kind of action. */
export function LogFilter({ rows, person, kind, onPerson, onKind }: LogFilterProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const id = useId()
  const people = new Set(
    rows.flatMap((row) => [row.actor, ...(isPersonRow(row) ? [row.subject] : [])]),
  )
  return (
    <div class="filters">
      <div class="field">
        <label for={`${id}-person`}>{t('staff.log.person')}</label>
        <select
          id={`${id}-person`}
          value={person}
          onChange={({ currentTarget }) => onPerson(currentTarget.value)}
        >
          <option value="">{t('staff.log.everybody')}</option>
          {[...people].map((each) => (
            <option key={each} value={each}>
              {nameOf(each)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`${id}-kind`}>{t('staff.log.kind')}</label>
        <select
          id={`${id}-kind`}
          value={kind}
          onChange={({ currentTarget }) =>
            onKind(ROW_KINDS.find((each) => each === currentTarget.value) ?? 'all')
          }
        >
          {ROW_KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`staff.log.kind.${each}`)}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}
