// Makes an invitation: a link that works once. The link carries a token and no key, so that a
// spent or stolen link opens nothing.
import { fromB64, randomBytes, sha256, toB64 } from '#protocol/bytes'
import { TOKEN_BYTES } from '#protocol/limits'
import { type Role } from '#protocol/staff/fields'
import { INVITATION_HOURS, type InvitationCreate } from '#protocol/staff/ledger'

export interface NewInvitation {
  /** base64url of TOKEN_BYTES, for the link */
  token: string
  change: InvitationCreate
}

const HOUR_MS = 3_600_000
const IN_ADDRESS = /^#invite=([\w-]{43})$/

export async function makeInvitation(roles: Role[], nowMs: number): Promise<NewInvitation> {
  const token = toB64(randomBytes(TOKEN_BYTES))
  const expiresAt = nowMs + INVITATION_HOURS * HOUR_MS
  return { token, change: { tokenHash: await tokenHashOf(token), roles, expiresAt } }
}

/** Returns the name of an invitation in the ledger and at the edge, base64url. */
export const tokenHashOf = async (token: string): Promise<string> =>
  toB64(await sha256(fromB64(token)))

export const invitationLink = (origin: string, token: string): string =>
  `${origin}/staff/#invite=${token}`

/** Returns the token in the part of an address behind the #, or null. */
export const invitationTokenIn = (hash: string): string | null => IN_ADDRESS.exec(hash)?.[1] ?? null
