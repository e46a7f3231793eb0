// Sets or lifts the danger of a case. Nobody lifts a danger that a colleague set in the meantime,
// or before reading all of the person's words.
import { Refusal } from '#protocol/errors'
import { type DangerChange } from '#protocol/staff/case-changes'
import type { StoredCase } from '#protocol/staff/stored-case'
import { putDanger } from '../../api/case-api.ts'
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { readCaseRows } from '../read/read-case-rows.ts'
import { sendFollowing } from './follow-log.ts'
import { withSealedEntry } from './send-entry.ts'

/** Counts how often somebody set or lifted the danger. */
const changesIn = ({ log }: StoredCase): number =>
  readCaseRows(log).filter(({ action }) => action === 'danger.set').length

/**
 * @param stored  the case as the author read it
 * @returns the key of the entry in the view
 * @throws Refusal `record_changed` when a colleague set or lifted the danger in the meantime.
 * `report_grew` when the person wrote, or another case was merged in, before the danger is lifted.
 * Otherwise the codes of withSealedEntry.
 */
export const sendDanger = (
  by: CaseWriter,
  stored: StoredCase,
  entry: EntryOf<'danger'>,
): Promise<string> =>
  withSealedEntry(by, stored, entry, ({ sealed, ...made }) => {
    const subject = stored.item.id
    const changeFor = (now: StoredCase): Promise<DangerChange> => {
      if (changesIn(now) > changesIn(stored)) throw new Refusal('record_changed')
      const { followUps, absorbed } = stored.item
      if (entry.isDanger) return Promise.resolve({ danger: true, ...made })
      // The edge refuses the change if a letter comes between this read and the change.
      if (now.item.followUps > followUps || now.item.absorbed > absorbed)
        throw new Refusal('report_grew')
      return Promise.resolve({ danger: false, ...made, followUps, absorbed })
    }
    return sendFollowing(by, { action: 'danger.set', subject, changeFor }, (signed) =>
      putDanger(subject, { signed, sealed }),
    )
  })
