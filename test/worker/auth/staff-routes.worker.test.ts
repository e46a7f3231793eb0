// Tries each staff route with each role, without a session, and with an old proof of presence. The
// file staff-objects.worker.test.ts tries the routes with other people's objects and with missing
// ones.
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { edge } from '#worker/http/router'
import { db, expectRefusal } from '../support/edge.ts'
import { everything, ROWS } from '../support/routes/matrix.ts'
import { existingId, nameOfRow, type Row } from '../support/routes/row.ts'
import { makeWorld, SHORT, type World } from '../support/routes/world.ts'
import { asStaff, noise } from '../support/staff.ts'

let people: World['people']
beforeAll(async () => {
  people = (await makeWorld()).people
})

const guarded = ROWS.filter(({ roles }) => roles !== null)
const named = (rows: readonly Row[]) => rows.map((row) => [nameOfRow(row), row] as const)

describe('the matrix', () => {
  const routes = edge.routes.filter(
    ({ method, path }) => method !== 'ALL' && path.startsWith('/api/staff/'),
  )
  const rowsOf = ({ method, path }: { method: string; path: string }): Row[] => {
    const matcher = new RegExp(`^${method} ${path.replace(/:\w+/g, '[^/]+')}$`)
    return ROWS.filter((row) =>
      matcher.test(`${row.method} /api/staff/${row.path(SHORT).split('?')[0] ?? ''}`),
    )
  }

  test('R21: Every staff route of the edge is listed in this matrix', () => {
    const missing = routes.filter((route) => rowsOf(route).length === 0)
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
    expect(routes.length).toBeGreaterThan(30)
  })

  test('R21: Every route with an object in its address names the object', () => {
    const without = routes.filter(
      (route) => route.path.includes(':') && rowsOf(route).every(({ object }) => object === null),
    )
    expect(without.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  })
})

describe('a request without a session', () => {
  test.each(named(guarded))(
    'R21: %s without a session is refused with signed_out and changes nothing',
    async (_name, row) => {
      const id = await existingId(people.both, row)
      const wanted = await row.body?.(people.both, id)
      const before = await everything()
      for (const cookie of ['', `__Host-oasis=${noise(32)}`])
        await expectRefusal(
          await asStaff(row.path(id), row.method, wanted, cookie),
          401,
          'signed_out',
        )
      expect(await everything()).toBe(before)
    },
  )
})

describe('a role that is not allowed', () => {
  test.each(
    named(guarded).flatMap(([name, row]) =>
      (['admin', 'intake', 'caseworker', 'waiting'] as const)
        .filter((role) => !row.roles?.includes(role))
        .map((role) => [name, role, row] as const),
    ),
  )(
    'R21: %s by the role %s is refused with not_allowed and changes nothing',
    async (_name, role, row) => {
      const who = people[role]
      const id = await existingId(who, row)
      const wanted = await row.body?.(who, id)
      const before = await everything()
      const answer = await asStaff(row.path(id), row.method, wanted, who.cookie)
      await expectRefusal(answer, 403, 'not_allowed')
      expect(await everything()).toBe(before)
    },
  )
})

describe('an old proof of presence', () => {
  /** Sends the call as an allowed person, after every proof has expired. */
  async function callLate(row: Row): Promise<{ answer: Response; isUnchanged: boolean }> {
    const who = people[row.roles?.[0] ?? 'both']
    const id = await existingId(who, row)
    const wanted = await row.body?.(who, id)
    await db.prepare('UPDATE sessions SET proven_at = 0').run()
    const before = await everything()
    const answer = await asStaff(row.path(id), row.method, wanted, who.cookie)
    return { answer, isUnchanged: (await everything()) === before }
  }
  afterEach(async () => {
    await db.prepare('UPDATE sessions SET proven_at = ?').bind(Date.now()).run()
  })

  test.each(named(guarded.filter(({ needsProof }) => needsProof)))(
    'R51: %s with an old proof of presence is refused with prove_again and changes nothing',
    async (_name, row) => {
      const { answer, isUnchanged } = await callLate(row)
      await expectRefusal(answer, 403, 'prove_again')
      expect(isUnchanged).toBe(true)
    },
  )

  test.each(named(guarded.filter(({ needsProof }) => !needsProof)))(
    '%s asks for no proof of presence',
    async (_name, row) => {
      const { answer } = await callLate(row)
      if (answer.status === 403) expect(await answer.text()).not.toContain('prove_again')
    },
  )
})

describe('a role that is allowed', () => {
  test.each(
    named(guarded)
      .filter(([, row]) => row.method === 'GET')
      .flatMap(([name, row]) => (row.roles ?? []).map((role) => [name, role, row] as const)),
  )('R21: %s by the role %s is answered with 200', async (_name, role, row) => {
    const who = people[role]
    const answer = await asStaff(row.path(await existingId(who, row)), 'GET', undefined, who.cookie)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  // The file staff-objects.worker.test.ts tests requests with an object, for each kind of object.
  test.each(
    named(guarded)
      .filter(([, row]) => row.method !== 'GET' && row.object === null)
      .flatMap(([name, row]) => (row.roles ?? []).map((role) => [name, role, row] as const)),
  )('R21: %s by the role %s is not refused for the role', async (_name, role, row) => {
    const who = people[role]
    const answer = await asStaff(row.path(''), row.method, await row.body?.(who, ''), who.cookie)
    expect(await answer.text()).not.toMatch(/not_allowed|signed_out/)
  })
})
