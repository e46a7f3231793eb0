// Tests that nobody can choose a newcomer's digits by signing a row repeatedly. The browser uses
// only the row in the link, and a row with new keys does not change any digit.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { digitsOf } from '#protocol/staff/people/digits'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import { type OpenInvitation } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { makeInvitation, signedInvitation, type NewInvitation } from '#site/staff/crypto/invite.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { joinOrganisation } from '#site/staff/join/join-organisation.ts'
import { findOwnJoin } from '#site/staff/join/own-join.ts'
import { verifyLedger } from '#site/staff/ledger/verify-ledger.ts'
import { LedgerWriter, writer, type Writer } from '#test/protocol/support/ledger.ts'
import { memoryStorage } from '../support/memory-storage.ts'
import { staffed, type Staffed } from '../support/people.ts'

const TRIES = 8

let staff: Staffed, aigul: Writer, bermet: Writer
/** the ledgers before and after the invitation row that the link contains */
let ledger: LedgerWriter, held: LedgerWriter
let invitation: NewInvitation
/** the link that the admin gave to the newcomer */
let link: OpenInvitation

beforeAll(async () => {
  ;[staff, aigul, bermet] = await Promise.all([staffed(), writer(), writer()])
  ledger = await LedgerWriter.begin(Date.now())
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.certify(bermet, 'intake')
  invitation = await makeInvitation(['intake'], Date.now())
  held = await invited()
  const row = held.rows.at(-1)
  if (!row) throw new Error('the row of the invitation is missing')
  const { token, row: hash } = await signedInvitation(invitation, row)
  link = { token, row: hash }
})
beforeEach(() => vi.stubGlobal('localStorage', memoryStorage()))
afterEach(() => vi.unstubAllGlobals())

/** Signs the same invitation again. Each new signature changes the row hash. */
async function invited(): Promise<LedgerWriter> {
  const copy = ledger.copy()
  const { change } = invitation
  await copy.add(aigul, 'invitation.create', change.tokenHash, change)
  return copy
}

/**
 * Has a newcomer join. The host learns the keys, and then continues with a ledger of its choice.
 */
async function joinIn(chooseLedger: () => Promise<LedgerWriter>) {
  const made = await makeKeys()
  const { id: personId } = staff.me
  const opened = { challengeId: toB64(new Uint8Array(56)), options: {}, personId }
  const offer = { ...opened, roles: ['intake' as const], head: toB64(held.head) }
  const rows: LedgerRow[] = []
  vi.stubGlobal('fetch', async (path: string, { body = '' }: { body?: string }) => {
    if (path.endsWith('/open')) {
      const chosen = await chooseLedger()
      rows.push(...chosen.rows)
      return Response.json({ ...offer, head: toB64(chosen.head) })
    }
    // The first refusal makes the browser sign again.
    if (rows.length === 0) return Response.json({ error: { code: 'chain_moved' } }, { status: 409 })
    const { signed } = JSON.parse(body) as { signed: LedgerRow }
    rows.push(signed)
    return Response.json({ ...staff.me, roles: [] })
  })
  await joinOrganisation({
    invitation: { opened: offer, link },
    ...{ name: 'Чолпон', made, slots: [], passkey: { response: {} } },
  })
  const verified = await verifyLedger(() => Promise.resolve(rows), ledger.rootKey)
  return { keys: { personId, publicKeys: made.keys }, rows, verified }
}

test('R33: A newcomer shows no digits over another row than the one of the link', async () => {
  for (let tried = 0; tried < TRIES; tried++) {
    const { rows, verified } = await joinIn(invited)
    // The app then tells the newcomer that the digits must not be read out: see useConfirmation.
    expect(verified).toMatchObject({ is: 'broken', at: rows.length })
  }
})

test('The newcomer of an honest host shows the digits over the row of the link', async () => {
  const { keys, rows, verified } = await joinIn(() => Promise.resolve(held))
  expect(verified.is).toBe('whole')
  const { digits } = await findOwnJoin({ roster: verified.roster, rows }, keys)
  expect(digits).toEqual(await digitsOf(held.head, keys.publicKeys))
})

test('R33: A thief who signs the row of new keys again does not change any digit', async () => {
  const renewed = await writer()
  const keys = { personId: bermet.id, publicKeys: renewed.keys }
  const shown = new Set<string>()
  for (let tried = 0; tried < TRIES; tried++) {
    const copy = ledger.copy()
    await copy.add(bermet, 'person.rekey', bermet.id, renewed.keys)
    const { roster } = await replayLedger(copy.rows, copy.rootKey)
    shown.add((await findOwnJoin({ roster, rows: copy.rows }, keys)).digits.join(' '))
  }
  const alone = await digitsOf(new Uint8Array(32), renewed.keys)
  expect([...shown]).toEqual([alone.join(' ')])
})
