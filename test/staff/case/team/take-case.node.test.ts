import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { canTake, isUntaken, takeCase } from '#site/staff/case/write/take-case.ts'
import { loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { type Filed } from '../../support/people.ts'
import { Casework } from './support.ts'

let work: Casework
let told: Filed
beforeEach(async () => {
  work = await Casework.begin()
  told = await work.tell('Паспортумду алып коюшту')
  await work.open(work.aigul, told.id)
})
afterAll(() => vi.unstubAllGlobals())

type Reader = Casework['aigul']
const idOf = ({ by }: Reader): string => by.keys.personId
const take = (who: Reader, assigns = true): Promise<void> =>
  work.act(who, told.id, (by, loaded) => takeCase(by, loaded, assigns))
/** Takes the case on a screen that shows an older state. */
const takeFrom = (who: Reader, stale: LoadedReport): Promise<void> =>
  work.office.as(who, ({ by }) => takeCase(by, stale, true))
const rows = async (): Promise<number> => (await work.log(told.id)).rows

test('One act puts a case in progress and gives it to its actor', async () => {
  const before = await rows()
  await take(work.aigul)
  const log = await work.log(told.id)
  expect(log).toMatchObject({ status: 'in_progress', fault: null })
  expect([log.assignee?.id, log.rows]).toEqual([idOf(work.aigul), before + 2])
})

test('After a failure between the two rows, a second try adds only the missing row', async () => {
  const before = await rows()
  const stale = await work.open(work.aigul, told.id)
  const answer = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) =>
    path.endsWith('/status') ? Promise.reject(new TypeError('offline')) : answer(path, init),
  )
  await expect(takeFrom(work.aigul, stale)).rejects.toMatchObject({ code: 'network' })
  vi.stubGlobal('fetch', answer)
  expect(await rows()).toBe(before + 1)
  await takeFrom(work.aigul, stale)
  expect(await rows()).toBe(before + 2)
  await takeFrom(work.aigul, stale)
  expect(await rows()).toBe(before + 2)
  expect(await work.check(told.id)).toMatchObject({ fault: null, missing: 0 })
})

test('Of two colleagues who take a case at once, the second is refused', async () => {
  const stale = await work.open(work.bermet, told.id)
  await take(work.aigul)
  const refused = { code: 'assignee_changed' }
  await expect(takeFrom(work.bermet, stale)).rejects.toMatchObject(refused)
  expect((await work.log(told.id)).assignee?.id).toBe(idOf(work.aigul))
})

test('A case that grew is assigned but not in progress until its new words are read', async () => {
  await work.act(work.aigul, told.id, async (by, stale) => {
    await work.writeAgain(told, 'Бүгүн кечинде көчүрөт')
    await expect(takeCase(by, stale, true)).rejects.toMatchObject({ code: 'report_grew' })
    const now = await loadReport(by, told.id)
    expect(now.item).toMatchObject({ status: 'new', assignee: idOf(work.aigul) })
    expect(isUntaken(now.item, idOf(work.aigul))).toBe(true)
    await takeCase(by, now, true)
  })
  expect(await work.log(told.id)).toMatchObject({ status: 'in_progress' })
})

test('A reader or a caseworker takes a given case in progress by one row', async () => {
  await take(work.aigul)
  for (const [to, assigns] of [
    [work.bermet, true],
    [work.cholpon, false],
  ] as const) {
    await work.give(work.aigul, told.id, to)
    const { item } = await work.open(work.aigul, told.id)
    expect(item).toMatchObject({ status: 'in_progress', givenBy: idOf(work.aigul) })
    expect([canTake(item, idOf(to)), isUntaken(item, idOf(to))]).toEqual([true, true])
    const before = await rows()
    await take(to, assigns)
    await take(to, assigns)
    expect(await rows()).toBe(before + 1)
    expect(await work.log(told.id)).toMatchObject({ fault: null, givenBy: null })
    const taken = (await work.open(work.aigul, told.id)).item
    expect([taken.givenBy, canTake(taken, idOf(to))]).toEqual([null, false])
  }
})

test('A server that invents a gift gets no row from a reader', async () => {
  await take(work.aigul)
  const before = await rows()
  await work.act(work.aigul, told.id, (by, loaded) =>
    takeCase(by, { ...loaded, item: { ...loaded.item, givenBy: idOf(work.bermet) } }, true),
  )
  expect(await rows()).toBe(before)
})

test('A caseworker puts their case in progress, and signs no assignment', async () => {
  await work.give(work.aigul, told.id, work.cholpon)
  const before = await rows()
  await take(work.cholpon, false)
  await take(work.cholpon, false)
  expect(await rows()).toBe(before + 1)
  expect(await work.log(told.id)).toMatchObject({ status: 'in_progress' })
})

test('A server that shows a false holder and status keeps neither row from the log', async () => {
  await work.act(work.aigul, told.id, async (by, loaded) => {
    const answer = globalThis.fetch
    vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
      const honest = await answer(path, init)
      if (!path.endsWith(`/reports/${told.id}`) || (init?.method ?? 'GET') !== 'GET') return honest
      const stored = StoredCase.parse(await honest.json())
      const lie = { assignee: by.keys.personId, status: 'in_progress' } as const
      return Response.json({ ...stored, item: { ...stored.item, ...lie } })
    })
    await takeCase(by, loaded, true)
    vi.stubGlobal('fetch', answer)
  })
  const log = await work.log(told.id)
  expect([log.status, log.assignee?.id]).toEqual(['in_progress', idOf(work.aigul)])
})

test('A person can take a case until they have it in progress and have taken it', () => {
  const mine = { status: 'in_progress', assignee: 'me', givenBy: null } as const
  expect([canTake(mine, 'me'), isUntaken(mine, 'me')]).toEqual([false, false])
  const begun = { ...mine, givenBy: 'other' }
  expect([canTake(begun, 'me'), isUntaken(begun, 'me')]).toEqual([true, true])
  const given = { ...begun, status: 'new' } as const
  expect([canTake(given, 'me'), isUntaken(given, 'me')]).toEqual([true, true])
  const theirs = { ...mine, assignee: 'other' }
  expect([canTake(theirs, 'me'), isUntaken(theirs, 'me')]).toEqual([true, false])
  expect(isUntaken({ ...theirs, givenBy: 'me' }, 'me')).toBe(false)
  for (const status of ['new', 'in_progress'] as const)
    expect(isUntaken({ ...mine, status, assignee: null }, 'me')).toBe(true)
  expect(isUntaken({ ...mine, status: 'closed', assignee: null }, 'me')).toBe(false)
})
