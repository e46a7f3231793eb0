import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { Rewrapping } from '#protocol/staff/list/case-pages'
import { SignedChange } from '#protocol/staff/chain'
import { KeysLose } from '#protocol/staff/ledger/keys'
import { loadReport, openAll } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { countAwaited } from '#site/staff/leaving/count-awaited.ts'
import { findDamaged, signLost } from '#site/staff/leaving/damaged-keys.ts'
import { rewrapCases } from '#site/staff/leaving/rewrap-cases.ts'
import { takeAllLetters } from '#site/staff/leaving/take-all-letters.ts'
import { CaseEdge } from '../support/case-edge.ts'
import { colleagues, openTeam, type Colleagues } from '../support/colleagues.ts'
import { openedWith, tell } from '../support/people.ts'
import { teamKey } from '../support/team.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

// Aigul holds the generations 1 and 2 of the team key. Three reports are stored.
let team: Colleagues
let by: Colleagues['aigul']
beforeAll(async () => {
  team = await colleagues()
  const held = team.aigul.keys
  const keys = { ...held, team: new Map([...held.team, [2, await teamKey(2)]]) }
  by = { keys, roster: await openTeam(team.ledger.copy(), team.writers.aigul, keys, 2) }
})

/** Reports on one page of the imitated edge. */
const PAGE = 2
let edges: Map<string, CaseEdge>
/** letters in R2 of the imitated edge */
let waiting = 0
/** bodies of `lost-keys`, oldest first */
let lost: SignedChange[] = []

beforeEach(async () => {
  edges = new Map()
  waiting = 0
  lost = []
  for (const text of ['Бир', 'Эки', 'Үч']) {
    const reported = await tell(team.staff, { text })
    edges.set(reported.id, new CaseEdge(openedWith(reported)))
  }
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) =>
    answer(path, method ?? 'GET', body as string | undefined),
  )
})
afterEach(() => vi.unstubAllGlobals())

async function answer(path: string, method: string, body?: string): Promise<Response> {
  const { pathname, searchParams } = new URL(path, 'https://oasis.example')
  if (pathname.endsWith('/letters/untaken')) return untaken(searchParams)
  if (pathname.endsWith('/case-keys')) return caseKeys(searchParams)
  if (pathname.endsWith('/lost-keys')) {
    lost.push(SignedChange.parse(JSON.parse(body ?? '')))
    return new Response(null, { status: 204 })
  }
  if (pathname.endsWith('/rewrap')) return rewrap(Rewrapping.parse(JSON.parse(body ?? '')))
  const edge = edges.get(pathname.split('/')[4] ?? '')
  return edge ? edge.answer(pathname, method, body) : new Response(null, { status: 404 })
}

/** Cuts a page out of a sorted list. */
function pageOf<Item>(items: Item[], name: (item: Item) => string, after: string | null) {
  const rest = items.filter((item) => after === null || name(item) > after)
  const page = rest.slice(0, PAGE)
  const last = page.at(-1)
  const next = last && rest.length > PAGE ? name(last) : null
  return { page, next, remaining: after === null ? items.length : null }
}

function untaken(query: URLSearchParams): Response {
  const left = [...edges].filter(([, { stored }]) => stored.taken.length === 0).map(([id]) => id)
  const { page, ...place } = pageOf(left.sort(), (id) => id, query.get('after'))
  const ofFirst = query.get('after') === null ? waiting : null
  return Response.json({ reports: page, ...place, waiting: ofFirst })
}

const allKeys = () => [...edges.values()].flatMap(({ stored }) => stored.caseKeys)

function caseKeys(query: URLSearchParams): Response {
  const under = allKeys().filter(({ generation }) => String(generation) === query.get('generation'))
  under.sort((a, b) => (a.caseId < b.caseId ? -1 : 1))
  const { page, ...place } = pageOf(under, ({ caseId }) => caseId, query.get('after'))
  return Response.json({ keys: page, ...place })
}

