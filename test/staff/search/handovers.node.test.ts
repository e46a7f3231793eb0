// Tests the handovers that the index stores, and which of them a colleague should read.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { localMs } from '#content/clock.ts'
import type { RotaSet } from '#protocol/staff/alerts/rota'
import { type Handover } from '#site/staff/case/read/handovers-of.ts'
import { readEntry, shiftEntry } from '#site/staff/case/write/shift-entry.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { type EntryOf } from '#site/staff/crypto/case-entry.ts'
import { forgetPieces } from '#site/staff/search/hold-pieces.ts'
import { handoversIn, keptHandoversOf } from '#site/staff/search/kept-handovers.ts'
import {
  countCases,
  isDueFor,
  isLate,
  isUnread,
  lateFrom,
  listHandovers,
  placeInShift,
} from '#site/staff/search/list-handovers.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { workedCases } from '../support/worked-case.ts'
import { IndexEdge } from './support/index-edge.ts'
import { indexOf } from './support/index-of.ts'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
beforeEach(() => forgetPieces(1))
afterEach(() => vi.unstubAllGlobals())

const AT = '2026-11-30T02:00Z'
const NOW = Date.parse('2026-11-30T02:30Z')
const DAY_MS = 86_400_000
const handover = (changes: Partial<Handover> = {}): Handover => ({
  ...{ caseId: 'a', n: 1, from: 'bermet', to: null, at: AT, readBy: [], ...changes },
})
const casesOf = (...all: Handover[]) =>
  new Map(
    [...new Set(all.map(({ caseId }) => caseId))].map((id) => [
      id,
      { id, handovers: all.filter(({ caseId }) => caseId === id) },
    ]),
  )

test('A second device knows from the pieces what was handed over and who read it', async () => {
  const [one, two] = await workedCases(team, ['Тигүү цехи', 'Курулуш'])
  const { sealed } = await one!.openAndTake(team.aigul)
  await writeIn(team.aigul, sealed).entry(shiftEntry('Таң эрте чалат', ''))
  const other = await two!.openAndTake(team.aigul)
  await writeIn(team.aigul, other.sealed).entry(shiftEntry('Билет алынды', ''))
  const read = await two!.load(team.bermet)
  const [n] = read.entries.map((each) => each.n)
  const row = handover({ caseId: two!.id, n: n! })
  await writeIn(team.bermet, read.sealed).entry(readEntry([row]))
  const edge = new IndexEdge()
  for (const each of [one!, two!]) edge.add(await each.stored())
  await indexOf(team.aigul, edge)
  edge.asked = []
  const { cases } = await indexOf(team.bermet, edge)
  expect(edge.asked).toEqual([])
  const { personId } = team.bermet.keys
  expect(cases.get(one!.id)?.handovers).toMatchObject([{ to: null, readBy: [] }])
  expect(cases.get(two!.id)?.handovers).toMatchObject([{ to: null, readBy: [personId] }])
  const unread = listHandovers(cases).filter((each) => isUnread(each, personId, Date.now()))
  expect(unread.map(({ goesOn }) => goesOn)).toEqual([one!.id])
})

const entryAt = (
  n: number,
  author: string,
  entry: EntryOf<'handover'> | EntryOf<'handover_read'>,
) => ({ ...{ n, key: `key ${n}`, author, entry } })
const base = { v: 1, at: AT, text: '' } as const

test('A handover of an absorbed case counts as read in the surviving case', () => {
  const read = (by: string, caseId: string) =>
    entryAt(2, by, { ...base, kind: 'handover_read', of: [{ caseId, n: 1 }] })
  const to = (id: string) => entryAt(1, 'bermet', { ...base, kind: 'handover', to: id })
  const absorbed = { id: 'absorbed', entries: [to('aigul')] }
  const readersWhen = (main: { id: string; entries: ReturnType<typeof entryAt>[] }) =>
    handoversIn([main, absorbed].map((each) => ({ id: each.id, ...keptHandoversOf(each) }))).map(
      ({ caseId, readBy }) => [caseId, readBy],
    )
  expect(readersWhen({ id: 'main', entries: [] })).toEqual([['absorbed', []]])
  const entries = [read('aigul', 'absorbed'), read('bermet', 'absorbed'), read('aigul', 'main')]
  // Nobody reads their own handover, and a row number means nothing in another case.
  expect(readersWhen({ id: 'main', entries })).toEqual([['absorbed', ['aigul']]])
})

