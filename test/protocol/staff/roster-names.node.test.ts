// Tests which rows may change a person's name, and that a newcomer is bound to one invitation.
import { beforeAll, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { nameHashOf } from '#protocol/staff/people/person-name'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Member } from '#protocol/staff/ledger/roster-state'
import { LedgerWriter, ownOf, writer, type Writer } from '../support/ledger.ts'

// root ──certifies──▶ Aigul (admin, intake), Bermet (intake)
//                       Aigul ──invites──▶ Daniyar joins and waits
let ledger: LedgerWriter
let aigul: Writer, bermet: Writer, daniyar: Writer

beforeAll(async () => {
  ;[aigul, bermet, daniyar] = await Promise.all([writer(), writer(), writer()])
  ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.certify(bermet, 'intake')
  await ledger.join(daniyar, await ledger.invite(aigul, 'intake'))
})

const noise = (): string => toB64(randomBytes(32))

async function memberAfter(copy: LedgerWriter, { id }: Writer): Promise<Member | undefined> {
  const { isWhole, roster } = await replayLedger(copy.rows, copy.rootKey)
  expect(isWhole).toBe(true)
  return roster.people.get(id)
}

const expectBroken = async (copy: LedgerWriter): Promise<void> =>
  expect(await replayLedger(copy.rows, copy.rootKey)).toMatchObject({
    isWhole: false,
    at: copy.rows.length,
  })

test('A hash of a name is SHA-256 over a label, the salt and the name', async () => {
  const named = { name: 'Айгүл', salt: toB64(new Uint8Array(16)) }
  expect(await nameHashOf(named)).toBe('_uwulGk38Vp92vQLKthqhnhMgBwSla-aVMX72z0j5rE')
  expect(await nameHashOf({ ...named, name: 'Бермет' })).not.toBe(await nameHashOf(named))
})

test('R50: The ledger names the hash of a name, and only the person changes it', async () => {
  expect(await memberAfter(ledger, daniyar)).toMatchObject({ nameHash: daniyar.nameHash })
  const copy = ledger.copy()
  const nameHash = noise()
  await copy.add(bermet, 'person.rename', bermet.id, { nameHash })
  expect(await memberAfter(copy, bermet)).toMatchObject({ nameHash, state: 'confirmed' })
  for (const [by, subject] of [
    [aigul, bermet],
    [ledger.root, bermet],
    [daniyar, daniyar],
  ] as const) {
    const other = ledger.copy()
    await other.add(by, 'person.rename', subject.id, { nameHash })
    await expectBroken(other)
  }
})

test('R50: New keys keep the name, and the root certifies only the name that joined', async () => {
  const copy = ledger.copy()
  await copy.add(bermet, 'person.rekey', bermet.id, (await writer()).keys)
  expect(await memberAfter(copy, bermet)).toMatchObject({ nameHash: bermet.nameHash })
  await copy.certify({ ...daniyar, nameHash: noise() }, 'intake')
  await expectBroken(copy)
})

test('R33: A newcomer joins only by the row that the link names', async () => {
  const copy = ledger.copy()
  const invitation = await copy.invite(aigul, 'intake')
  const newcomer = await writer()
  const change = { ...ownOf(newcomer), invitation, invitationRow: noise() }
  await copy.add(newcomer, 'person.join', newcomer.id, change)
  await expectBroken(copy)
})