function rewrap({ from, to, keys }: Rewrapping): Response {
  for (const { caseId, keyNo, sealed } of keys) {
    const edge = edges.get(caseId)
    if (!edge) continue
    const rewrapped = edge.stored.caseKeys.map((key) =>
      key.keyNo === keyNo && key.generation === from ? { ...key, sealed, generation: to } : key,
    )
    edge.stored = { ...edge.stored, caseKeys: rewrapped }
  }
  return new Response(null, { status: 204 })
}

test('R36: All letters of an epoch are taken, also after a cut, with progress', async () => {
  const act = takeAllLetters(team.aigul, [1])
  expect(await act.remaining()).toBe(3)
  let asked = 0
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) =>
    ++asked > 6
      ? Promise.reject(new TypeError('no network'))
      : answer(path, method ?? 'GET', body as string | undefined),
  )
  await expect(act.run(() => undefined)).rejects.toMatchObject({ code: 'network' })
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) =>
    answer(path, method ?? 'GET', body as string | undefined),
  )
  const left = await act.remaining()
  expect(left).toBeGreaterThan(0)
  const told: number[] = []
  await act.run((done) => told.push(done))
  expect(told).toEqual(Array.from({ length: left }, (_, at) => at + 1))
  expect(await act.remaining()).toBe(0)
  const texts = [...edges.values()].map(async ({ stored }) =>
    openAll(team.aigul, stored).then(({ first }) => first?.report.text),
  )
  expect((await Promise.all(texts)).sort()).toEqual(['Бир', 'Үч', 'Эки'].sort())
})

test('A report that no key opens stops no letter of another report from being taken', async () => {
  const [first] = edges.values()
  if (first) first.stored = { ...first.stored, envelope: toB64(randomBytes(4096)) }
  const act = takeAllLetters(team.aigul, [1])
  await act.run(() => undefined)
  expect(await act.remaining()).toBe(1)
})

test('Letters that another report hindered are taken afterwards', async () => {
  const [hindered] = edges.keys()
  // The app tries to write into a case three times.
  let refusals = 3
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) =>
    path.endsWith(`/${hindered}/letters`) && refusals-- > 0
      ? Promise.resolve(Response.json({ error: { code: 'case_key_changed' } }, { status: 409 }))
      : answer(path, method ?? 'GET', body as string | undefined),
  )
  const act = takeAllLetters(team.aigul, [1])
  await act.run(() => undefined)
  expect(await act.remaining()).toBe(0)
})

test('R36: After re-wrapping, only the new team key opens the cases', async () => {
  for (const id of edges.keys()) {
    await takeLetters(team.aigul, await loadReport(team.aigul, id))
    await writeIn(team.aigul, (await loadReport(team.aigul, id)).sealed).entry(noteOf('Белги'))
  }
  const logs = [...edges.values()].map(({ stored }) => stored.log)
  const act = rewrapCases(by, 1)
  expect(await act.remaining()).toBe(3)
  const told: number[] = []
  await act.run((done) => told.push(done))
  expect([told, await act.remaining()]).toEqual([[2, 3], 0])
  for (const { stored } of edges.values()) {
    const opened = await openAll(by, stored)
    expect(opened.first).not.toBeNull()
    expect(opened.entries.map(({ entry }) => entry?.text)).toEqual(['Белги'])
    expect((await openAll(team.aigul, stored)).first).toBeNull()
  }
  expect([...edges.values()].map(({ stored }) => stored.log)).toEqual(logs)
})

test('A case key that does not open stays, and the others are re-wrapped', async () => {
  for (const id of edges.keys()) await takeLetters(team.aigul, await loadReport(team.aigul, id))
  const [first] = edges.values()
  if (first) {
    const damaged = first.stored.caseKeys.map((key) => ({ ...key, sealed: toB64(randomBytes(88)) }))
    first.stored = { ...first.stored, caseKeys: damaged }
  }
  const act = rewrapCases(by, 1)
  await act.run(() => undefined)
  expect(await act.remaining()).toBe(1)
})