test('A handover is for its receiver, or for everybody except its author', () => {
  const unreadBy = (who: string, changes: Partial<Handover>) =>
    isUnread(handover(changes), who, NOW)
  expect(['aigul', 'bermet'].map((who) => unreadBy(who, {}))).toEqual([true, false])
  expect(['aigul', 'cholpon'].map((who) => unreadBy(who, { to: 'aigul' }))).toEqual([true, false])
  expect(unreadBy('aigul', { readBy: ['aigul'] })).toBe(false)
})

test('A handover to everybody that a colleague has read is news for a week', () => {
  const after = (days: number, changes: Partial<Handover>) =>
    isUnread(handover(changes), 'aigul', Date.parse(AT) + days * DAY_MS)
  expect([6, 8].map((days) => after(days, { readBy: ['cholpon'] }))).toEqual([true, false])
  expect(after(8, {})).toBe(true)
  expect(after(8, { to: 'aigul', readBy: ['cholpon'] })).toBe(true)
})

const rota = (nightFrom: number, nightUntil: number): RotaSet => ({
  ...{ nightFrom, nightUntil, days: [], nights: Array.from({ length: 7 }, () => []) },
})

test.each([
  // The day of the rota begins at 8 o'clock.
  ['18:00', rota(22, 8), 14],
  ['02:00', rota(22, 8), 6],
  ['06:00', rota(22, 8), 2],
  // A handover in the last two hours of a night gives the colleague on day duty the whole day.
  ['07:50', rota(22, 8), 24],
  ['08:00', rota(22, 8), 24],
  ['09:00', rota(22, 8), 23],
  ['18:00', rota(8, 8), 24],
  ['18:00', null, 24],
])('What is handed over at %s is late with this rota after %s hours', (time, set, hours) => {
  const local = Date.parse(`2026-11-30T${time}Z`)
  const ms = local - (localMs(local) - local)
  const at = `${new Date(ms).toISOString().slice(0, 16)}Z`
  expect((lateFrom(at, set) - ms) / 3_600_000).toBe(hours)
})

test('A late handover is due for every reader until one of them has read it', () => {
  const given = handover({ to: 'aigul' })
  const looks = (me: string, isReader: boolean, now: number, each = given) =>
    isDueFor(each, { me, isReader, rota: null, now })
  const late = Date.parse(AT) + DAY_MS
  expect(isLate(given, null, late - 1)).toBe(false)
  expect(looks('cholpon', true, late - 1)).toBe(false)
  // The author is also told, because only the author knows whom else to call.
  for (const me of ['aigul', 'bermet', 'cholpon']) expect(looks(me, true, late)).toBe(true)
  expect(looks('cholpon', false, late)).toBe(false)
  const read = { ...given, readBy: ['cholpon'] }
  expect([looks('bermet', true, late, read), looks('aigul', true, late, read)]).toEqual([
    false,
    true,
  ])
})

test('The place in a shift counts the cases of one colleague, read ones included', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((caseId) => handover({ caseId }))
  const twice = handover({ caseId: 'c', n: 5 })
  const others = [
    handover({ caseId: 'd', from: 'cholpon' }),
    handover({ caseId: 'e', to: 'cholpon' }),
    handover({ caseId: 'f', at: '2026-11-28T02:00Z' }),
  ]
  const placeOf = (...all: Handover[]) =>
    placeInShift(listHandovers(casesOf(...all, ...others)), b!, 'aigul')
  expect(placeOf(a!, b!, c!, twice)).toEqual({ n: 1, m: 3 })
  expect(placeOf({ ...a!, readBy: ['aigul'] }, b!, c!)).toEqual({ n: 2, m: 3 })
  expect(placeOf({ ...a!, readBy: ['cholpon'] }, b!)).toEqual({ n: 1, m: 2 })
  expect(countCases(listHandovers(casesOf(a!, c!, twice)))).toBe(2)
})
