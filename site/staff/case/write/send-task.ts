// Adds or ends a task, and updates the case's first due day. Tasks of cases that the signed log
// absorbs count too.
import { type EntryAdd } from '#protocol/staff/case-changes'
import type { CaseLog } from '#protocol/staff/case-log-state'
import type { StoredCase } from '#protocol/staff/stored-case'
import { postEntry } from '../../api/case-api.ts'
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { openKeysOf } from '../read/key-hashes.ts'
import { fetchAbsorbed } from '../read/load-report.ts'
import { readEntries } from '../read/read-entries.ts'
import { dueDayWith, type CaseEntries } from '../read/tasks-of.ts'
import { sendFollowing } from './follow-log.ts'
import { withSealedEntry } from './send-entry.ts'

/** Returns and throws what withSealedEntry does. */
export const sendTask = (
  by: CaseWriter,
  stored: StoredCase,
  entry: EntryOf<'task'> | EntryOf<'task_end'>,
): Promise<string> =>
  withSealedEntry(by, stored, entry, ({ keyNo, entryHash, sealed }) => {
    const subject = stored.item.id
    const changeFor = async (now: StoredCase, log: CaseLog): Promise<EntryAdd> => {
      const absorbed = await fetchAbsorbed(log.absorbed.keys())
      const others = await Promise.all(absorbed.map((each) => entriesIn(by, each)))
      return { keyNo, entryHash, dueDay: dueDayWith([await entriesIn(by, now), ...others], entry) }
    }
    return sendFollowing(by, { action: 'entry.add', subject, changeFor }, (signed) =>
      postEntry(subject, { signed, sealed }),
    )
  })

const entriesIn = async (by: CaseWriter, stored: StoredCase): Promise<CaseEntries> => ({
  id: stored.item.id,
  entries: await readEntries(await openKeysOf(by, [stored]), stored),
})
