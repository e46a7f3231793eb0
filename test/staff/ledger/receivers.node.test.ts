// Tests receivers in the real worker: who can open them, what a server can change, and a departure.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { ReceiverSet } from '#protocol/staff/receivers'
import { departureSteps } from '#site/staff/departure/departure.ts'
import { sendRemoval } from '#site/staff/people/send-confirmation.ts'
import { readReceivers, receiverHashIn, sendReceiver } from '#site/staff/ledger/receivers.ts'
import { type Receiver } from '#site/staff/crypto/receiver.ts'
import { Office, type Reader } from '../departure/support/office.ts'

const SHELTER: Receiver = {
  ...{ v: 1, name: 'Баш калка', kind: 'organisation', place: 'Ош', contact: '0555' },
}
const POLICE: Receiver = { v: 1, name: 'Милиция', kind: 'authority', place: '', contact: '102' }
const [shelter, police] = [toB64(randomBytes(16)), toB64(randomBytes(16))]
let office: Office
let keeper: Reader, colleague: Reader, leaver: Reader

beforeEach(async () => {
  office = await Office.open(1)
  ;[keeper, colleague, leaver] = office.readers
  await set(keeper, shelter, SHELTER)
  await set(colleague, police, POLICE)
})
afterEach(() => {
  office.edge.close()
  vi.unstubAllGlobals()
})

const set = (by: Reader, id: string, record: Receiver | null) =>
  office.as(by, ({ by: { keys, roster } }) =>
    sendReceiver(
      { keys, nextRoster: office.nextRoster },
      { id, base: receiverHashIn(roster, id) },
      record,
    ),
  )
const read = (by: Reader) => office.as(by, ({ by: reader }) => readReceivers(reader))
const names = async (by: Reader) => (await read(by)).map(({ record }) => record?.name ?? null)
const change = (sql: string) => office.edge.rows(sql)

test('Every reader opens every record, and the ledger has no word of it', async () => {
  expect((await read(leaver)).map(({ record }) => record)).toEqual([SHELTER, POLICE])
  const rows = JSON.stringify(change('SELECT change FROM ledger'))
  for (const word of ['калка', 'Ош', '0555']) expect(rows).not.toContain(word)
})

test('A caseworker gets no record', async () => {
  const asked = office.as(office.caseworker, ({ by }) => readReceivers(by))
  await expect(asked).rejects.toMatchObject({ code: 'not_allowed' })
})

test('A deleted record is gone at the edge and on the list, and can be written again', async () => {
  await set(colleague, shelter, null)
  expect(await names(keeper)).toEqual(['Милиция'])
  expect(change('SELECT id FROM receivers')).toHaveLength(1)
  await expect(set(colleague, shelter, null)).rejects.toMatchObject({ code: 'not_found' })
  await set(keeper, shelter, { ...SHELTER, place: 'Баткен' })
  expect(await names(keeper)).toEqual(['Баш калка', 'Милиция'])
})

test('A colleague who has read an older record cannot change or delete the newer one', async () => {
  const base = (await read(colleague))[0]?.recordHash ?? null
  await set(keeper, shelter, { ...SHELTER, contact: '0777' })
  const send = (record: Receiver | null) =>
    office.as(colleague, ({ by: { keys } }) =>
      sendReceiver({ keys, nextRoster: office.nextRoster }, { id: shelter, base }, record),
    )
  await expect(send(SHELTER)).rejects.toMatchObject({ code: 'record_changed' })
  await expect(send(null)).rejects.toMatchObject({ code: 'record_changed' })
  expect((await read(colleague))[0]?.record?.contact).toBe('0777')
})

/**
 * Sends the shelter's record in the colleague's session. The first `times` rosters are older than
 * the ledger, as if the ledger had grown after the check.
 */
function sendFrom(older: Roster, times: number, record: Receiver | null) {
  const base = receiverHashIn(older, shelter)
  let asked = 0
  const nextRoster = () => (asked++ < times ? Promise.resolve(older) : office.nextRoster())
  const sent = office.as(colleague, ({ by: { keys } }) =>
    sendReceiver({ keys, nextRoster }, { id: shelter, base }, record),
  )
  return { sent, asked: () => asked }
}
const rosterNow = () => office.as(colleague, ({ by: { roster } }) => Promise.resolve(roster))

