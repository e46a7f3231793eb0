// Makes an invitation that can be used once. The link contains a token but no key, so a used or
// stolen link does not open anything.
import { fromB64, randomBytes, sha256, toB64 } from '#protocol/bytes'
import { TOKEN_BYTES } from '#protocol/limits'
import { rowHash } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import { type Role } from '#protocol/staff/fields'
import {
  INVITATION_HOURS,
  type InvitationCreate,
  type LedgerRow,
} from '#protocol/staff/ledger/rows'

export interface NewInvitation {
  /** TOKEN_BYTES random bytes for the link, in base64url */
  token: string
  change: InvitationCreate
}

/** An invitation whose row in the ledger has been signed. */
export interface SignedInvitation extends NewInvitation {
  /** row hash, base64url */
  row: string
}

const HOUR_MS = 3_600_000

export async function makeInvitation(roles: Role[], nowMs: number): Promise<NewInvitation> {
  const token = toB64(randomBytes(TOKEN_BYTES))
  const expiresAt = nowMs + INVITATION_HOURS * HOUR_MS
  return { token, change: { tokenHash: await tokenHashOf(token), roles, expiresAt } }
}

/** Returns the id of an invitation in the ledger and at the edge, base64url. */
export const tokenHashOf = async (token: string): Promise<string> =>
  toB64(await sha256(fromB64(token)))

/** Adds the hash of the `invitation.create` row to its invitation. */
export async function signedInvitation(
  invitation: NewInvitation,
  { statement, signature }: LedgerRow,
): Promise<SignedInvitation> {
  const { prev } = Statement.parse(JSON.parse(statement))
  const row = await rowHash(fromB64(prev), { statement, signature: fromB64(signature) })
  return { ...invitation, row: toB64(row) }
}
