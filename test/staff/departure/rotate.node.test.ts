import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { toB64, type Bytes } from '#protocol/bytes'
import { CaseKeyPage, UntakenPage } from '#protocol/staff/list/case-pages'
import { KeysLose } from '#protocol/staff/ledger/keys'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import { loadReport, openAll } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { countAwaited } from '#site/staff/departure/count-awaited.ts'
import { findDamaged, signLost } from '#site/staff/departure/damaged-keys.ts'
import { rewrapCases } from '#site/staff/departure/rewrap-cases.ts'
import { takeAllLetters } from '#site/staff/departure/take-all-letters.ts'
import { colleagues, openTeam, type Colleagues } from '../support/colleagues.ts'
import { damaged, tell, writeAgain } from '../support/people.ts'
import { refusal, TeamEdge, type Wire } from '../support/team-edge.ts'
import { teamKey } from '../support/team.ts'
import { putWaiting } from './support/waiting-report.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

// Aigul has generations 1 and 2 of the team key. Three reports are stored.
let team: Colleagues
let by: Colleagues['aigul']
/** the row that opens the second generation */
let second: LedgerRow[]
beforeAll(async () => {
  team = await colleagues()
  const held = team.aigul.keys
  const keys = { ...held, team: new Map([...held.team, [2, await teamKey(2)]]) }
  const ledger = team.ledger.copy()
  by = { keys, roster: await openTeam(ledger, team.writers.aigul, keys, 2) }
  second = ledger.rows.slice(team.ledger.rows.length)
})

let edge: TeamEdge
let ids: string[]

// The app remembers reports whose letters it could not take, so each test has its own reports.
beforeEach(async () => {
  edge = await TeamEdge.begin(team)
  edge.wire = shortPages
  ids = []
  for (const text of ['Бир', 'Эки', 'Үч'])
    ids.push((await edge.post(await tell(team.staff, { text }))).id)
})
afterEach(() => vi.unstubAllGlobals())

/** Number of reports on one page. */
const PAGE = 2

/** Shortens the worker's pages, so that three reports need two pages. */
const shortPages: Wire = async ({ path, pass }) => {
  const answer = await pass()
  if (path.startsWith('letters/untaken?')) {
    const { reports, ...rest } = UntakenPage.parse(await answer.json())
    const page = reports.slice(0, PAGE)
    const next = reports.length > PAGE ? page.at(-1) : null
    return Response.json({ ...rest, reports: page, next })
  }
  if (path.startsWith('case-keys?')) {
    const { keys, ...rest } = CaseKeyPage.parse(await answer.json())
    const page = keys.slice(0, PAGE)
    const last = page.at(-1)
    const next = last && keys.length > PAGE ? `${last.keyNo}.${last.caseId}` : null
    return Response.json({ ...rest, keys: page, next })
  }
  return answer
}

const allStored = () => Promise.all(ids.map((id) => edge.stored(id)))
const take = async (id: string) => takeLetters(team.aigul, await loadReport(team.aigul, id))
/** Stores a report that no key opens. */
const postDamaged = async () => edge.post(await damaged(await tell(team.staff, { text: '' })))

/** Damages the stored key of the last case, which is on the second page. @returns its id */
function damageKey(): string {
  const [row] = edge.stores.rows(
    `UPDATE case_keys SET sealed = randomblob(length(sealed))
      WHERE case_id = (SELECT max(case_id) FROM case_keys) RETURNING case_id`,
  )
  return toB64(row?.['case_id'] as Bytes)
}

test('R36: All letters of an epoch are taken, even after a cut, with progress', async () => {
  const act = takeAllLetters(team.aigul, [1])
  expect(await act.remaining()).toBe(3)
  let asked = 0
  edge.wire = (sent) =>
    ++asked > 6 ? Promise.reject(new TypeError('no network')) : shortPages(sent)
  await expect(act.run(() => undefined)).rejects.toMatchObject({ code: 'network' })
  edge.wire = shortPages
  const left = await act.remaining()
  expect(left).toBeGreaterThan(0)
  const told: number[] = []
  await act.run((done) => told.push(done))
  expect(told).toEqual(Array.from({ length: left }, (_, at) => at + 1))
  expect(await act.remaining()).toBe(0)
  const texts = (await allStored()).map(async (stored) => {
    expect(stored.taken).toHaveLength(1)
    return (await openAll(team.aigul, stored)).first?.report.text
  })
  expect((await Promise.all(texts)).sort()).toEqual(['Бир', 'Үч', 'Эки'].sort())
})

test('A report that no key opens does not hold up the letters of other reports', async () => {
  await postDamaged()
  const act = takeAllLetters(team.aigul, [1])
  expect(await act.remaining()).toBe(4)
  await act.run(() => undefined)
  expect(await act.remaining()).toBe(1)
})

test('Letters that another report hindered are taken afterwards', async () => {
  const [hindered] = ids
  // The app tries three times to write into a case.
  let refusals = 3
  edge.wire = (sent) =>
    sent.path === `reports/${hindered}/letters` && refusals-- > 0
      ? Promise.resolve(refusal('case_key_changed'))
      : shortPages(sent)
  const act = takeAllLetters(team.aigul, [1])
  await act.run(() => undefined)
  expect(await act.remaining()).toBe(0)
})