test('A record that changes between the check and the sending is not overwritten', async () => {
  const older = await rosterNow()
  await set(keeper, shelter, { ...SHELTER, contact: '0777' })
  for (const record of [SHELTER, null])
    await expect(sendFrom(older, 1, record).sent).rejects.toMatchObject({ code: 'record_changed' })
  expect((await read(colleague))[0]?.record?.contact).toBe('0777')
})

test('A receiver is signed again when only another row was faster', async () => {
  const older = await rosterNow()
  await set(keeper, police, { ...POLICE, contact: '103' })
  const { sent, asked } = sendFrom(older, 1, { ...SHELTER, contact: '0777' })
  await sent
  expect(asked()).toBe(2)
  expect((await read(keeper)).map(({ record }) => record?.contact)).toEqual(['0777', '103'])
})

test('A receiver is refused with chain_moved when colleagues are faster three times', async () => {
  const older = await rosterNow()
  await set(keeper, police, POLICE)
  const { sent, asked } = sendFrom(older, Infinity, null)
  await expect(sent).rejects.toMatchObject({ code: 'chain_moved' })
  expect(asked()).toBe(3)
})

test('A server that swaps, keeps or withholds a record shows none', async () => {
  const stored = change('SELECT hex(id) AS id, hex(sealed) AS sealed FROM receivers')
  const [one, two] = stored.map((row) => row as { id: string; sealed: string })
  change(`UPDATE receivers SET sealed = x'${two!.sealed}' WHERE id = x'${one!.id}'`)
  change(`UPDATE receivers SET sealed = x'${one!.sealed}' WHERE id = x'${two!.id}'`)
  expect(await names(keeper)).toEqual([null, null])
  for (const { id, sealed } of [one!, two!])
    change(`UPDATE receivers SET sealed = x'${sealed}' WHERE id = x'${id}'`)
  expect(await names(keeper)).toEqual(['Баш калка', 'Милиция'])
  // The hash of an older record differs from the hash in the ledger.
  await set(keeper, shelter, { ...SHELTER, contact: '0777' })
  for (const { id, sealed } of [one!, two!])
    change(`UPDATE receivers SET sealed = x'${sealed}' WHERE id = x'${id}'`)
  expect(await names(keeper)).toEqual([null, 'Милиция'])
  change('DELETE FROM receivers')
  expect(await names(keeper)).toEqual([null, null])
})

test('A departure seals every record anew, and no generation ends before that', async () => {
  await office.as(keeper, ({ by }) => sendRemoval(by.keys, by.roster, leaver.by.keys.personId))
  await office.as(keeper, async ({ by: { keys } }) => {
    const nextKeys = () => office.nextKeys(keeper)
    const steps = departureSteps({ keys, nextRoster: office.nextRoster, nextKeys })
    for (const step of steps) await step.run(() => undefined)
  })
  expect(change('SELECT DISTINCT generation FROM receivers')).toEqual([{ generation: 2 }])
  expect(change('SELECT generation FROM teams')).toEqual([{ generation: 2 }])
  expect(await names(colleague)).toEqual(['Баш калка', 'Милиция'])
})

test('A receiver set by somebody who left is in doubt until a reader sets it again', async () => {
  await set(leaver, shelter, SHELTER)
  const doubts = async () => (await read(keeper)).map(({ doubt }) => doubt)
  expect(await doubts()).toEqual([null, null])
  await office.as(keeper, ({ by }) => sendRemoval(by.keys, by.roster, leaver.by.keys.personId))
  expect(await doubts()).toEqual(['left', null])
  await set(keeper, shelter, SHELTER)
  expect(await doubts()).toEqual([null, null])
  change('DELETE FROM receivers')
  expect(await doubts()).toEqual(['closed', 'closed'])
})

test('Written again after a lost answer it is on the list once, with two rows', async () => {
  const rows = () =>
    change("SELECT change FROM ledger WHERE json_extract(statement, '$.action') = 'receiver.set'")
  const before = rows().length
  const id = toB64(randomBytes(16))
  const record = { ...SHELTER, name: 'Жаңы калка' }
  for (let tries = 0; tries < 2; tries++) await set(keeper, id, record)
  expect(await names(colleague)).toEqual(['Баш калка', 'Жаңы калка', 'Милиция'])
  const hashes = rows()
    .slice(before)
    .map(({ change: text }) => ReceiverSet.parse(JSON.parse(String(text))))
  expect(hashes.map(({ receiver }) => receiver)).toEqual([id, id])
  expect(new Set(hashes.map(({ recordHash }) => recordHash)).size).toBe(2)
})
