// Replays all case logs as a staff browser does. Also compares the columns of each row with the
// row's statement.
import { fromB64, sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import type { CaseLog, CaseRoster } from '#protocol/staff/case-log/state'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import type { CaseLogRow } from '#scripts/demo/sign-changes'
import { ONLY_ROW } from '#scripts/lab/simulate/only-row'
import type { SimulatedMember } from '#scripts/lab/simulate/organisation'

export interface StoredLogRow extends CaseLogRow {
  caseId: Bytes
}

export interface ReplayedLogs {
  /** keyed by case id, base64url */
  logs: ReadonlyMap<string, CaseLog>
  /** rows that break a case log */
  broken: string[]
}

/**
 * Makes a roster in which the members always remain readers, and the team key has one generation.
 */
function rosterOf(members: readonly SimulatedMember[]): CaseRoster {
  const spans = members.map(({ id, signPublic }) => {
    const span = { signPublic: toB64(signPublic), from: 1, until: null }
    return [toB64(id), [span]] as const
  })
  const team = { generation: 1, commitment: '', openedBy: '', row: 1, hasEnded: false }
  return {
    readers: new Map(spans.map(([id, own]) => [id, [...own]])),
    caseworkers: new Map(),
    teams: new Map([[1, team]]),
    ...{ hashes: [fromB64(ONLY_ROW.hash)], restart: null },
  }
}

/** @param rows  sorted by case, then by number */
export async function replayLogs(
  rows: readonly StoredLogRow[],
  members: readonly SimulatedMember[],
): Promise<ReplayedLogs> {
  const roster = rosterOf(members)
  const logs = new Map<string, CaseLog>()
  const broken: string[] = []
  for (const [caseId, own] of Map.groupBy(rows, (row) => toB64(row.caseId))) {
    const signed = own.map((row) => ({ ...row, signature: toB64(row.signature) }))
    const log = await replayCaseLog(signed, { caseId, roster })
    logs.set(caseId, log)
    const at = log.at ?? (await firstWrongRow(own))
    if (at !== null) broken.push(`row ${at} of ${caseId}`)
  }
  return { logs, broken }
}

/** Returns the number of the first row whose columns differ from its statement, or null. */
async function firstWrongRow(rows: readonly StoredLogRow[]): Promise<number | null> {
  let head = NO_ROW
  for (const [at, row] of rows.entries()) {
    const { actor } = Statement.parse(JSON.parse(row.statement))
    const isRight =
      row.n === at + 1 &&
      sameBytes(row.prevHash, head) &&
      sameBytes(row.hash, await rowHash(head, row)) &&
      sameBytes(row.actor, fromB64(actor))
    if (!isRight) return at + 1
    head = row.hash
  }
  return null
}
