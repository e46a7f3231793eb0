// Simulates staff members, who join with an invitation, sign in and sign changes.
import { dayOf, minuteOf } from '#protocol/time'
import { fromB64, randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { HASH_BYTES, HYBRID_KEY_BYTES } from '#protocol/limits'
import { signBytes } from '#protocol/keys/signatures'
import type { LedgerRestart } from '#protocol/staff/ledger/keys'
import { chainOf, isCaseAction, type Action } from '#protocol/staff/actions'
import { statementMessage, type LedgerHead, type SignedChange } from '#protocol/staff/chain'
import { Statement, STATEMENT_VERSION } from '#protocol/staff/statement'
import type { Role } from '#protocol/staff/fields'
import { Challenge, type PaperSignIn } from '#protocol/staff/people/sign-in'
import { InvitationOpened, Me, type Join, type OpenInvitation } from '#protocol/staff/people/people'
import { nameHashOf } from '#protocol/staff/people/person-name'
import type { NewSlot } from '#protocol/staff/people/slots'
import { signingPair, type SigningPair } from '#test/protocol/support/organisation.ts'
import { authenticator, type Authenticator } from './authenticator.ts'
import { chainHead, findLast } from '#worker/store/ledger/chain-rows'
import { ask, db, deps, STAFF_HOST, STAFF_ORIGIN } from './edge.ts'

export const RP_ID = STAFF_HOST

export interface Person {
  id: string
  cookie: string
  /** signs in with the sheet */
  paper: PaperSignIn
  passkey: Authenticator
  signing: SigningPair
}

/** Encodes a body for the wire: bytes as they are, any other value as JSON. */
export const sentAs = (body: unknown): { body: BodyInit; type: string } =>
  isBytes(body)
    ? { body, type: 'application/octet-stream' }
    : { body: JSON.stringify(body), type: 'application/json' }

const isBytes = (body: unknown): body is Bytes => body instanceof Uint8Array

/** Sends a request to the staff API, as the staff app does. */
export const asStaff = (
  path: string,
  method = 'GET',
  body?: unknown,
  cookie = '',
  headers: Record<string, string> = {},
): Promise<Response> =>
  ask(`/api/staff/${path}`, {
    method,
    ...(body === undefined ? {} : { body: sentAs(body).body }),
    headers: {
      origin: STAFF_ORIGIN,
      'content-type': sentAs(body).type,
      ...(cookie && { cookie }),
      ...headers,
    },
  })

export const getAs = ({ cookie }: Person, path: string): Promise<Response> =>
  asStaff(path, 'GET', undefined, cookie)

const HOUR_MS = 3_600_000

/** Stores an invitation, as the organisation's script does, and returns its token. */
export async function invitation(roles: Role[], expiresAt = Date.now() + 47 * HOUR_MS) {
  const token = randomBytes(32)
  await db
    .prepare(
      'INSERT INTO invitations (token_hash, roles, expires_at, row_hash) VALUES (?, ?, ?, ?)',
    )
    .bind(await sha256(token), JSON.stringify(roles), expiresAt, randomBytes(HASH_BYTES))
    .run()
  return toB64(token)
}

/** Returns the parts of the link, as stored in the table; noise for an unknown invitation. */
export async function linkOf(token: string): Promise<OpenInvitation> {
  const found = await db
    .prepare('SELECT row_hash FROM invitations WHERE token_hash = ?')
    .bind(await sha256(fromB64(token)))
    .first<ArrayBuffer>('row_hash')
  return { token, row: found ? toB64(new Uint8Array(found)) : noise(HASH_BYTES) }
}

export interface Joining {
  opened: InvitationOpened
  passkey: Authenticator
  signing: SigningPair
  paper: PaperSignIn
  body: Join
}

export const challengeOf = (options: Record<string, unknown>): string =>
  String(options['challenge'])

/** The user handle specified by the options. */
export const userOf = ({ user }: Record<string, unknown>): string => (user as { id: string }).id

/** Requests a sign-in challenge. */
export async function newChallenge() {
  const answer = await asStaff('sign-in/options', 'POST', {})
  const { challengeId, options } = Challenge.parse(await answer.json())
  return { challengeId, challenge: challengeOf(options) }
}

/** Prepares the request of a newcomer, without sending it. */
export async function joining(token: string): Promise<Joining> {
  const link = await linkOf(token)
  const answer = await asStaff('invitations/open', 'POST', link)
  const opened = InvitationOpened.parse(await answer.json())
  const [passkey, signing] = await Promise.all([authenticator(), signingPair()])
  const challenge = challengeOf(opened.options)
  const keys = {
    // Noise, because workerd has no X-Wing and the edge never seals to a person.
    hpkePublic: noise(HYBRID_KEY_BYTES),
    signPublic: toB64(signing.publicKey),
    sealedPrivate: noise(2048),
  }
  const sheet = await sheetSlot()
  const named = { name: 'Айгүл', salt: noise(16) }
  const joined = {
    signPublic: keys.signPublic,
    hpkePublic: keys.hpkePublic,
    nameHash: await nameHashOf(named),
    invitation: toB64(await sha256(fromB64(token))),
    invitationRow: link.row,
  }
  const newcomer = { id: opened.personId, signing }
  const body: Join = {
    token,
    challengeId: opened.challengeId,
    response: await passkey.create({
      challenge,
      rpId: RP_ID,
      origin: STAFF_ORIGIN,
      user: userOf(opened.options),
    }),
    name: named.name,
    nameSalt: named.salt,
    keys,
    slots: [passkeySlot(passkey.credentialId), sheet.slot],
    signed: await signed(newcomer, 'person.join', opened.personId, joined),
  }
  return { opened, passkey, signing, paper: sheet.paper, body }
}

/** Makes a paper slot, and the values that a sign-in with its sheet sends. */
export async function sheetSlot(): Promise<{ slot: NewSlot; paper: PaperSignIn }> {
  const [lookup, proof] = [randomBytes(16), randomBytes(32)]
  const slot: NewSlot = {
    id: noise(16),
    kind: 'passphrase',
    credentialId: null,
    salt: noise(16),
    memoryKib: 65536,
    passes: 3,
    sealedMaster: noise(60),
    paper: { lookupHash: toB64(await sha256(lookup)), proofHash: toB64(await sha256(proof)) },
  }
  return { slot, paper: { lookup: toB64(lookup), proof: toB64(proof) } }
}

export const passkeySlot = (credentialId: string): NewSlot => ({
  id: noise(16),
  kind: 'prf',
  credentialId,
  salt: noise(16),
  memoryKib: 0,
  passes: 0,
  sealedMaster: noise(60),
  paper: null,
})

/** A person, with the keys used for joining. */
export type Joined = Person & { keys: Join['keys'] }

/** Makes a person join and then wait. */
export async function newcomer(...roles: Role[]): Promise<Joined> {
  const { passkey, signing, paper, body } = await joining(await invitation(roles))
  const answer = await asStaff('invitations/accept', 'POST', body)
  const me = Me.parse(await answer.json())
  return { id: me.id, cookie: cookieOf(answer), passkey, signing, paper, keys: body.keys }
}

/** Makes a confirmed person. Writes the confirmation into the table without a ledger row. */
export async function person(...roles: Role[]): Promise<Joined> {
  const waiting = await newcomer(...roles)
  await db.prepare('UPDATE people SET roles = offered WHERE id = ?').bind(fromB64(waiting.id)).run()
  if (roles.includes('intake'))
    await db
      .prepare('INSERT INTO intake_keys (person, epoch, sealed) VALUES (?, 1, ?)')
      .bind(fromB64(waiting.id), randomBytes(1306))
      .run()
  return waiting
}

export const cookieOf = (answer: Response): string =>
  (answer.headers.get('set-cookie') ?? '').split(';', 1).join('')

/** Reads the newest ledger row. */
export async function ledgerHead(): Promise<LedgerHead> {
  const { seq, hash } = await findLast(deps.db, null)
  return { n: seq, hash: toB64(hash) }
}

/** Writes a statement at the head of its chain. */
export async function statementOf(
  actor: string,
  action: Action,
  subject: string,
  change: string,
  changes: Partial<Statement> = {},
): Promise<string> {
  const isCase = isCaseAction(action)
  const statement: Statement = {
    v: STATEMENT_VERSION,
    actor,
    action,
    subject,
    at: isCase ? dayOf(Date.now()) : minuteOf(Date.now()),
    changeHash: toB64(await sha256(utf8(change))),
    prev: toB64(await chainHead(deps.db, isCase ? fromB64(subject) : null)),
    ...(isCase && { ledger: await ledgerHead() }),
    ...changes,
  }
  return JSON.stringify(statement)
}

export const signatureOf = async (
  { privateKey }: SigningPair,
  statement: string,
): Promise<string> => {
  const { action } = Statement.parse(JSON.parse(statement))
  return toB64(await signBytes(privateKey, statementMessage(chainOf(action), statement)))
}

export async function signed(
  { id, signing }: Pick<Person, 'id' | 'signing'>,
  action: Action,
  subject: string,
  plainChange: unknown,
): Promise<SignedChange> {
  const change = JSON.stringify(plainChange)
  const statement = await statementOf(id, action, subject, change)
  return { change, statement, signature: await signatureOf(signing, statement) }
}

export const noise = (length: number): string => toB64(randomBytes(length))

/** A restart that the edge accepts and stores. Only browsers compare the rows that it contains. */
export const RESTART: LedgerRestart = {
  kept: { n: 1, hash: noise(32) },
  cut: { n: 2, hash: noise(32) },
}
