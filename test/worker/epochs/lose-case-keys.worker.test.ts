import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CaseKeyPage } from '#protocol/staff/list/case-pages'
import { PROOF_MINUTES } from '#protocol/staff/people/slots'
import {
  addEntryAs,
  freshCasework,
  makeKeyAs,
  openTeams,
  type Casework,
} from '../support/casework.ts'
import { db, expectRefusal, rowsIn } from '../support/edge.ts'
import { asStaff, getAs, noise, person, signed, type Person } from '../support/staff.ts'

// A case has two keys under generation 1, and generation 2 is the newest.
let made: Casework
beforeEach(async () => {
  made = await freshCasework()
  for (const keyNo of [1, 2]) await makeKeyAs(made.staff, made.id, { keyNo })
  await openTeams(2)
})

interface Wrong {
  generation?: number
  total?: number
  keyNos?: number[]
  caseId?: string
}

const nameLost = async (
  by: Person,
  { generation = 1, ...wrong }: Wrong = {},
): Promise<Response> => {
  const { keyNos = [1], caseId = made.id } = wrong
  const keys = keyNos.map((keyNo) => ({ caseId, keyNo }))
  const change = { generation, total: wrong.total ?? keys.length, keys }
  const body = await signed(by, 'keys.lose', '1', change)
  return asStaff('teams/1/lost-keys', 'POST', body, by.cookie)
}

async function endFirst(): Promise<Response> {
  const body = await signed(made.staff, 'team.end', '1', { generation: 1 })
  return asStaff('teams/1/end', 'POST', body, made.staff.cookie)
}

const leftUnder = async (generation: number): Promise<number | null> =>
  CaseKeyPage.parse(await (await getAs(made.staff, `case-keys?generation=${generation}`)).json())
    .remaining

const lostNos = async (): Promise<unknown[]> =>
  (await db.prepare('SELECT key_no FROM case_keys WHERE is_lost = 1').all()).results.map(
    (row) => row['key_no'],
  )

const rowsOfLoss = async (): Promise<unknown> =>
  db
    .prepare("SELECT count(*) FROM ledger WHERE json_extract(statement, '$.action') = 'keys.lose'")
    .first('count(*)')

test('A generation ends once every key under it is re-wrapped or named as lost', async () => {
  const { staff, id } = made
  await expectRefusal(await endFirst(), 409, 'team_in_use')
  expect((await nameLost(staff)).status).toBe(204)
  expect([await lostNos(), await leftUnder(1), await rowsOfLoss()]).toEqual([[1], 1, 1])
  await expectRefusal(await endFirst(), 409, 'team_in_use')
  const keys = [{ caseId: id, keyNo: 2, sealed: noise(88) }]
  await asStaff('case-keys/rewrap', 'POST', { from: 1, to: 2, keys }, staff.cookie)
  expect((await endFirst()).status).toBe(204)
  expect([await leftUnder(2), await rowsIn('case_keys')]).toEqual([1, 2])
})

test('A case with a lost key goes on under the next number', async () => {
  const { staff, id } = made
  expect((await nameLost(staff, { keyNos: [1, 2] })).status).toBe(204)
  expect((await endFirst()).status).toBe(204)
  expect((await makeKeyAs(staff, id, { keyNo: 3, generation: 2 })).status).toBe(201)
  expect((await addEntryAs(staff, id, { keyNo: 3 })).status).toBe(201)
})

test('A lost key is no longer re-wrapped', async () => {
  const { staff, id } = made
  await nameLost(staff)
  const keys = [{ caseId: id, keyNo: 1, sealed: noise(88) }]
  await asStaff('case-keys/rewrap', 'POST', { from: 1, to: 2, keys }, staff.cookie)
  expect([await leftUnder(2), await lostNos()]).toEqual([0, [1]])
})

describe('A refused statement of lost keys changes nothing', () => {
  const expectNothing = async (): Promise<void> =>
    expect([await lostNos(), await rowsOfLoss()]).toEqual([[], 0])

  test('An admin without intake gets not_allowed', async () => {
    await expectRefusal(await nameLost(await person('admin')), 403, 'not_allowed')
    await expectNothing()
  })

  test('An old proof of presence gets prove_again', async () => {
    try {
      vi.useFakeTimers({ now: Date.now() + PROOF_MINUTES * 60_000, toFake: ['Date'] })
      await expectRefusal(await nameLost(made.staff), 403, 'prove_again')
    } finally {
      vi.useRealTimers()
    }
    await expectNothing()
  })

  test('Another generation, a key named twice and a wrong total are malformed', async () => {
    for (const wrong of [{ generation: 2 }, { keyNos: [1, 1] }, { total: 2 }, { keyNos: [] }])
      await expectRefusal(await nameLost(made.staff, wrong), 400, 'malformed')
    await expectNothing()
  })

  test('A change that the person has not signed gets signature_refused', async () => {
    const other = await person('intake')
    const change = { generation: 1, total: 1, keys: [{ caseId: made.id, keyNo: 1 }] }
    const body = await signed(other, 'keys.lose', '1', change)
    const answer = await asStaff('teams/1/lost-keys', 'POST', body, made.staff.cookie)
    await expectRefusal(answer, 403, 'signature_refused')
    await expectNothing()
  })

  test('One key that is not under the generation gets chain_moved for all of them', async () => {
    for (const wrong of [{ keyNos: [1, 3] }, { caseId: noise(16) }])
      await expectRefusal(await nameLost(made.staff, wrong), 409, 'chain_moved')
    await expectNothing()
  })

  test('A key of the newest generation, or a lost one, gets chain_moved', async () => {
    await db.prepare('DELETE FROM teams WHERE generation = 2').run()
    await expectRefusal(await nameLost(made.staff), 409, 'chain_moved')
    await expectNothing()
    await openTeams(2)
    await nameLost(made.staff)
    await expectRefusal(await nameLost(made.staff), 409, 'chain_moved')
    expect(await rowsOfLoss()).toBe(1)
  })
})
