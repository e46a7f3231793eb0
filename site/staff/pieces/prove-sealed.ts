// Proves the keys of a sealed case for the index. The leaf of the last checkpoint proves a case
// that has not grown since. So a single signature covers thousands of cases. The rows of the
// keys prove a case that is younger than its leaf.
import { sameBytes } from '#protocol/bytes'
import type { VerifyKeys } from '#protocol/keys/signatures'
import { caseKeyName } from '#protocol/staff/case-bodies'
import { DangerChange, KeyMake, StatusChange } from '#protocol/staff/case-changes'
import { factsHash, recordHashOf, type CaseFacts } from '#protocol/staff/case-facts'
import type { KeyHashes } from '#protocol/staff/case-key-hash'
import type { CaseLeaf } from '#protocol/staff/checkpoint-leaves'
import { Statement } from '#protocol/staff/chain'
import { readKeyRows } from '#protocol/staff/key-rows'
import type { SealedCase } from '#protocol/staff/sealed-cases'
import type { LogRoster } from '../case/require-log.ts'
import { noteFork } from '../ledger/remembered-head.ts'

/**
 * @param leaf   of the case itself; undefined without one
 * @param keyOf  imports each signing key once, see verifyKeys
 * @returns hashes of the keys that a reader signed, by caseKeyName
 */
export async function proveSealed(
  sealed: SealedCase,
  leaf: CaseLeaf | undefined,
  roster: LogRoster,
  keyOf: VerifyKeys,
): Promise<KeyHashes> {
  const own = ownRows(sealed)
  const byLeaf = leaf?.n === sealed.extent.rows ? await keysOfLeaf(sealed, own, leaf) : null
  const others = byLeaf ? sealed.keyRows.filter((row) => !own.includes(row)) : sealed.keyRows
  if (byLeaf && others.length === 0) return byLeaf
  const { hashes, fork } = await readKeyRows(others, roster, keyOf)
  if (fork) noteFork(roster, fork)
  return new Map([...hashes, ...(byLeaf ?? [])])
}

/** Returns null for a case that shows other keys, records or another state than its leaf. */
async function keysOfLeaf(
  sealed: SealedCase,
  rows: SealedCase['keyRows'],
  leaf: CaseLeaf,
): Promise<KeyHashes | null> {
  try {
    const facts = await factsOf(sealed, rows)
    if (!sameBytes(await factsHash(sealed.id, facts), leaf.facts)) return null
    return new Map(
      facts.keys.map((keyHash, at) => [caseKeyName({ caseId: sealed.id, keyNo: at + 1 }), keyHash]),
    )
  } catch {
    // The texts come from outside, and the rows decide then.
    return null
  }
}

/** @throws for a text that is no change */
async function factsOf(
  { signed, records }: SealedCase,
  rows: SealedCase['keyRows'],
): Promise<CaseFacts> {
  const made = rows.map(({ change }) => KeyMake.parse(JSON.parse(change)))
  const status = signed.status === null ? null : StatusChange.parse(JSON.parse(signed.status))
  const danger = signed.danger === null ? null : DangerChange.parse(JSON.parse(signed.danger))
  return {
    status: status?.to ?? 'new',
    closeReason: status?.reason ?? null,
    danger: danger?.danger ?? null,
    keys: made.sort((one, other) => one.keyNo - other.keyNo).map(({ keyHash }) => keyHash),
    records: await Promise.all(
      records.map(
        async ({ record, revision, sealed: bytes }) =>
          [record, revision, await recordHashOf(bytes)] as const,
      ),
    ),
  }
}

/** Most cases hold no letter under a key of a different case, and then no row is parsed. */
const ownRows = ({ id, caseKeys, keyRows }: SealedCase): SealedCase['keyRows'] =>
  caseKeys.every(({ caseId }) => caseId === id)
    ? keyRows
    : keyRows.filter(({ statement }) => subjectOf(statement) === id)

function subjectOf(statement: string): string {
  try {
    return Statement.parse(JSON.parse(statement)).subject
  } catch {
    return ''
  }
}