test('Nothing is re-wrapped without both team keys, or to an older generation', async () => {
  const without = { ...team.aigul.keys, team: new Map() }
  for (const act of [
    rewrapCases({ ...team.aigul, keys: without }, 1),
    rewrapCases(team.aigul, 1),
    rewrapCases(by, 2),
  ])
    await expect(act.run(() => undefined)).rejects.toMatchObject({ code: 'cannot_open' })
})

describe('Counting awaited letters', () => {
  const counted = (...epochs: number[]) => countAwaited(team.aigul, epochs)

  test('R36: Untaken letters count, and letters in R2 beside them', async () => {
    expect(await counted(1)).toEqual({ untaken: 3, waiting: 0 })
    waiting = 2
    expect(await counted(1)).toEqual({ untaken: 3, waiting: 2 })
    await takeAllLetters(team.aigul, [1]).run(() => undefined)
    expect(await counted(1)).toEqual({ untaken: 0, waiting: 2 })
    waiting = 0
    expect(await counted(1)).toEqual({ untaken: 0, waiting: 0 })
  })

  test('Without an older epoch the edge is not asked', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    expect(await counted()).toEqual({ untaken: 0, waiting: 0 })
  })

  test('A report that no key opens does not count', async () => {
    for (const edge of edges.values())
      edge.stored = { ...edge.stored, envelope: toB64(randomBytes(4096)) }
    expect(await counted(1)).toEqual({ untaken: 0, waiting: 0 })
  })

  test('R36: A letter that left R2 for a report tried in vain counts again', async () => {
    const [first] = edges.values()
    if (!first) throw new Error('a report is missing')
    const whole = first.stored.envelope
    first.stored = { ...first.stored, envelope: toB64(randomBytes(4096)) }
    waiting = 1
    await takeAllLetters(team.aigul, [1]).run(() => undefined)
    expect(await counted(1)).toEqual({ untaken: 0, waiting: 1 })
    first.stored = { ...first.stored, envelope: whole }
    waiting = 0
    expect(await counted(1)).toEqual({ untaken: 1, waiting: 0 })
  })
})

describe('Damaged case keys', () => {
  /** Takes the letters of every report, and damages the key of one. @returns the id of its case */
  async function damageOne(): Promise<string> {
    for (const id of edges.keys()) await takeLetters(team.aigul, await loadReport(team.aigul, id))
    const [first] = edges.values()
    if (!first) throw new Error('a report is missing')
    const [key] = first.stored.caseKeys
    if (!key) throw new Error('a key is missing')
    first.stored = { ...first.stored, caseKeys: [{ ...key, sealed: toB64(randomBytes(88)) }] }
    return first.stored.item.id
  }
  const nextRoster = () => Promise.resolve(by.roster)

  test('The one key whose bytes are damaged is found and signed as lost', async () => {
    const caseId = await damageOne()
    const damaged = await findDamaged(by, 1)
    expect(damaged).toEqual([{ caseId, keyNo: 1, generation: 1 }])
    await signLost({ keys: by.keys, nextRoster }, damaged)
    expect(lost.map(({ change }) => KeysLose.parse(JSON.parse(change)))).toEqual([
      { generation: 1, total: 1, keys: [{ caseId, keyNo: 1 }] },
    ])
  })

  test('A key that opens again is not signed as lost', async () => {
    const caseId = await damageOne()
    const healed = [...edges.keys()]
      .filter((id) => id !== caseId)
      .map((id) => ({ caseId: id, keyNo: 1, generation: 1 }))
    await signLost({ keys: by.keys, nextRoster }, healed)
    expect(lost).toEqual([])
  })

  test('Under another team key than the roster names, no key counts as damaged', async () => {
    await damageOne()
    const keys = { ...by.keys, team: new Map([[1, await teamKey(1)]]) }
    await expect(findDamaged({ ...by, keys }, 1)).rejects.toMatchObject({ code: 'cannot_open' })
  })

  test('The report says that its key is damaged, and a whole report says nothing', async () => {
    const caseId = await damageOne()
    for (const [id, { stored }] of edges) {
      const { damagedKeys } = await openAll(by, stored)
      expect(damagedKeys.map((key) => key.caseId)).toEqual(id === caseId ? [caseId] : [])
    }
  })
})
