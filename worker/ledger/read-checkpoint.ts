// Returns the heads of case logs and the stored checkpoints to intake. Browsers verify them against
// the digests in the ledger.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { HEADS_PAGE } from '#protocol/staff/ledger/checkpoint'
import { writeHeads } from '#protocol/staff/ledger/checkpoint-leaves'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { parseB64 } from '#worker/parse'
import { readCaseHeads } from '#worker/store/cases/heads'
import { ledgerRowHash } from '#worker/store/ledger/chain-rows'
import { findBucket, findCheckpoint } from '#worker/store/ledger/checkpoints'

/**
 * Returns a page of heads, ordered by case id.
 *
 * @param after  the id of the last case that the reader already has, base64url; empty for none
 */
export async function listCaseHeads(deps: StaffDeps, after: string): Promise<Bytes> {
  requireRole(deps.actor, 'intake')
  return writeHeads(await readCaseHeads(deps.db, parseB64(after), HEADS_PAGE))
}

/** Returns a stored checkpoint. @throws Refusal `not_allowed`, `malformed`, `not_found` */
export async function readCheckpoint(deps: StaffDeps, row: string): Promise<ReadableStream> {
  requireRole(deps.actor, 'intake')
  const found = await findCheckpoint(deps.bucket, await hashOfRow(deps, row))
  if (!found) throw new Refusal('not_found')
  return found
}

/**
 * Returns the 256 hashes ‖ the leaves of one bucket.
 *
 * @throws Refusal `not_allowed`, `malformed`, `not_found`
 */
export async function readBucket(deps: StaffDeps, row: string, bucket: string): Promise<Bytes> {
  requireRole(deps.actor, 'intake')
  const number = wholeNumber(bucket)
  if (number > 255) throw new Refusal('malformed')
  const found = await findBucket(deps.bucket, await hashOfRow(deps, row), number)
  if (!found) throw new Refusal('not_found')
  return found
}

async function hashOfRow({ db }: StaffDeps, row: string): Promise<Bytes> {
  const hash = await ledgerRowHash(db, wholeNumber(row))
  if (!hash) throw new Refusal('not_found')
  return hash
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Refusal('malformed')
  return Number(text)
}
