// Adds a task or its end, with the first due day of the case as it is then.
import { type EntryAdd } from '#protocol/staff/case-changes'
import { type OpenedReport } from '#protocol/staff/cases'
import { postEntry } from '../../api/case-api.ts'
import { type EntryOf } from '../../crypto/case-entry.ts'
import { openCaseKeys } from '../../crypto/case-key.ts'
import { readEntries } from '../../report/notes/read-entries.ts'
import { type CaseWriter } from '../case-writer.ts'
import { sendFollowing } from '../follow-log.ts'
import { withSealedEntry } from '../send-entry.ts'
import { dueDayWith } from './tasks-of.ts'

/** Returns and throws as withSealedEntry does. */
export const sendTask = (
  by: CaseWriter,
  opened: OpenedReport,
  entry: EntryOf<'task'> | EntryOf<'task_end'>,
): Promise<string> =>
  withSealedEntry(by, opened, entry, ({ keyNo, entryHash, sealed }) => {
    const subject = opened.item.id
    const changeFor = async (now: OpenedReport): Promise<EntryAdd> => {
      const entries = await readEntries(await openCaseKeys(by.keys, now), now)
      return { keyNo, entryHash, dueDay: dueDayWith(entries, entry) }
    }
    return sendFollowing(by, { action: 'entry.add', subject, changeFor }, (signed) =>
      postEntry(subject, { signed, sealed }),
    )
  })
