// R39: Anonymous calls store only reports, chunks of known reports and the ends of threads. An
// anonymous call that stores nothing never writes to R2 and never lists its objects, even when
// repeated.
import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { destroyBody, ownerHashOf } from '#protocol/report/receipt'
import { anonymousCalls } from '#scripts/lab/bench/anonymous-calls'
import type { Stranger } from '#scripts/lab/bench/describe-call'
import { freshKeys, reportRequest } from '#scripts/lab/bench/requests'
import { SAMPLED, sampleOf } from '#test/sample.ts'
import { edge } from '#worker/http/router'
import { countedCalls } from './support/counted-calls.ts'
import {
  ask,
  db,
  freshEdge,
  octets,
  ORIGIN,
  sealed,
  STAFF_ORIGIN,
  type Organisation,
} from './support/edge.ts'
import { keysIn } from './support/failing.ts'
import { submitWhileDown } from './support/overflow.ts'
import { newChallenge } from './support/staff.ts'

/**
 * The number of calls of each kind. Fewer calls are enough for pages and forms, which do not read
 * state. Fewer are also enough while a report waits, because every call then runs the same code.
 * `npm run soak` makes more calls in each case.
 */
const TIMES = sampleOf(30, 300)
const FEW_TIMES = sampleOf(10, 30)

let org: Organisation
let stranger: Stranger
beforeAll(async () => {
  org = await freshEdge()
  const seal: Stranger['seal'] = async (own, kind = KIND.helpForMe) =>
    sealEnvelope(
      org.manifest,
      {
        headerId: randomBytes(16),
        kind,
        danger: false,
        ownerHash: await ownerHashOf(own.lookup),
        writeHash: await sha256(own.write),
      },
      '{}',
    )
  const own = await freshKeys()
  const stored = await seal(own)
  expect((await ask('/api/reports', reportRequest(stored))).status).toBe(201)
  const { challengeId } = await newChallenge()
  stranger = { origin: ORIGIN, staffOrigin: STAFF_ORIGIN, seal, own, stored, challengeId }
  const [sentAgain] = anonymousCalls(stranger).filter(({ name }) => name === 'a chunk sent again')
  const [path, init] = (await sentAgain?.request(0)) ?? ['', {}]
  expect((await ask(path, init)).status).toBe(204)
})

/** Counts the rows of each table. */
async function tableSizes(): Promise<Record<string, number>> {
  const { results } = await db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_*'")
    .all<{ name: string }>()
  const sizes: Record<string, number> = {}
  for (const { name } of results)
    sizes[name] = (await db.prepare(`SELECT count(*) AS n FROM ${name}`).first<number>('n')) ?? NaN
  return sizes
}

interface Cost {
  status: number[]
  written: number
  classA: number
  mostB: number
}

async function costOf(
  times: number,
  request: (at: number) => Promise<[string, RequestInit]>,
): Promise<Cost> {
  const cost: Cost = { status: [], written: 0, classA: 0, mostB: 0 }
  const status = new Set<number>()
  for (let at = 0; at < times; at++) {
    const { bindings, rows, classA, classB } = countedCalls()
    const [path, init] = await request(at)
    const answer = await ask(path, init, bindings)
    await answer.arrayBuffer()
    status.add(answer.status)
    cost.written += rows.written
    cost.classA += classA()
    cost.mostB = Math.max(cost.mostB, classB())
  }
  return { ...cost, status: [...status] }
}

const stateOf = async () => [await tableSizes(), (await keysIn('')).sort()]

// The names of the calls are needed before the organisation exists.
const named = anonymousCalls({ ...({} as Stranger), stored: new Uint8Array(4096) })
const callNamed = (name: string) => {
  const found = anonymousCalls(stranger).find((call) => call.name === name)
  if (!found) throw new Error(name)
  return found
}
const namesOf = (storesNothing: boolean): string[] =>
  named.filter(({ stores }) => (stores === 'nothing') === storesNothing).map(({ name }) => name)

describe.each(['nothing', 'a report'])('while %s waits in R2', (what) => {
  beforeAll(async () => {
    if (what === 'a report') await submitWhileDown(await sealed(org))
  })
  const isNoted = (name: string): boolean => what === 'a report' && name.startsWith('end ')

  test.each(namesOf(true).filter((name) => !isNoted(name)))(
    'R39: Many calls of “%s” write no row and neither write nor list in R2',
    SAMPLED,
    async (name) => {
      const { request, status, route } = callNamed(name)
      const isFew = what === 'a report' || !/^[A-Z]+ \/api\/(?!form)/.test(route)
      const before = await stateOf()
      const cost = await costOf(isFew ? FEW_TIMES : TIMES, request)
      expect(cost).toEqual({ status: [status], written: 0, classA: 0, mostB: cost.mostB })
      expect(cost.mostB).toBeLessThanOrEqual(9)
      expect(await stateOf()).toEqual(before)
    },
  )
})

