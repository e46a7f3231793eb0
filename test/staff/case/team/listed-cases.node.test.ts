import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import {
  MAX_GRANTS,
  NewTaking,
  type Assignment,
  type Merging,
} from '#protocol/staff/case-log/bodies'
import { CaseAbsorb, LettersTake } from '#protocol/staff/case-log/changes'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { grantAll } from '#site/staff/case/write/grants.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { type Filed } from '../../support/people.ts'
import { Casework } from './support.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let work: Casework
let own: Filed
let foreign: Filed
beforeEach(async () => {
  work = await Casework.begin()
  own = await work.tell('Өз иши')
  foreign = await work.tell('Бөтөн иш')
  await work.open(work.aigul, own.id)
})
afterAll(() => vi.unstubAllGlobals())

/** The JSON bodies, keyed by the last part of the path. */
type Sent = Map<string, unknown[]>

/** Changes the reports that the server shows. Returns the bodies that the app sends afterwards. */
function lie(change: (opened: StoredCase) => Partial<StoredCase>): Sent {
  const sent: Sent = new Map()
  const real = globalThis.fetch
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const name = path.split('/').at(-1) ?? ''
    if (init.method !== 'GET')
      sent.set(name, [...(sent.get(name) ?? []), JSON.parse(init.body as string)])
    const answer = await real(path, init)
    const opened = StoredCase.safeParse(
      await answer
        .clone()
        .json()
        .catch(() => null),
    )
    if (init.method !== 'GET' || !opened.success) return answer
    return Response.json({ ...opened.data, ...change(opened.data) })
  })
  return sent
}

/** Lists an unrelated case as if `to` had absorbed it. */
const listForeignIn =
  (to: Filed) =>
  ({ item, absorbed }: StoredCase): Partial<StoredCase> =>
    item.id === to.id ? { absorbed: [...absorbed, foreign.id] } : {}

const casesIn = (bodies: unknown[] | undefined): string[] =>
  (bodies as (Assignment | Merging)[]).flatMap(({ grants }) => grants.map((each) => each.caseId))

test('A case that only the server lists as absorbed is not given away with another', async () => {
  await work.open(work.aigul, foreign.id)
  const sent = lie(listForeignIn(own))
  await work.give(work.aigul, own.id, work.cholpon)
  expect(casesIn(sent.get('assignee'))).toEqual([own.id])
})

test('A case that only the server lists as absorbed is not merged with another', async () => {
  await work.open(work.aigul, foreign.id)
  const goesOn = await work.tell('Экинчи кат')
  await work.open(work.aigul, goesOn.id)
  await work.give(work.aigul, goesOn.id, work.cholpon)
  const sent = lie(listForeignIn(own))
  await work.office.as(work.aigul, ({ by }) => sendMerging(by, own.id, goesOn.id))
  expect(casesIn(sent.get('merge'))).toEqual([own.id])
})

test('A task of a case that only the server lists does not decide the due day', async () => {
  await work.open(work.aigul, foreign.id)
  const task = (id: string, dueDay: string): Promise<string> =>
    work.act(work.aigul, id, (by, { sealed }) =>
      writeIn(by, sealed).task({
        ...{ v: 1, kind: 'task', at: '2026-11-26T10:00Z', assignee: null },
        ...{ text: 'Билет', dueDay },
      }),
    )
  await task(foreign.id, '2026-12-01')
  const real = globalThis.fetch
  lie(listForeignIn(own))
  await task(own.id, '2026-12-09')
  vi.stubGlobal('fetch', real)
  expect((await work.open(work.bermet, own.id)).item.dueDay).toBe('2026-12-09')
})

test('A part that the server hides is named in the merge, and missing later', async () => {
  const part = await work.tell('Кошулган иш')
  const goesOn = await work.tell('Экинчи кат')
  for (const { id } of [part, goesOn]) await work.open(work.aigul, id)
  const merge = (from: Filed, into: Filed): Promise<void> =>
    work.office.as(work.aigul, ({ by }) => sendMerging(by, from.id, into.id))
  await merge(part, own)
  const sent = lie(({ absorbed }) => ({ absorbed: absorbed.filter((id) => id !== part.id) }))
  await merge(own, goesOn)
  const [{ absorbed }] = sent.get('merge') as [Merging]
  expect(CaseAbsorb.parse(JSON.parse(absorbed.change)).also).toEqual([part.id])
  expect((await work.check(goesOn.id)).missing).toBeGreaterThan(0)
})

test('Letters of a case that only the server lists as absorbed are not taken', async () => {
  const later = await work.writeAgain(own, 'Кошумча')
  const sent = lie(listForeignIn(own))
  await work.office.as(work.aigul, async ({ by }) => takeLetters(by, await loadReport(by, own.id)))
  const taken = (sent.get('letters') ?? []).flatMap(
    (body) => LettersTake.parse(JSON.parse(NewTaking.parse(body).signed.change)).letters,
  )
  expect(taken.map(({ id }) => id)).toEqual([later.id])
})

test('Another report than the one that was asked for is refused, and no key goes out', async () => {
  await work.open(work.aigul, foreign.id)
  const shown = await work.office.as(work.aigul, () => fetchForeign())
  const sent = lie(({ item }) => (item.id === own.id ? { ...shown, log: [] } : {}))
  await expect(work.give(work.aigul, own.id, work.cholpon)).rejects.toMatchObject({
    code: 'malformed',
  })
  expect(sent.get('assignee')).toBeUndefined()
})

test('A case with more keys than the edge takes is refused before a key is opened', async () => {
  const opened = await work.office.as(work.aigul, () => fetchReport(own.id))
  const caseKeys = Array.from({ length: MAX_GRANTS + 1 }, (_, at) => ({
    ...{ caseId: own.id, keyNo: at + 1 },
    ...{ generation: 1, sealed: '' },
  }))
  const granted = grantAll(work.aigul.by, [{ ...opened, caseKeys }], { hpkePublic: '' })
  await expect(granted).rejects.toMatchObject({ code: 'case_full' })
})

async function fetchForeign(): Promise<StoredCase> {
  const answer = await fetch(`/api/staff/reports/${foreign.id}`, { method: 'GET' })
  return StoredCase.parse(await answer.json())
}
