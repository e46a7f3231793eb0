// Reads the chains of the test database, and makes an organisation whose ledger is complete.
import { dayOf, minuteOf } from '#protocol/time'
import { fromB64, sameBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { isSignedBy, signBytes } from '#protocol/keys/signatures'
import { NO_ROW, rowHash, statementMessage, type SignedChange } from '#protocol/staff/chain'
import { Statement, STATEMENT_VERSION } from '#protocol/staff/statement'
import { chainOf, type LedgerAction } from '#protocol/staff/actions'
import type { Role } from '#protocol/staff/fields'
import { rootIdOf, type PersonCertify } from '#protocol/staff/ledger/rows'
import { nameHashOf } from '#protocol/staff/people/person-name'
import { chainHead } from '#worker/store/ledger/chain-rows'
import { db, deps, type Organisation } from './edge.ts'
import { asStaff, cookieOf, joining, noise, type Person } from './staff.ts'

interface StoredRow {
  prev_hash: number[]
  hash: number[]
  statement: string
  signature: number[]
  actor: number[]
}

const bytes = (stored: number[]): Bytes => Uint8Array.from(stored)

/**
 * Walks a chain with the signing keys of the `people` table.
 *
 * @param caseId  base64url id of a case; by default the ledger
 * @returns the number of rows, or null when a row is broken
 */
export async function rowsOfWholeChain(caseId?: string): Promise<number | null> {
  const keys = new Map<string, Bytes>()
  const people = await db.prepare('SELECT id, sign_public FROM people').all<{
    id: number[]
    sign_public: number[]
  }>()
  for (const { id, sign_public } of people.results) keys.set(toB64(bytes(id)), bytes(sign_public))
  const query =
    caseId === undefined
      ? db.prepare('SELECT * FROM ledger ORDER BY seq')
      : db.prepare('SELECT * FROM case_log WHERE case_id = ? ORDER BY n').bind(fromB64(caseId))
  let head = NO_ROW
  let rows = 0
  for (const row of (await query.all<StoredRow>()).results) {
    const { statement } = row
    const said = Statement.parse(JSON.parse(statement))
    const key = keys.get(said.actor)
    const signature = bytes(row.signature)
    const isWhole =
      key !== undefined &&
      said.actor === toB64(bytes(row.actor)) &&
      said.prev === toB64(head) &&
      sameBytes(bytes(row.prev_hash), head) &&
      sameBytes(bytes(row.hash), await rowHash(head, { statement, signature })) &&
      (await isSignedBy(key, signature, statementMessage(chainOf(said.action), statement)))
    if (!isWhole) return null
    head = bytes(row.hash)
    rows += 1
  }
  return rows
}

/** Signs a change to the ledger as the root. */
export async function signedByRoot(
  { root }: Organisation,
  action: LedgerAction,
  subject: string,
  plainChange: unknown,
): Promise<SignedChange> {
  const change = JSON.stringify(plainChange)
  const statement = JSON.stringify({
    v: STATEMENT_VERSION,
    actor: await rootIdOf(root.publicKey),
    action,
    subject,
    at: minuteOf(Date.now()),
    changeHash: toB64(await sha256(utf8(change))),
    prev: toB64(await chainHead(deps.db, null)),
  } satisfies Statement)
  const signature = await signBytes(root.privateKey, statementMessage('ledger', statement))
  return { change, statement, signature: toB64(signature) }
}

/** Inserts a row signed by the root, as `npm run org` does. */
async function insertAsRoot(
  org: Organisation,
  action: LedgerAction,
  subject: string,
  plainChange: unknown,
): Promise<void> {
  const signed = await signedByRoot(org, action, subject, plainChange)
  const prev = await chainHead(deps.db, null)
  const signature = fromB64(signed.signature)
  const hash = await rowHash(prev, { statement: signed.statement, signature })
  await db
    .prepare(
      `INSERT INTO ledger (prev_hash, hash, change, statement, signature, actor)
      VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .bind(
      prev,
      hash,
      signed.change,
      signed.statement,
      signature,
      fromB64(await rootIdOf(org.root.publicKey)),
    )
    .run()
}

/** Writes the first row of an organisation's ledger. */
export const beginLedger = async ({ root, ...org }: Organisation): Promise<void> =>
  insertAsRoot({ root, ...org }, 'org.begin', await rootIdOf(root.publicKey), {
    root: toB64(root.publicKey),
    recovery: noise(HYBRID_KEY_BYTES),
  })

/** Makes the first member join with an invitation from the root, without the certificate. */
export async function firstMember(
  org: Organisation,
  token: string,
  roles: Role[] = ['admin', 'intake'],
): Promise<Person & { own: Omit<PersonCertify, 'roles'> }> {
  const hash = await sha256(fromB64(token))
  const tokenHash = toB64(hash)
  const expiresAt = Date.now() + 3_600_000
  await insertAsRoot(org, 'invitation.create', tokenHash, { tokenHash, roles, expiresAt })
  await db
    .prepare(
      'INSERT INTO invitations (token_hash, roles, expires_at, row_hash) VALUES (?, ?, ?, ?)',
    )
    .bind(hash, JSON.stringify(roles), expiresAt, await chainHead(deps.db, null))
    .run()
  const { opened, passkey, signing, paper, body } = await joining(token)
  const answer = await asStaff('invitations/accept', 'POST', body)
  const { signPublic, hpkePublic } = body.keys
  const nameHash = await nameHashOf({ name: body.name, salt: body.nameSalt })
  return {
    id: opened.personId,
    cookie: cookieOf(answer),
    passkey,
    signing,
    paper,
    own: { signPublic, hpkePublic, nameHash },
  }
}

export const today = (): string => dayOf(Date.now())
