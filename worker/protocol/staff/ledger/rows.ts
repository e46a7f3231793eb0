// Defines the schemas of the ledger: its rows, and the changes that a row records. The ledger
// contains public keys, roles and hashes, but no names and nothing sealed, because rows are never
// deleted.
import * as z from 'zod/mini'
import { fromB64, sameBytes, sha256, toB64, type Bytes } from '../../bytes.ts'
import { HASH_BYTES, ID_BYTES } from '../../limits.ts'
import { NO_ROW, rowHash } from '../chain.ts'
import { b64Of, changeText, point, roles, sealingKey, signature, statementText } from '../fields.ts'

/** Lifetime of an invitation, in hours. */
export const INVITATION_HOURS = 48

/** The public keys of a person. */
const publicKeys = { signPublic: point, hpkePublic: sealingKey }

/** `org.begin`: the first row. The root signs it, and every page pins the root's key. */
export const OrgBegin = z.object({ root: point, recovery: sealingKey })
export type OrgBegin = z.infer<typeof OrgBegin>

/** SHA-256 of salt and name; see nameHashOf. */
const nameHash = b64Of(HASH_BYTES)

/**
 * `person.certify`: the root confirms a person, because no colleague can confirm the first person.
 */
export const PersonCertify = z.object({ ...publicKeys, nameHash, roles })
export type PersonCertify = z.infer<typeof PersonCertify>

/** `invitation.create`. The subject is the token hash. */
export const InvitationCreate = z.object({
  tokenHash: b64Of(HASH_BYTES),
  roles,
  /** milliseconds since 1970 */
  expiresAt: z.int().check(z.gte(0)),
})
export type InvitationCreate = z.infer<typeof InvitationCreate>

/** `invitation.withdraw`. The subject is the token hash. */
export const InvitationWithdraw = z.object({ tokenHash: b64Of(HASH_BYTES) })

/** `person.join`: a newcomer signs with the key in this change, and then waits. */
export const PersonJoin = z.object({
  ...publicKeys,
  nameHash,
  /** token hash of the invitation */
  invitation: b64Of(HASH_BYTES),
  /**
   * hash of the `invitation.create` row, from the link. The newcomer had the link before making the
   * keys.
   */
  invitationRow: b64Of(HASH_BYTES),
})
export type PersonJoin = z.infer<typeof PersonJoin>

/**
 * `person.confirm`: an intake colleague who compared the digits grants the roles that the
 * invitation offered.
 */
export const PersonConfirm = z.object({ ...publicKeys, roles })
export type PersonConfirm = z.infer<typeof PersonConfirm>

/** `person.refuse`: the digits differed, or the wrong person joined. */
export const PersonRefuse = z.object(publicKeys)

/** `person.remove`: a colleague left. The subject is the person. */
export const PersonRemove = z.object({
  ...publicKeys,
  /** true when the person requested that caseworkers see a number instead of the name */
  isNumberOnly: z.optional(z.boolean()),
})
export type PersonRemove = z.infer<typeof PersonRemove>

/** `person.rename`: a person changes their name. The subject is the person, who also signs. */
export const PersonRename = z.object({ nameHash })
export type PersonRename = z.infer<typeof PersonRename>

/**
 * `person.rekey`: a person signs new keys with the old key, because somebody else may have the old
 * keys. The person keeps the name and then waits for another confirmation. The subject is the
 * person.
 */
export const PersonRekey = z.object(publicKeys)
export type PersonRekey = z.infer<typeof PersonRekey>

/**
 * A row of either chain, as the edge sends it. The browser computes the hashes itself.
 */
export const LedgerRow = z.object({
  /** JSON text of the change */
  change: changeText,
  statement: statementText,
  signature,
})
export type LedgerRow = z.infer<typeof LedgerRow>

/** A page of the ledger, oldest first. */
export const LedgerPage = z.object({
  rows: z.array(LedgerRow),
  /** the number of the last row before the next page; null on the last page */
  next: z.nullable(z.int()),
})
export type LedgerPage = z.infer<typeof LedgerPage>

/** Number of rows on one page of the ledger. */
export const LEDGER_PAGE = 250

/**
 * Returns the id that the root uses as an actor: the first ID_BYTES of SHA-256(root key),
 * base64url.
 */
export const rootIdOf = async (root: Bytes): Promise<string> =>
  toB64((await sha256(root)).slice(0, ID_BYTES))

/** Returns the hash of the last row, or zeros if there is none. */
export async function headOf(rows: readonly LedgerRow[]): Promise<Bytes> {
  let head = NO_ROW
  for (const { statement, signature } of rows)
    head = await rowHash(head, { statement, signature: fromB64(signature) })
  return head
}

/** Returns true when a remembered head is the head after one of these rows. */
export async function hasHead(rows: readonly LedgerRow[], head: Bytes): Promise<boolean> {
  let hash = NO_ROW
  if (sameBytes(hash, head)) return true
  for (const { statement, signature } of rows) {
    hash = await rowHash(hash, { statement, signature: fromB64(signature) })
    if (sameBytes(hash, head)) return true
  }
  return false
}
