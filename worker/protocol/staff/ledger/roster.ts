// Replays the ledger under the root key that the app pins. The roster contains the people on the
// staff, with their keys and roles. A person who appears only in a database table is treated as a
// stranger.
import { fromB64, sha256, toB64, utf8, type Bytes } from '../../bytes.ts'
import { Refusal } from '../../errors.ts'
import { isSignedWith, verifyKeys, type VerifyKeys } from '../../keys/signatures.ts'
import { isCaseAction } from '../actions.ts'
import { rowHash, statementMessage } from '../chain.ts'
import { AnyStatement, isKnown } from '../statement.ts'
import type { LedgerRow } from './rows.ts'
import { keyOfStaff, requireRule, type Place } from './roster-checks.ts'
import { applyRow } from './roster-rules.ts'
import { emptyRoster, type Roster } from './roster-state.ts'

export type Replayed =
  | { isWhole: true; roster: Roster }
  | {
      isWhole: false
      /** number of the first row that breaks the chain */ at: number
      roster: Roster
    }

/** Signatures are checked in groups, so that the browser can verify many of them in parallel. */
const GROUP = 64

/**
 * Replays rows from the beginning of the ledger. The first row must be `org.begin`.
 *
 * @param root   the pinned root key, 65 bytes
 * @param onRow  called after each group with the number of rows checked
 * @returns the roster. If a row is broken, the roster covers only the rows before it.
 */
export async function replayLedger(
  rows: readonly LedgerRow[],
  root: Bytes,
  onRow?: (rows: number) => void,
): Promise<Replayed> {
  const roster = await emptyRoster(root)
  const keyOf = verifyKeys()
  for (let first = 0; first < rows.length; first += GROUP) {
    const group = rows.slice(first, first + GROUP)
    const at = await replayGroup(group, roster, toB64(root), keyOf)
    if (at !== null) return cutAt(rows, root, first + at)
    onRow?.(roster.rows)
  }
  return { isWhole: true, roster }
}

/**
 * Replays the rows before the broken row into a new roster. The broken row's group has already
 * changed the first one.
 */
async function cutAt(rows: readonly LedgerRow[], root: Bytes, broken: number): Promise<Replayed> {
  const { roster } = await replayLedger(rows.slice(0, broken), root)
  return { isWhole: false, at: broken + 1, roster }
}

/** @returns the position of the first broken row in the group, or null */
async function replayGroup(
  group: readonly LedgerRow[],
  roster: Roster,
  root: string,
  keyOf: VerifyKeys,
): Promise<number | null> {
  const checks: Promise<boolean>[] = []
  let broken: number | null = null
  for (const [at, row] of group.entries()) {
    try {
      checks.push((await replayRow(row, roster, root, keyOf)).isSigned)
    } catch {
      broken = at
      break
    }
  }
  const verdicts = await Promise.all(checks)
  const forged = verdicts.indexOf(false)
  return forged === -1 ? broken : forged
}

/** Applies one row. @returns the pending checks of its signatures. @throws when a rule is broken */
async function replayRow(
  { change, statement, signature }: LedgerRow,
  roster: Roster,
  root: string,
  keyOf: VerifyKeys,
): Promise<{ isSigned: Promise<boolean> }> {
  const said = AnyStatement.parse(JSON.parse(statement))
  const fits =
    said.prev === toB64(roster.head) && said.changeHash === toB64(await sha256(utf8(change)))
  if (!fits) throw new Refusal('ledger_broken')
  const bytes = fromB64(signature)
  const hash = await rowHash(roster.head, { statement, signature: bytes })
  const checks: Promise<boolean>[] = []
  const signer = applyAny(roster, said, change, { root, hash, checks })
  roster.head = hash
  roster.hashes.push(hash)
  roster.headAt = said.at
  roster.rows += 1
  const message = statementMessage('ledger', statement)
  checks.push(
    keyOf(signer)
      .then((key) => isSignedWith(key, bytes, message))
      .catch(() => false),
  )
  const isSigned = Promise.all(checks).then((held) => !held.includes(false))
  return { isSigned }
}

/**
 * Applies a row, or only records it if a newer version of this code made it. Later rows may depend
 * on the unapplied change, so a later row that breaks a rule is not a fault.
 *
 * @returns the public key that must have signed the row, base64url
 * @throws the errors of applyRow
 */
function applyAny(roster: Roster, said: AnyStatement, change: string, place: Place): string {
  if (isKnown(said))
    try {
      return applyRow(roster, said, change, place)
    } catch (thrown) {
      if (roster.newerAt === null) throw thrown
    }
  const signer = said.actor === roster.rootId ? place.root : keyOfStaff(roster, said)
  requireRule(roster.rows > 0 && !isCaseAction(said.action))
  roster.newerAt ??= roster.rows + 1
  return signer
}