test('R39: Requests to end made-up numbers store no note above their rate limit', async () => {
  const before = await stateOf()
  const LIMIT = 60
  let notes = 0
  const limit = ({ key }: { key: string }) =>
    Promise.resolve({ success: key !== 'ends' || ++notes <= LIMIT })
  const { bindings, classA } = countedCalls()
  const limited = { ...bindings, FLOOD_MODE: 'auto', FLOOD_HIGH: { limit } }
  for (let at = 0; at < 2 * LIMIT; at++)
    await ask('/api/inbox/destroy', octets(randomBytes(48)), limited)
  expect([classA(), (await keysIn('ended/')).length]).toEqual([LIMIT, LIMIT])
  expect((await stateOf())[0]).toEqual(before[0])
}, 60_000)

test.each(namesOf(false))('R39: A call of “%s” stores only what is sent', async (name) => {
  const { request, status, stores } = callNamed(name)
  const [before, objects] = [await tableSizes(), await keysIn('')]
  expect((await costOf(3, request)).status).toEqual([status])
  const after = await tableSizes()
  const grown = Object.keys(after).filter((table) => after[table] !== before[table])
  const added = (await keysIn('')).filter((key) => !objects.includes(key))
  const folders = [...new Set(added.map((key) => key.slice(0, key.indexOf('/'))))]
  // A follow-up waits, because the waiting report may belong to its thread.
  const waits = name.startsWith('a follow-up')
  expect([grown, folders]).toEqual(
    stores === 'a chunk' ? [[], ['files']] : waits ? [[], ['overflow']] : [['reports'], []],
  )
})

test('R39: Ending a number stores no row, and one note while a report waits', async () => {
  const [before, notes] = [await tableSizes(), (await keysIn('ended/')).length]
  const ended = await ask('/api/inbox/destroy', octets(destroyBody(stranger.own)))
  expect([ended.status, await tableSizes()]).toEqual([204, before])
  expect((await keysIn('ended/')).length).toBe(notes + 1)
})

describe('the routes', () => {
  const isCall = (path: string): boolean => !path.includes('*')
  const routes = [
    ...new Set(
      edge.routes
        .filter(({ path, method }) => isCall(path) && method !== 'ALL')
        .map(({ method, path }) => `${method} ${path === '/' ? path : path.replace(/\/$/, '')}`),
    ),
  ]
  const listed = new Set(named.map(({ route }) => route))
  const ofStaff = routes.filter((route) => !listed.has(route))

  test('R39: Every route is in the list of anonymous calls or needs a session', () => {
    expect(routes.length).toBeGreaterThan(35)
    expect([...listed].filter((route) => !routes.includes(route))).toEqual([])
    expect(ofStaff.filter((route) => !route.includes(' /api/staff/'))).toEqual([])
  })

  test.each(ofStaff)('R39: %s with a made-up session stores nothing', async (route) => {
    const [method = '', pattern = ''] = route.split(' ')
    const before = await stateOf()
    const path = pattern
      .replace(':file', toB64(randomBytes(16).fill(0)) + 'AA')
      .replace(':hash', toB64(randomBytes(32)))
      .replace(':n', '0')
      .replace(':generation', '1')
      .replace(/:\w+/, toB64(randomBytes(16)))
    const isPiece = path.includes('/pieces/') && !path.endsWith('/end')
    const isBytes = isPiece || /[/-]files\//.test(path) || path.endsWith('/checkpoints')
    const cost = await costOf(FEW_TIMES, () =>
      Promise.resolve([
        path,
        {
          method,
          ...(method === 'GET' ? {} : { body: isBytes ? new Uint8Array(8208) : '{}' }),
          headers: {
            origin: STAFF_ORIGIN,
            'content-type': isBytes ? 'application/octet-stream' : 'application/json',
            cookie: `__Host-oasis=${toB64(randomBytes(32))}`,
          },
        },
      ]),
    )
    expect(cost).toMatchObject({ written: 0, classA: 0, mostB: 0 })
    expect(cost.status.every((status) => [400, 401].includes(status))).toBe(true)
    expect(await stateOf()).toEqual(before)
  })
})
