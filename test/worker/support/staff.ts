// Imitates members of the staff, who join by an invitation, sign in and sign changes.
import { dayOf } from '#protocol/time'
import { randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/manifest'
import { auditMessage, type Action, type SignedChange, type Statement } from '#protocol/staff/audit'
import {
  Challenge,
  InvitationOpened,
  joinedChange,
  Me,
  type Join,
  type Role,
  type SealedIntake,
} from '#protocol/staff/people'
import { hpkePair, signingPair, type SigningPair } from '#test/protocol/support/organisation.ts'
import { authenticator, type Authenticator } from './authenticator.ts'
import { auditHead } from '#worker/store/audit'
import { ask, db, deps, ORIGIN } from './edge.ts'

export const RP_ID = new URL(ORIGIN).hostname

export interface Person {
  id: string
  cookie: string
  passkey: Authenticator
  signing: SigningPair
}

/** Encodes a body for the wire: bytes as they are, another value as JSON. */
export const sentAs = (body: unknown): { body: BodyInit; type: string } =>
  isBytes(body)
    ? { body, type: 'application/octet-stream' }
    : { body: JSON.stringify(body), type: 'application/json' }

const isBytes = (body: unknown): body is Bytes => body instanceof Uint8Array

/** Sends a request to the staff API, as our own page does. */
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
      origin: ORIGIN,
      'content-type': sentAs(body).type,
      ...(cookie && { cookie }),
      ...headers,
    },
  })

export const getAs = ({ cookie }: Person, path: string): Promise<Response> =>
  asStaff(path, 'GET', undefined, cookie)

/** Stores an invitation, as the organisation's script does, and returns its token. */
export async function invitation(roles: Role[], expiresDay = dayOf(Date.now() + 86_400_000)) {
  const token = randomBytes(32)
  const keys: SealedIntake[] = roles.includes('intake')
    ? [{ epoch: 1, sealed: toB64(randomBytes(180)) }]
    : []
  await db
    .prepare(
      'INSERT INTO invitations (token_hash, roles, sealed_intake, expires_day) VALUES (?, ?, ?, ?)',
    )
    .bind(await sha256(token), JSON.stringify(roles), JSON.stringify(keys), expiresDay)
    .run()
  return toB64(token)
}

export interface Joining {
  opened: InvitationOpened
  passkey: Authenticator
  signing: SigningPair
  body: Join
}

export const challengeOf = (options: Record<string, unknown>): string =>
  String(options['challenge'])

/** Asks for a challenge to sign in. */
export async function newChallenge() {
  const answer = await asStaff('sign-in/options', 'POST', {})
  const { challengeId, options } = Challenge.parse(await answer.json())
  return { challengeId, challenge: challengeOf(options) }
}

/** Prepares the request of a newcomer, without sending it. */
export async function joining(token: string): Promise<Joining> {
  const answer = await asStaff('invitations/open', 'POST', { token })
  const opened = InvitationOpened.parse(await answer.json())
  const [passkey, signing, sealing] = await Promise.all([
    authenticator(),
    signingPair(),
    hpkePair(),
  ])
  const challenge = challengeOf(opened.options)
  const keys = {
    hpkePublic: toB64(sealing.publicKey),
    signPublic: toB64(signing.publicKey),
    sealedPrivate: toB64(randomBytes(400)),
  }
  const slot = { salt: toB64(randomBytes(16)), sealedMaster: toB64(randomBytes(60)) }
  const statement = await statementOf(
    opened.personId,
    'person.join',
    opened.personId,
    joinedChange(keys),
  )
  const body: Join = {
    token,
    challengeId: opened.challengeId,
    response: await passkey.create({
      challenge,
      rpId: RP_ID,
      origin: ORIGIN,
      user: opened.personId,
    }),
    name: 'Айгүл',
    keys,
    slots: [
      {
        ...slot,
        id: toB64(randomBytes(16)),
        kind: 'prf',
        credentialId: passkey.credentialId,
        memoryKib: 0,
        passes: 0,
      },
      {
        ...slot,
        id: toB64(randomBytes(16)),
        kind: 'passphrase',
        credentialId: null,
        memoryKib: 65536,
        passes: 3,
      },
    ],
    intake: opened.sealedIntake,
    statement,
    signature: await signatureOf(signing, statement),
  }
  return { opened, passkey, signing, body }
}

export async function person(...roles: Role[]): Promise<Person> {
  const { passkey, signing, body } = await joining(await invitation(roles))
  const answer = await asStaff('invitations/accept', 'POST', body)
  const me = Me.parse(await answer.json())
  return { id: me.id, cookie: cookieOf(answer), passkey, signing }
}

export const cookieOf = (answer: Response): string =>
  (answer.headers.get('set-cookie') ?? '').split(';', 1).join('')

export async function statementOf(
  actor: string,
  action: Action,
  subject: string,
  change: string,
  at = new Date().toISOString(),
): Promise<string> {
  const statement: Statement = {
    v: 1,
    actor,
    action,
    subject,
    at,
    changeHash: toB64(await sha256(utf8(change))),
    prev: action === 'person.join' ? null : toB64(await auditHead(deps.db)),
  }
  return JSON.stringify(statement)
}

export const signatureOf = async (
  { privateKey }: SigningPair,
  statement: string,
): Promise<string> => toB64(await signBytes(privateKey, auditMessage(statement)))

export async function signed(
  { id, signing }: Person,
  action: Action,
  subject: string,
  plainChange: unknown,
): Promise<SignedChange> {
  const change = JSON.stringify(plainChange)
  const statement = await statementOf(id, action, subject, change)
  return { change, statement, signature: await signatureOf(signing, statement) }
}

export const noise = (length: number): string => toB64(randomBytes(length))
