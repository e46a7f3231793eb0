// Declares the roster: the people and invitations that a replay of the ledger gives.
import type { Bytes } from '../bytes.ts'
import type { Role } from './fields.ts'

/** A person whom the ledger names. */
export interface Member {
  id: string
  /** base64url of a P-256 point */
  signPublic: string
  /** base64url of a hybrid key */
  hpkePublic: string
  /** `waiting` until an intake colleague confirms; the app seals only to confirmed people */
  state: 'waiting' | 'confirmed' | 'refused' | 'removed'
  /** the roles of a confirmed person; the roles that the invitation offers to a waiting one */
  roles: Role[]
  /** token hash of the invitation; null for a person whom the root certified */
  invitation: string | null
  /** id of the colleague who confirmed; the root's id for a certified person; null before */
  confirmedBy: string | null
}

export interface InvitationOffer {
  roles: Role[]
  /** milliseconds since 1970 */
  expiresAt: number
  createdBy: string
  state: 'open' | 'used' | 'withdrawn'
  /** hash of the row, which enters the digits */
  rowHash: Bytes
}

export interface Roster {
  /** number of rows that were replayed */
  rows: number
  /** hash of the last row */
  head: Bytes
  rootId: string
  people: Map<string, Member>
  /** by token hash, base64url */
  invitations: Map<string, InvitationOffer>
}
