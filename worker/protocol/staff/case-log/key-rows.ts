// Reads `key.make` rows without their log. The edge sends such rows with the keys of cases whose
// logs it does not send. Each row proves the hash of one key, because a reader signed it.
import { fromB64, sha256, toB64, utf8 } from '../../bytes.ts'
import { isSignedWith, type VerifyKeys } from '../../keys/signatures.ts'
import { caseKeyName } from './bodies.ts'
import { KeyMake } from './changes.ts'
import type { KeyHashes } from './key-hash.ts'
import { statementMessage, type LedgerHead } from '../chain.ts'
import { Statement } from '../statement.ts'
import type { LedgerRow } from '../ledger/rows.ts'
import { placeOnLine } from '../ledger/line.ts'
import { spansAt } from '../ledger/reader-spans.ts'
import type { Roster } from '../ledger/roster-state.ts'

/** The part of a roster that is needed to check a row. */
export type KeyRoster = Pick<Roster, 'readers' | 'hashes' | 'restart'>

/** Hashes of case keys, and a fork of the ledger if a signed row reveals a fork. */
export interface ReadKeyRows {
  hashes: KeyHashes
  /** a signer's ledger that differs from the replayed ledger; null when no ledger differs */
  fork: LedgerHead | null
}

/**
 * Verifies each row separately, and omits rows that prove nothing. Of two rows about the same key,
 * the first counts. Without the log, nothing proves the order of the rows. A former reader could
 * therefore backdate such a row, so these hashes are used only for reading.
 *
 * @param keyOf  imports each signing key once; see verifyKeys
 */
export async function readKeyRows(
  rows: readonly LedgerRow[],
  roster: KeyRoster,
  keyOf: VerifyKeys,
): Promise<ReadKeyRows> {
  const read = await Promise.all(rows.map((row) => readRow(row, roster, keyOf).catch(() => null)))
  const hashes = new Map<string, string>()
  for (const found of read)
    if (found && !found.fork && !hashes.has(found.name)) hashes.set(found.name, found.keyHash)
  return { hashes, fork: read.find((found) => found?.fork)?.fork ?? null }
}

interface ReadRow {
  name: string
  keyHash: string
  fork: LedgerHead | null
}

/** @throws for a malformed row; returns null for a row that no reader signed */
async function readRow(
  { change, statement, signature }: LedgerRow,
  roster: KeyRoster,
  keyOf: VerifyKeys,
): Promise<ReadRow | null> {
  const { actor, action, subject, ledger, changeHash } = Statement.parse(JSON.parse(statement))
  const row = ledger ? placeOnLine(roster, ledger) : 'behind'
  if (action !== 'key.make' || row === 'behind') return null
  if (changeHash !== toB64(await sha256(utf8(change)))) return null
  const { keyNo, keyHash } = KeyMake.parse(JSON.parse(change))
  const [message, bytes] = [statementMessage('case-log', statement), fromB64(signature)]
  const own = roster.readers.get(actor)
  const fork = row === 'fork' ? (ledger ?? null) : null
  for (const { signPublic } of row === 'fork' ? (own ?? []) : spansAt(own, row))
    if (await isSignedWith(await keyOf(signPublic), bytes, message))
      return { name: caseKeyName({ caseId: subject, keyNo }), keyHash, fork }
  return null
}
