// Corrects an entry about help, or takes it back, with a later entry. A colleague changes only a
// version they have seen, because only one of two corrections to the same version counts.
import { Refusal } from '#protocol/errors'
import { sendAction } from '../../api/send-action.ts'
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { isCurrent, type HelpVersion } from '../read/help-of.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { readAllEntries } from '../read/read-all-entries.ts'
import { sendEntry } from './send-entry.ts'

/** A change to a version, without the reference, which is added once the version is known. */
export type Mending = EntryOf<'help'> | Omit<EntryOf<'help_end'>, 'row' | 'caseId'>

/** Returns an entry's reference to a version, which may be in an absorbed case. */
const placeOf = (
  { caseId, n }: Pick<HelpVersion, 'caseId' | 'n'>,
  { item }: Pick<LoadedReport, 'item'>,
): { row: number; caseId?: string } => (caseId === item.id ? { row: n } : { row: n, caseId })

/**
 * Stores the entry as a change to the version. The row does not count unread letters as read,
 * because correcting old words does not count as an act.
 *
 * @returns the key of the entry in the view
 * @throws Refusal `record_changed` when a colleague changed the version in the meantime. Otherwise
 *   the codes of writeIn.
 */
export function mendHelp(
  by: CaseWriter,
  loaded: LoadedReport,
  version: HelpVersion,
  entry: Mending,
): Promise<string> {
  const subject = loaded.item.id
  return sendEntry(by, loaded.sealed, mendingOf(entry, placeOf(version, loaded)), {
    rowFor: async (made, now, log) => {
      if (!isCurrent(await readAllEntries(by, now, log), version))
        throw new Refusal('record_changed')
      return { action: 'entry.add', subject, change: made }
    },
    send: (body) => sendAction('entry.add', body, subject),
  })
}

const mendingOf = (
  entry: Mending,
  place: ReturnType<typeof placeOf>,
): EntryOf<'help'> | EntryOf<'help_end'> =>
  entry.kind === 'help' ? { ...entry, corrects: place } : { ...entry, ...place }
