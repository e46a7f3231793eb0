// Signs a checkpoint of all demo cases, as a reader's browser does once a day.
import { toB64, type Bytes } from '#protocol/bytes'
import { factsHash, type CaseFacts } from '#protocol/staff/case-log/facts'
import type { KeyMake, RecordSet, StatusChange } from '#protocol/staff/case-log/changes'
import { checkpointDigest, writeCheckpoint } from '#protocol/staff/ledger/checkpoint'
import { writeLeaves, type CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import type { CheckpointSign } from '#protocol/staff/ledger/keys'
import type { Colleague } from '#scripts/demo/make-staff'
import type { CaseLogRow, UnsignedChange } from '#scripts/demo/sign-changes'
import { LedgerDraft } from '#scripts/org/ledger-draft'
import type { ChainedRow } from '#site/staff/recovery/chained-row.ts'

/** Sums up what a case log proves; null for a case without a row. */
export async function leafOf(
  caseId: Bytes,
  log: readonly CaseLogRow[],
  changes: readonly UnsignedChange[],
): Promise<CaseLeaf | null> {
  const last = log.at(-1)
  if (!last) return null
  const made = (action: UnsignedChange['action']): object[] =>
    changes.flatMap((each) => (each.action === action ? [each.change] : []))
  const status = (made('status.set') as StatusChange[]).at(-1)
  const facts = await factsHash(toB64(caseId), {
    status: status?.to ?? 'new',
    closeReason: status?.reason ?? null,
    danger: null,
    keys: (made('key.make') as KeyMake[]).map(({ keyHash }) => keyHash),
    records: newestOf(made('record.set') as RecordSet[]),
  })
  return { caseId, n: last.n, hash: last.hash, facts }
}

/** Lists the newest revision of each record, in the order of the record numbers. */
const newestOf = (changes: readonly RecordSet[]): CaseFacts['records'] =>
  [...new Map(changes.map((each) => [each.record, each] as const)).values()]
    .map(({ record, revision, recordHash }) => [record, revision, recordHash] as const)
    .sort(([one], [other]) => one - other)

export interface DemoCheckpoint {
  row: ChainedRow
  /** row number in the ledger, from 1 */
  seq: number
  /** the checkpoint, in the format that checkpoint.ts describes */
  stored: Bytes
}

/** @param now  milliseconds since 1970 */
export async function signDemoCheckpoint(
  ledger: readonly ChainedRow[],
  { me, keys }: Colleague,
  leaves: readonly CaseLeaf[],
  now: number,
): Promise<DemoCheckpoint> {
  const sorted = [...leaves].sort((one, other) => Buffer.compare(one.caseId, other.caseId))
  const stored = await writeCheckpoint(writeLeaves(sorted))
  const digest = toB64(await checkpointDigest(stored))
  const change: CheckpointSign = { cases: leaves.length, digest }
  const draft = new LedgerDraft(ledger)
  const row = await draft.add(keys, { action: 'checkpoint.sign', subject: me.id, change }, now)
  return { row, seq: draft.rows.length, stored }
}
