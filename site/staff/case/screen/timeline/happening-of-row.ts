// Converts a row of the log into an event in the history. The row changes the status or a record,
// merges the case, or assigns it to a colleague.
import {
  CaseAbsorb,
  CaseAssign,
  CaseMerge,
  RecordSet,
  StatusChange,
} from '#protocol/staff/case-log/changes'
import { SUMMARY } from '../../../crypto/case-record.ts'
import { type ReadCaseRow } from '../../read/read-case-rows.ts'
import { type LoadedRecord } from '../../read/read-records.ts'
import { type Happening, type TimelineKind } from './timeline-event.ts'

/** Returns null for a row that no screen shows, or whose shape every replay rejects. */
export function happeningOfRow(
  { action, change }: ReadCaseRow,
  records: readonly LoadedRecord[],
): { kind: TimelineKind; what: Happening } | null {
  switch (action) {
    case 'status.set': {
      const set = StatusChange.safeParse(change).data
      const what = set && { is: 'status' as const, to: set.to, reason: set.reason ?? null }
      return what ? { kind: 'status', what } : null
    }
    case 'record.set': {
      const set = RecordSet.safeParse(change).data
      return set ? { kind: 'people', what: recordChange(set, records) } : null
    }
    case 'case.assign': {
      const set = CaseAssign.safeParse(change).data
      return set ? { kind: 'status', what: { is: 'assign', to: set.to } } : null
    }
    case 'case.return':
      return { kind: 'status', what: { is: 'return' } }
    case 'case.merge': {
      const set = CaseMerge.safeParse(change).data
      return set ? { kind: 'links', what: { is: 'merge', caseId: set.into } } : null
    }
    case 'case.absorb': {
      const set = CaseAbsorb.safeParse(change).data
      return set ? { kind: 'links', what: { is: 'absorb', caseId: set.from } } : null
    }
    case 'letter.enter':
      return { kind: 'letters', what: { is: 'enter' } }
    default:
      return null
  }
}

/** Shows a person under their current name, because the case does not keep older revisions. */
function recordChange(
  { record, revision }: RecordSet,
  records: readonly LoadedRecord[],
): Happening {
  if (record === SUMMARY) return { is: 'summary' }
  const stored = records.find((each) => each.record === record)
  const isLast = stored?.revision === revision
  if (isLast && stored.kept?.kind === 'removed') return { is: 'removed', name: '' }
  const name = stored?.kept?.kind === 'person' ? stored.kept.name : ''
  return { is: revision === 1 ? 'added' : 'changed', name }
}
