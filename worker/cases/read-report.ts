// Returns a sealed report to intake, with its thread and its case. Only the colleague's device can
// open the report.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import type { StoredRow } from '#worker/store/ledger/chain-rows'
import { findCaseSecret } from '#worker/store/cases/secrets'
import { findThread } from '#worker/store/reports/threads'
import { parseB64 } from '#worker/parse'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { queueItem } from './list-queue.ts'

/**
 * Throws Refusal `not_allowed`, `malformed`, `not_found`; `unavailable` when R2 does not return the
 * secret that the case keys need.
 */
export async function readReport(deps: StaffDeps, id: string): Promise<StoredCase> {
  const caseId = await requireCase(deps, id)
  const [thread, own] = await Promise.all([
    findThread(deps.db, caseId, deps.actor.id),
    withTimeout(() => findCaseSecret(deps.bucket, caseId)),
  ])
  if (!thread) throw new Refusal('not_found')
  if (own === NO_ANSWER && thread.caseKeys.length > 0) throw new Refusal('unavailable')
  const others = new Set(thread.caseKeys.map((key) => toB64(key.caseId)))
  others.delete(id)
  const fetched = await Promise.all(
    [...others].map(async (other) => {
      const secret = await withTimeout(() => findCaseSecret(deps.bucket, parseB64(other)))
      if (secret === NO_ANSWER) throw new Refusal('unavailable')
      return secretsOf(other, secret)
    }),
  )
  const secrets = [...(own === NO_ANSWER ? [] : secretsOf(id, own)), ...fetched.flat()]
  return {
    item: queueItem(thread.line),
    mergedInto: thread.mergedInto && toB64(thread.mergedInto),
    absorbed: thread.absorbed.map(toB64),
    envelope: toB64(thread.envelope),
    followUps: thread.followUps.map((each) => ({
      ...each,
      id: toB64(each.id),
      envelope: toB64(each.envelope),
    })),
    log: thread.log.map(rowOf),
    taken: thread.taken.map((letter) => ({
      keyNo: letter.keyNo,
      id: toB64(letter.id),
      caseId: toB64(letter.caseId),
      sealed: toB64(letter.sealed),
    })),
    caseKeys: thread.caseKeys.map(({ caseId, keyNo, generation, sealed }) => ({
      ...{ caseId: toB64(caseId), keyNo, generation },
      sealed: toB64(sealed),
    })),
    keyRows: thread.caseKeys.flatMap(({ row }) => (row ? [rowOf(row)] : [])),
    secrets,
    entries: thread.entries.map(({ n, sealed }) => ({ n, sealed: toB64(sealed) })),
    records: thread.records.map((each) => ({ ...each, sealed: toB64(each.sealed) })),
    grants: thread.grants.map((each) => ({
      ...each,
      caseId: toB64(each.caseId),
      sealed: toB64(each.sealed),
    })),
    answers: thread.answers.map((each) => ({ ...each, sealed: toB64(each.sealed) })),
    answerable: thread.answerable,
  }
}

const rowOf = ({ signature, ...texts }: StoredRow): LedgerRow => ({
  ...texts,
  signature: toB64(signature),
})

const secretsOf = (caseId: string, secret: Bytes | null): StoredCase['secrets'] =>
  secret ? [{ caseId, secret: toB64(secret) }] : []
