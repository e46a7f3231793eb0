import { beforeEach, describe, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { ChainHead } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import { chainHead } from '#worker/store/ledger/chain-rows'
import { parseB64 } from '#worker/parse'
import { rowsOfWholeChain, today } from '../support/chains.ts'
import { db, deps, expectRefusal, freshEdge, idOf, sealed, submit } from '../support/edge.ts'
import { asStaff, getAs, noise, person, signed, type Person } from '../support/staff.ts'
import { addEntryAs, makeKeyAs, openedBy, sendSigned, take } from '../support/casework.ts'

// ledger:          Айгүл joins ── an admin joins ── another admin joins
// case log of id:  new → in_progress ── in_progress → closed ── closed → new
let staff: Person
let id: string

beforeEach(async () => {
  const org = await freshEdge()
  staff = await person('intake')
  await person('admin')
  await person('admin')
  const envelope = await sealed(org)
  await submit(envelope)
  id = await idOf(envelope)
  for (const [from, to] of [
    ['new', 'in_progress'],
    ['in_progress', 'closed'],
    ['closed', 'new'],
  ] as const) {
    const body = await signed(staff, 'status.set', id, {
      from,
      to,
      followUps: 0,
      ...(to === 'closed' && { reason: 'helped' }),
    })
    expect((await sendSigned(staff, 'status.set', id, body)).status).toBe(204)
  }
})

const CHAINS = [
  ['ledger', 'seq', 'seq, zeroblob(32)', '99, prev_hash'],
  ['case_log', 'n', 'case_id, n, zeroblob(32)', 'case_id, n, prev_hash'],
] as const

describe.each(CHAINS)('the table %s', (table, place, sameNumber, sameHead) => {
  test(`R25: The table ${table} refuses an update and a deletion`, async () => {
    await expect(db.exec(`UPDATE ${table} SET statement = '{}'`)).rejects.toThrow(/never changed/)
    await expect(db.exec(`DELETE FROM ${table}`)).rejects.toThrow(/never deleted/)
    await expect(
      db.exec(`UPDATE OR REPLACE ${table} SET ${place} = 1 WHERE ${place} = 2`),
    ).rejects.toThrow(/never changed/)
  })

  test.each(['INSERT', 'INSERT OR REPLACE', 'INSERT OR IGNORE', 'REPLACE'])(
    `R25: The table ${table} refuses by %s a second row in place of another`,
    async (insert) => {
      for (const columns of [sameNumber, sameHead])
        await expect(
          db.exec(
            `${insert} INTO ${table} SELECT ${columns}, hash, change, '{}', signature, actor` +
              ` FROM ${table} WHERE ${place} = 2`,
          ),
        ).rejects.toThrow(/never replaced/)
    },
  )

  test(`R25: The table ${table} refuses an upsert`, async () => {
    await expect(
      db.exec(
        `INSERT INTO ${table} SELECT * FROM ${table} WHERE ${place} = 2` +
          " ON CONFLICT DO UPDATE SET statement = '{}'",
      ),
    ).rejects.toThrow(/never replaced/)
  })
})

test('The ledger and a case log are whole after changes of each', async () => {
  expect([await rowsOfWholeChain(), await rowsOfWholeChain(id)]).toEqual([3, 3])
})

test('A case log tells the day of a change, and no hour', async () => {
  const { results } = await db
    .prepare('SELECT statement FROM case_log')
    .all<{ statement: string }>()
  const days = results.map(({ statement }) => Statement.parse(JSON.parse(statement)).at)
  expect(days).toEqual([today(), today(), today()])
})

test('R25: A signed change is accepted once, and its replay gets chain_moved', async () => {
  const taken = await signed(staff, 'status.set', id, take)
  expect((await sendSigned(staff, 'status.set', id, taken)).status).toBe(204)
  const back = await signed(staff, 'status.set', id, {
    from: 'in_progress',
    to: 'new',
    followUps: 0,
  })
  expect((await sendSigned(staff, 'status.set', id, back)).status).toBe(204)
  await expectRefusal(await sendSigned(staff, 'status.set', id, taken), 409, 'chain_moved')
  expect(await rowsOfWholeChain(id)).toBe(5)
})

test('A member of intake reads the heads of both chains, and nobody else does', async () => {
  const headOf = async (path: string) =>
    ChainHead.parse(await (await getAs(staff, path)).json()).head
  expect(await headOf('ledger/head')).toBe(toB64(await chainHead(deps.db, null)))
  expect(await headOf(`reports/${id}/head`)).toBe(toB64(await chainHead(deps.db, parseB64(id))))
  await expectRefusal(await asStaff('ledger/head'), 401, 'signed_out')
  await expectRefusal(await getAs(staff, 'reports/x/head'), 400, 'malformed')
})

test('Six colleagues who write at once all keep their notes, each under its own row', async () => {
  await makeKeyAs(staff, id)
  const answers = await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async () => {
      for (;;) {
        const answer = await addEntryAs(staff, id)
        if (answer.status !== 409) return answer
      }
    }),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201))
  expect(await rowsOfWholeChain(id)).toBe(10)
  expect((await openedBy(staff, id)).entries.map(({ n }) => n)).toEqual([5, 6, 7, 8, 9, 10])
})

test('A trigger keeps the last row of each log as its head', async () => {
  const heads = 'SELECT n, hash FROM case_heads'
  const newest = 'SELECT n, hash FROM case_log ORDER BY n DESC LIMIT 1'
  expect((await db.prepare(heads).all()).results).toEqual((await db.prepare(newest).all()).results)
})

test('Changes of two cases do not wait for each other', async () => {
  const other = await sealed(await freshEdge())
  const colleague = await person('intake')
  await submit(other)
  const otherId = await idOf(other)
  const missing = noise(16)
  const body = await signed(colleague, 'status.set', otherId, take)
  await signed(colleague, 'status.set', missing, take)
  expect((await sendSigned(colleague, 'status.set', otherId, body)).status).toBe(204)
  expect([await rowsOfWholeChain(), await rowsOfWholeChain(otherId)]).toEqual([1, 1])
})