test('R36: After re-wrapping, only the new team key opens the cases', async () => {
  for (const id of ids) {
    await take(id)
    await writeIn(team.aigul, (await loadReport(team.aigul, id)).sealed).entry(noteOf('Белги'))
  }
  await edge.addRows(second)
  const logs = (await allStored()).map(({ log }) => log)
  const act = rewrapCases(by, 1)
  expect(await act.remaining()).toBe(3)
  const told: number[] = []
  await act.run((done) => told.push(done))
  expect([told, await act.remaining()]).toEqual([[2, 3], 0])
  for (const stored of await allStored()) {
    const opened = await openAll(by, stored)
    expect(opened.first).not.toBeNull()
    expect(opened.entries.map(({ entry }) => entry?.text)).toEqual(['Белги'])
    expect((await openAll(team.aigul, stored)).first).toBeNull()
  }
  expect((await allStored()).map(({ log }) => log)).toEqual(logs)
})

test('A case key that does not open stays, and the others are re-wrapped', async () => {
  for (const id of ids) await take(id)
  damageKey()
  await edge.addRows(second)
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
    for (const text of ['Төрт', 'Беш'])
      await putWaiting(edge.stores, await tell(team.staff, { text }))
    expect(await counted(1)).toEqual({ untaken: 3, waiting: 2 })
    await takeAllLetters(team.aigul, [1]).run(() => undefined)
    expect(await counted(1)).toEqual({ untaken: 0, waiting: 2 })
    await edge.stores.runChores()
    expect(await counted(1)).toEqual({ untaken: 2, waiting: 0 })
    await takeAllLetters(team.aigul, [1]).run(() => undefined)
    expect(await counted(1)).toEqual({ untaken: 0, waiting: 0 })
  })

  test('Without an older epoch the edge is not asked', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    expect(await counted()).toEqual({ untaken: 0, waiting: 0 })
  })

  test('A report that no key opens does not count', async () => {
    edge = await TeamEdge.begin(team)
    for (let n = 0; n < 3; n++) await postDamaged()
    expect(await takeAllLetters(team.aigul, [1]).remaining()).toBe(3)
    expect(await counted(1)).toEqual({ untaken: 0, waiting: 0 })
  })

  test('R36: A letter that left R2 for a report tried in vain counts again', async () => {
    const reported = await edge.post(await tell(team.staff, { text: 'Төрт' }))
    await take(reported.id)
    await edge.post(await damaged(await writeAgain(team.staff, reported, { text: '' })))
    const later = await writeAgain(team.staff, reported, { text: 'Беш' })
    await putWaiting(edge.stores, later, 'followup')
    await takeAllLetters(team.aigul, [1]).run(() => undefined)
    expect(await counted(1)).toEqual({ untaken: 0, waiting: 1 })
    await edge.stores.runChores()
    expect(await counted(1)).toEqual({ untaken: 1, waiting: 0 })
  })
})

describe('Damaged case keys', () => {
  /** Takes the letters of every report, and damages the key of one. @returns the id of its case */
  async function damageOne(): Promise<string> {
    for (const id of ids) await take(id)
    await edge.addRows(second)
    return damageKey()
  }
  /** Lists the changes in the rows after the row that opens the second generation. */
  const lost = () =>
    edge.stores
      .rows('SELECT change FROM ledger WHERE seq > ? ORDER BY seq', team.ledger.rows.length + 1)
      .map(({ change }) => KeysLose.parse(JSON.parse(String(change))))
  const nextRoster = () => Promise.resolve(by.roster)

  test('The one key whose bytes are damaged is found and signed as lost', async () => {
    const caseId = await damageOne()
    const damaged = await findDamaged(by, 1)
    expect(damaged).toEqual([{ caseId, keyNo: 1, generation: 1 }])
    await signLost({ keys: by.keys, nextRoster }, damaged)
    expect(lost()).toEqual([{ generation: 1, total: 1, keys: [{ caseId, keyNo: 1 }] }])
  })

  test('A key that opens again is not signed as lost', async () => {
    const caseId = await damageOne()
    const healed = ids
      .filter((id) => id !== caseId)
      .map((id) => ({ caseId: id, keyNo: 1, generation: 1 }))
    await signLost({ keys: by.keys, nextRoster }, healed)
    expect(lost()).toEqual([])
  })

  test('Under another team key than the roster names, no key counts as damaged', async () => {
    await damageOne()
    const keys = { ...by.keys, team: new Map([[1, await teamKey(1)]]) }
    await expect(findDamaged({ ...by, keys }, 1)).rejects.toMatchObject({ code: 'cannot_open' })
  })

  test('The report says that its key is damaged, and a whole report says nothing', async () => {
    const caseId = await damageOne()
    for (const id of ids) {
      const { damagedKeys } = await openAll(by, await edge.stored(id))
      expect(damagedKeys.map((key) => key.caseId)).toEqual(id === caseId ? [caseId] : [])
    }
  })
})
