// Reads a signed change. A change is valid only with its author's signature over the change, its
// subject and the time. An author first reads the head of the chain, because the change must follow
// it.
import { dayOf, minuteOf } from '#protocol/time'
import { sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isSignedBy } from '#protocol/keys/signatures'
import { CLOCK_MS, statementMessage, type SignedChange } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import {
  chainOf,
  changeParser,
  isCaseAction,
  type Action,
  type ChangeOf,
} from '#protocol/staff/actions'
import type { StaffDeps } from '#worker/deps'
import type { ChainEntry } from '#worker/store/ledger/chains'
import { parseB64, parseJson } from '#worker/parse'

/** The signer: a staff member, a newcomer who has no session yet, or the root. */
export interface Signer {
  /** base64url */
  id: string
  /** ECDSA P-256 point, 65 bytes */
  signPublic: Bytes
}

/** Returns the signer and the clock for a change that the signed-in person makes. */
export const signerOf = ({ actor, now }: StaffDeps): { signer: Signer; now: number } => ({
  signer: { id: toB64(actor.id), signPublic: actor.signPublic },
  now: now(),
})

/** A change that its actor signed, in the form that its chain stores. */
export interface SignedRow<T> {
  change: T
  /** time of the statement: a UTC minute in the ledger */
  at: string
  entry: ChainEntry
}

/**
 * Reads a signed change for one action on one subject, and parses the change with the action's
 * schema.
 *
 * @param now  milliseconds since 1970; null for the root, which signs offline, days in advance
 * @throws Refusal `malformed`. `signature_refused` for a statement with a different actor, action,
 *   subject, change or time. Also `signature_refused` without the actor's signature.
 */
export async function readSignedChange<Of extends Action>(
  { signer, now }: { signer: Signer; now: number | null },
  signed: SignedChange,
  expected: { action: Of; subject: string },
): Promise<SignedRow<ChangeOf<Of>>> {
  const statement = parseJson(Statement, signed.statement)
  const signature = parseB64(signed.signature)
  const { action } = expected
  const isOfCase = isCaseAction(action)
  const fits =
    statement.actor === signer.id &&
    statement.action === action &&
    statement.subject === expected.subject &&
    isOfCase === (statement.ledger !== undefined) &&
    (now === null || isNear(statement.at, action, now)) &&
    statement.changeHash === toB64(await sha256(utf8(signed.change)))
  const message = statementMessage(chainOf(action), signed.statement)
  if (!fits || !(await isSignedBy(signer.signPublic, signature, message)))
    throw new Refusal('signature_refused')
  return {
    change: parseJson(changeParser(action), signed.change),
    at: statement.at,
    entry: {
      actor: parseB64(signer.id),
      change: signed.change,
      statement: signed.statement,
      signature,
      prev: parseB64(statement.prev),
      ofCase: statement.ledger
        ? { id: parseB64(expected.subject), ledger: statement.ledger }
        : null,
    },
  }
}

/** Throws Refusal `signature_refused` unless the bytes sent with a change match the hash in it. */
export async function requireHash(bytes: Bytes, hash: string): Promise<void> {
  if (toB64(await sha256(bytes)) !== hash) throw new Refusal('signature_refused')
}

/** Compares at the precision of the chain: minutes in the ledger, days in a case log. */
function isNear(at: string, action: Action, now: number): boolean {
  const [earliest, latest] = [now - CLOCK_MS, now + CLOCK_MS]
  return isCaseAction(action)
    ? at === dayOf(earliest) || at === dayOf(latest)
    : at >= minuteOf(earliest) && at <= minuteOf(latest) && at.includes('T')
}
