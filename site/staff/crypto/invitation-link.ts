// Writes and reads the link of an invitation. The link contains a token and the hash of the
// invitation's row in the ledger. The newcomer knows this row before making any keys, and relies on
// it afterwards.
import { type OpenInvitation } from '#protocol/staff/people/people'

const IN_ADDRESS = /^#invite=([\w-]{43})\.([\w-]{43})$/

export const invitationLink = (origin: string, { token, row }: OpenInvitation): string =>
  `${origin}/staff/#invite=${token}.${row}`

/** Returns the invitation in the fragment of an address, or null if it contains none. */
export function linkInAddress(hash: string): OpenInvitation | null {
  const [, token, row] = IN_ADDRESS.exec(hash) ?? []
  return token && row ? { token, row } : null
}
