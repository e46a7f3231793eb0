// Reads rows `key.make` without their log. The edge sends such rows beside the keys of cases whose
// logs it does not send. Each row proves the hash of one key by the signature of a reader.
import { fromB64, sha256, toB64, utf8 } from '../bytes.ts'
import { isSignedWith, type VerifyKeys } from '../keys/signatures.ts'
import { caseKeyName } from './case-bodies.ts'
import { KeyMake } from './case-changes.ts'
import type { KeyHashes } from './case-key-hash.ts'
import { Statement, statementMessage } from './chain.ts'
import type { LedgerRow } from './ledger.ts'
import { spansOn } from './reader-spans.ts'
import type { Roster } from './roster-state.ts'

/**
 * Verifies each row by itself and leaves out a row that proves nothing. Of two rows about one key
 * the first one counts. Without the log nothing shows the order of rows. A former reader could
 * therefore date such a row back, so that these hashes serve for reading only.
 *
 * @param keyOf  imports each signing key once, see verifyKeys
 */
export async function readKeyRows(
  rows: readonly LedgerRow[],
  roster: Pick<Roster, 'readers'>,
  keyOf: VerifyKeys,
): Promise<KeyHashes> {
  const proven = await Promise.all(rows.map((row) => hashIn(row, roster, keyOf).catch(() => null)))
  const hashes = new Map<string, string>()
  for (const found of proven)
    if (found && !hashes.has(found.name)) hashes.set(found.name, found.keyHash)
  return hashes
}

/** @throws for a row that is malformed; returns null for a row that no reader of its day signed */
async function hashIn(
  { change, statement, signature }: LedgerRow,
  { readers }: Pick<Roster, 'readers'>,
  keyOf: VerifyKeys,
): Promise<{ name: string; keyHash: string } | null> {
  const { actor, action, subject, at, changeHash } = Statement.parse(JSON.parse(statement))
  if (action !== 'key.make' || at.includes('T')) return null
  if (changeHash !== toB64(await sha256(utf8(change)))) return null
  const { keyNo, keyHash } = KeyMake.parse(JSON.parse(change))
  const [message, bytes] = [statementMessage(action, statement), fromB64(signature)]
  for (const { signPublic } of spansOn(readers.get(actor), at))
    if (await isSignedWith(await keyOf(signPublic), bytes, message))
      return { name: caseKeyName({ caseId: subject, keyNo }), keyHash }
  return null
}
