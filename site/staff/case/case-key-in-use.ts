// Runs a write with the newest key of a case. Makes the first key of a case. Makes the next key
// at the first write after a reader has left.
import { randomBytes, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CASE_KEY_BYTES, caseKeyName } from '#protocol/staff/case-bodies'
import { type KeyMake } from '#protocol/staff/case-changes'
import { replayCaseLog } from '#protocol/staff/case-log'
import { type OpenedReport } from '#protocol/staff/cases'
import { type Roster } from '#protocol/staff/roster-state'
import { sendSigned } from '../api/send-signed.ts'
import { fetchReport, postCaseKey } from '../api/case-api.ts'
import { makeCaseKey, openCaseKeys, shareIn, type OpenCaseKey } from '../crypto/case-key.ts'
import { newestTeam } from '../crypto/team-key.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/** The person who writes, and the roster of a whole ledger. */
export interface CaseWriter {
  keys: UnlockedKeys
  roster: Roster
}

const TRIES = 3

/**
 * Runs `work` with the newest key. Runs it again with the keys of the edge when a colleague made a
 * key meanwhile.
 *
 * @param opened  the report as it was read
 * @throws Refusal as `work` does. `ledger_broken` when the log of the case is broken. `cannot_open`
 *   without a team key that the roster names, or without the share of the case.
 */
export async function withCaseKey(
  by: CaseWriter,
  opened: OpenedReport,
  work: (key: OpenCaseKey) => Promise<void>,
): Promise<void> {
  let current = opened
  for (let tried = 1; ; tried++) {
    try {
      await work(await keyInUse(by, current))
      return
    } catch (thrown) {
      const isStale = thrown instanceof Refusal && thrown.code === 'case_key_changed'
      if (!isStale || tried === TRIES) throw thrown
      current = await fetchReport(opened.item.id)
    }
  }
}

async function keyInUse({ keys, roster }: CaseWriter, opened: OpenedReport): Promise<OpenCaseKey> {
  const { id } = opened.item
  const team = newestTeam(roster, keys)
  if (!team) throw new Refusal('cannot_open')
  const log = await replayCaseLog(opened.log, { caseId: id, roster })
  if (!log.isWhole) throw new Refusal('ledger_broken')
  const newest = Math.max(0, ...opened.caseKeys.filter(isOf(id)).map(({ keyNo }) => keyNo))
  // The log names the generation of birth. Re-wrapping changes only the table.
  if (newest > 0 && (log.keys.get(newest) ?? 0) >= team.generation) {
    const key = (await openCaseKeys(keys, opened)).get(caseKeyName({ caseId: id, keyNo: newest }))
    if (!key) throw new Refusal('cannot_open')
    return key
  }
  const share = shareIn(opened, id) ?? (newest === 0 ? randomBytes(CASE_KEY_BYTES) : null)
  if (!share) throw new Refusal('cannot_open')
  const change: KeyMake = { keyNo: newest + 1, generation: team.generation }
  const { key, sealed } = await makeCaseKey(team.key, { caseId: id, keyNo: newest + 1 }, share)
  await sendSigned(keys, { action: 'key.make', subject: id, change }, (signed) =>
    postCaseKey(id, { signed, sealed, share: toB64(share) }),
  )
  return key
}

const isOf =
  (id: string) =>
  ({ caseId }: { caseId: string }): boolean =>
    caseId === id
