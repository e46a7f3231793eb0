// Reads a signed change. A change counts only with its author's signature over the change, the
// subject and the time. An author first reads the head of the chain, which the change must follow.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isSignedBy } from '#protocol/keys/manifest'
import {
  auditMessage,
  Statement,
  type Action,
  type AuditHead,
  type SignedChange,
} from '#protocol/staff/audit'
import { requireRole } from '#worker/auth/require-role'
import type { Actor, StaffDeps } from '#worker/deps'
import { auditHead, type PlacedEntry } from '#worker/store/audit'
import { parseB64, parseJson, type Parser } from '#worker/parse'

/** The most that the actor's clock may differ from ours. */
const CLOCK_MS = 10 * 60_000

/** The actor who signs. A newcomer signs before there is a session. */
type Signer = Pick<Actor, 'id' | 'signPublic'>

/**
 * Reads a signed change for one action on one subject.
 *
 * @throws Refusal `malformed`. `signature_refused` for a statement of another actor, action,
 *   subject or change, or more than ten minutes off. `signature_refused` also for a statement
 *   without a place in the audit, or not signed with the actor's key.
 */
export async function readSignedChange<T>(
  { actor, now }: { actor: Signer; now: () => number },
  signed: SignedChange,
  expected: { action: Action; subject: string; change: Parser<T> },
): Promise<{ change: T; entry: PlacedEntry }> {
  const statement = parseJson(Statement, signed.statement)
  const signature = parseB64(signed.signature)
  const fits =
    statement.actor === toB64(actor.id) &&
    statement.action === expected.action &&
    statement.subject === expected.subject &&
    (statement.prev !== null || expected.action === 'person.join') &&
    Math.abs(Date.parse(statement.at) - now()) <= CLOCK_MS &&
    statement.changeHash === toB64(await sha256(utf8(signed.change)))
  if (!fits || !(await isSignedBy(actor.signPublic, signature, auditMessage(signed.statement))))
    throw new Refusal('signature_refused')
  return {
    change: parseJson(expected.change, signed.change),
    entry: {
      actor: actor.id,
      statement: signed.statement,
      signature,
      prev: statement.prev === null ? null : parseB64(statement.prev),
    },
  }
}

/** Returns the head of the audit chain, which the next signed change has to follow. */
export async function readAuditHead(deps: StaffDeps): Promise<AuditHead> {
  requireRole(deps.actor, 'admin', 'intake')
  return { head: toB64(await auditHead(deps.db)) }
}
