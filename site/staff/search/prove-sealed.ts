// Proves the keys of a sealed case for the index. The case's leaf in the last checkpoint proves its
// keys, if the case has not grown since. So a single signature covers thousands of cases. For a
// case that has grown since the checkpoint, the rows that record the keys prove them.
import type { VerifyKeys } from '#protocol/keys/signatures'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import type { KeyHashes } from '#protocol/staff/case-log/key-hash'
import type { CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import { readKeyRows } from '#protocol/staff/case-log/key-rows'
import type { SealedCase } from '#protocol/staff/list/sealed-cases'
import { encodeB64 } from '#protocol/staff/native-b64'
import { noteFork } from '../ledger/remembered-head.ts'
import type { LogRoster } from '../ledger/replay-log.ts'
import { ownRows, type SignedTexts } from './signed-state.ts'

/** The facts in the last checkpoint and in the texts of a case. */
interface Said {
  /** leaf of the case itself; undefined without one */
  leaf: CaseLeaf | undefined
  /** null for a case whose texts are invalid */
  signed: SignedTexts | null
}

/**
 * @param keyOf  imports each signing key once, see verifyKeys
 * @returns hashes of the keys that a reader signed, keyed by caseKeyName
 */
export async function proveSealed(
  sealed: SealedCase,
  { leaf, signed }: Said,
  roster: LogRoster,
  keyOf: VerifyKeys,
): Promise<KeyHashes> {
  const isProven = signed !== null && leaf !== undefined && isOfLeaf(sealed, signed, leaf)
  const byLeaf = isProven ? namedKeys(sealed.id, signed.keys) : null
  const own = byLeaf ? ownRows(sealed) : []
  const others = sealed.keyRows.filter((row) => !own.includes(row))
  if (byLeaf && others.length === 0) return byLeaf
  const { hashes, fork } = await readKeyRows(others, roster, keyOf)
  if (fork) noteFork(roster, fork)
  return new Map([...hashes, ...(byLeaf ?? [])])
}

/** Returns false for a case whose keys, records or state differ from its leaf. */
const isOfLeaf = (
  { extent }: SealedCase,
  { state }: SignedTexts,
  { n, facts }: CaseLeaf,
): boolean => n === extent.rows && state.facts === encodeB64(facts)

const namedKeys = (caseId: string, keys: readonly string[]): Map<string, string> =>
  new Map(keys.map((keyHash, at) => [caseKeyName({ caseId, keyNo: at + 1 }), keyHash]))
