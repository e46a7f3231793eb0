// Runs a write that seals under the newest key of a case. Makes the first key of a case. Also makes
// the next key for the first write after a reader has left or a caseworker's grant has ended. Only
// a reader makes keys, because only readers hold the team key.
import { randomBytes, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CASE_KEY_BYTES, caseKeyName } from '#protocol/staff/case-log/bodies'
import { type KeyMake } from '#protocol/staff/case-log/changes'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { fetchReport } from '../../api/case-api.ts'
import { sendAction } from '../../api/send-action.ts'
import { retryOn } from '../../api/retry-on.ts'
import { makeCaseKey, openCaseKeys, secretIn } from '../../crypto/case-key.ts'
import { type OpenCaseKey } from '../../crypto/open-case-key.ts'
import { newestTeam, type TeamKey } from '../../crypto/team-key.ts'
import { holdsRole } from '../../ledger/read-roster.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { hashesIn } from '../read/key-hashes.ts'
import { requireLog } from '../read/require-log.ts'
import { hasLeaver, releaseCase } from './release-case.ts'
import { sendCaseSigned } from './send-case-signed.ts'

/**
 * Runs `work` with the newest key and the log that names it. Runs `work` again with the keys from
 * the edge if a colleague made a key in the meantime.
 *
 * @param stored  the report as it was loaded
 * @throws Refusal the codes of `work` and requireLog. `case_merged` when this case has been merged
 *   into another case. `cannot_open` without a team key that is in the roster, or without the
 *   case's secret. `needs_reader` for a caseworker who lacks the key in use.
 */
export async function withCaseKey(
  by: CaseWriter,
  stored: StoredCase,
  work: (key: OpenCaseKey, log: CaseLog) => Promise<void>,
): Promise<void> {
  // The loaded case may be older than the rows that this tab has seen or stored during the fetch.
  await retryOn(['case_key_changed', 'log_older'], async (tried) => {
    const current = tried === 1 ? stored : await fetchReport(stored.item.id)
    const { key, log } = await keyInUse(by, current)
    await work(key, log)
  })
}

interface KeyInUse {
  key: OpenCaseKey
  /** the log as it was before a key was made */
  log: CaseLog
}

async function keyInUse(by: CaseWriter, stored: StoredCase): Promise<KeyInUse> {
  const { keys, roster } = by
  const { id } = stored.item
  if (stored.mergedInto !== null) throw new Refusal('case_merged')
  const log = await requireLog(by, stored)
  const generation = Math.max(0, ...roster.teams.keys())
  // The log records the newest key, and the generation of the team key at that time. Otherwise a
  // server could hide a key, and the browser would seal under a key that a former caseworker knows.
  // Sealing a key under a newer team key does not change the log.
  const newest = log.keys.size
  const isInUse =
    newest > 0 && !log.isKeyStale && (log.keys.get(newest)?.generation ?? 0) >= generation
  const open = async (): Promise<OpenCaseKey | undefined> =>
    (await openCaseKeys(keys, stored, hashesIn(id, log))).get(
      caseKeyName({ caseId: id, keyNo: newest }),
    )
  if (!holdsRole(roster, keys.personId, 'intake')) {
    // A caseworker who had the case before still has the keys from that time.
    const isMine = log.assignee?.id === keys.personId && log.assignee.isGranted
    const key = isInUse && isMine ? await open() : undefined
    if (!key) throw new Refusal('needs_reader')
    return { key, log }
  }
  const team = newestTeam(roster, keys)
  if (!team) throw new Refusal('cannot_open')
  if (hasLeaver(log, roster)) {
    await releaseCase(by, id)
    return keyInUse(by, await fetchReport(id))
  }
  if (isInUse) {
    const key = await open()
    if (!key) throw new Refusal('cannot_open')
    return { key, log }
  }
  return { key: await makeKey(by, stored, { log, keyNo: newest + 1, team }), log }
}

interface NextKey {
  log: CaseLog
  keyNo: number
  team: TeamKey
}

/** Makes the next key of a case, with a copy for the caseworker who has it. */
async function makeKey(
  by: CaseWriter,
  stored: StoredCase,
  { log, keyNo, team }: NextKey,
): Promise<OpenCaseKey> {
  const { id } = stored.item
  const secret = secretIn(stored, id) ?? (keyNo === 1 ? randomBytes(CASE_KEY_BYTES) : null)
  if (!secret) throw new Refusal('cannot_open')
  const { assignee } = log
  const holder = assignee?.isGranted ? by.roster.people.get(assignee.id)?.hpkePublic : undefined
  const made = await makeCaseKey(team, { caseId: id, keyNo }, secret, holder ?? null)
  const { keyHash, sealed, grant } = made
  const change: KeyMake = { keyNo, generation: team.generation, keyHash }
  await sendCaseSigned(by, { action: 'key.make', subject: id, change }, (signed) =>
    sendAction(
      'key.make',
      { signed, sealed, secret: toB64(secret), ...(grant !== null && { grant }) },
      id,
    ),
  )
  return made.key
}
