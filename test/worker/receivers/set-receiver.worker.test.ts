import { beforeEach, expect, test } from 'vitest'
import { MAX_RECEIVERS, RECEIVER_BYTES } from '#protocol/staff/receivers'
import { freshCasework } from '../support/casework.ts'
import { db, expectRefusal } from '../support/edge.ts'
import { asStaff, noise, signed, type Person } from '../support/staff.ts'

let aigul: Person
beforeEach(async () => {
  ;({ staff: aigul } = await freshCasework())
})

const set = async (id: string, generation = 1): Promise<Response> => {
  const change = { receiver: id, recordHash: noise(32) }
  const body = {
    signed: await signed(aigul, 'receiver.set', id, change),
    record: { generation, sealed: noise(12 + RECEIVER_BYTES + 16) },
  }
  return asStaff(`receivers/${id}`, 'PUT', body, aigul.cookie)
}

/** Stores receivers until the list contains this many. */
const fillTo = (count: number) =>
  db
    .prepare(
      `INSERT INTO receivers (id, generation, sealed)
        WITH RECURSIVE list(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM list WHERE n < ?)
        SELECT randomblob(16), 1, randomblob(${12 + RECEIVER_BYTES + 16}) FROM list`,
    )
    .bind(count)
    .run()

test('A full list takes no further receiver, and its own ones can still be written', async () => {
  const known = noise(16)
  await fillTo(MAX_RECEIVERS - 1)
  expect((await set(known)).status).toBe(204)
  await expectRefusal(await set(noise(16)), 409, 'receivers_full')
  expect((await set(known)).status).toBe(204)
})

test('A record under another generation than the newest is refused with chain_moved', async () => {
  await expectRefusal(await set(noise(16), 2), 409, 'chain_moved')
})
