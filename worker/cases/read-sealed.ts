// Returns many sealed cases at once, for the search index of a device. Only a device opens them.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { OpenedReport } from '#protocol/staff/cases'
import { SEALED_AT_ONCE, type SealedCases } from '#protocol/staff/pieces'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { b64OfHex } from '#worker/hex'
import { parseB64 } from '#worker/parse'
import {
  listSealedLines,
  readSealedRows,
  type SealedLine,
  type SealedRows,
} from '#worker/store/sealed-cases'
import { findShare } from '#worker/store/shares'
import { queueItem } from './list-queue.ts'
import { onlyAssignedTo } from './read-tally.ts'

/**
 * Reads the cases that exist and that the actor may see.
 *
 * @param ids  base64url ids, joined by commas
 * @throws Refusal `not_allowed`; `malformed` for no id or too many; `unavailable` when R2 does not
 *   give a share
 */
export async function readSealedCases(deps: StaffDeps, ids: string): Promise<SealedCases> {
  requireRole(deps.actor, 'intake', 'caseworker')
  const asked = ids.split(',')
  if (asked.length > SEALED_AT_ONCE) throw new Refusal('malformed')
  const wanted = [...new Set(asked)].map(parseB64)
  const { id: reader } = deps.actor
  // The lines come first: a count that is older than the words makes a device read them again.
  const lines = await listSealedLines(deps.db, wanted, reader, onlyAssignedTo(deps))
  if (lines.length === 0) return { cases: [] }
  const rows = await readSealedRows(
    deps.db,
    lines.map(({ line }) => line.id),
    reader,
  )
  const shares = await sharesOf(deps, rows)
  return { cases: lines.map((line) => sealedCase(line, rows, shares)) }
}

const text = (value: unknown): string => String(value)
const b64 = (value: unknown): string => b64OfHex(String(value))

/** Reads the shares of all cases that have a key. */
async function sharesOf(
  { bucket }: StaffDeps,
  { caseKeys }: SealedRows,
): Promise<ReadonlyMap<string, string>> {
  const cases = [...new Set(caseKeys.map((row) => b64(row['case_id'])))]
  try {
    const found = await Promise.all(
      cases.map(async (id) => [id, await findShare(bucket, parseB64(id))] as const),
    )
    return new Map(found.flatMap(([id, share]) => (share ? [[id, toB64(share)] as const] : [])))
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}

function sealedCase(
  { line, mergedInto, isAnswerable }: SealedLine,
  rows: SealedRows,
  shares: ReadonlyMap<string, string>,
): OpenedReport {
  const item = queueItem(line)
  const { id } = item
  const ofReport = (row: Record<string, unknown>): boolean => b64(row['report']) === id
  const ofCase = (row: Record<string, unknown>): boolean => b64(row['case_id']) === id
  const followUps = rows.followUps.filter(ofReport).map((row) => ({
    id: b64(row['id']),
    day: text(row['day']),
    sealedBy: row['sealed_by'] === 'worker' ? ('worker' as const) : ('device' as const),
    envelope: b64(row['envelope']),
  }))
  const letters = new Set([id, ...followUps.map((each) => each.id)])
  const taken = rows.taken
    .map((row) => ({
      id: b64(row['letter']),
      caseId: b64(row['case_id']),
      keyNo: Number(row['key_no']),
      sealed: b64(row['sealed']),
    }))
    .filter((letter) => letters.has(letter.id))
  const cases = new Set([id, ...taken.map(({ caseId }) => caseId)])
  const caseKeys = rows.caseKeys
    .map((row) => ({
      caseId: b64(row['case_id']),
      keyNo: Number(row['key_no']),
      generation: Number(row['generation']),
      sealed: b64(row['sealed']),
    }))
    .filter(({ caseId }) => cases.has(caseId))
  const envelope = rows.envelopes.find((row) => b64(row['id']) === id)
  return {
    item,
    mergedInto: mergedInto && toB64(mergedInto),
    // The device reads each absorbed report by itself.
    absorbed: [],
    envelope: b64(envelope?.['envelope'] ?? ''),
    followUps,
    log: rows.log.filter(ofCase).map((row) => ({
      change: text(row['change']),
      statement: text(row['statement']),
      signature: b64(row['signature']),
    })),
    taken,
    caseKeys,
    grants: rows.grants
      .map((row) => ({
        caseId: b64(row['case_id']),
        keyNo: Number(row['key_no']),
        sealed: b64(row['sealed']),
      }))
      .filter(({ caseId }) => cases.has(caseId)),
    shares: [...new Set(caseKeys.map(({ caseId }) => caseId))].flatMap((caseId) => {
      const share = shares.get(caseId)
      return share === undefined ? [] : [{ caseId, share }]
    }),
    entries: rows.entries
      .filter(ofCase)
      .map((row) => ({ n: Number(row['n']), sealed: b64(row['sealed']) })),
    records: rows.records.filter(ofCase).map((row) => ({
      record: Number(row['record']),
      revision: Number(row['revision']),
      keyNo: Number(row['key_no']),
      sealed: b64(row['sealed']),
    })),
    answers: rows.answers.filter(ofReport).map((row) => ({
      slot: Number(row['slot']),
      day: text(row['day']),
      sealed: b64(row['sealed']),
    })),
    answerable: isAnswerable,
  }
}
