import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { PIECE_CASES } from '#protocol/staff/list/pieces'
import { IndexBuilder } from '#site/staff/search/build-index.ts'
import { forgetPieces } from '#site/staff/search/hold-pieces.ts'
import { type IndexViews } from '#site/staff/search/index-display.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { openedWith, tell } from '../support/people.ts'
import { teamKey } from '../support/team.ts'
import { storedTexts } from './support/index-edge.ts'
import { twoReports, type TwoReports } from './support/two-reports.ts'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})

let { edge, hotel, cafe, start, built } = {} as TwoReports
beforeEach(async () => {
  ;({ edge, hotel, cafe, start, built } = await twoReports(team))
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const nothing: IndexViews = { onChange: () => undefined, onProgress: () => undefined }

test('A piece that could not be written is written at the next update', async () => {
  edge.beforePut = () => Promise.reject(new TypeError('network'))
  const { builder, found } = await built()
  expect(found('Timur')).toEqual([hotel.item.id])
  expect(edge.pieces.size).toBe(0)
  edge.beforePut = () => Promise.resolve()
  edge.asked = []
  await builder.update()
  expect([...edge.pieces.keys()]).toEqual(['1/0'])
  expect(edge.asked).toEqual([])
})

test('A piece holds no plain word', async () => {
  await built()
  const [piece] = [...edge.pieces.values()]
  const text = new TextDecoder().decode(piece?.sealed)
  for (const word of ['Мейманкана', 'Тимур', 'title', cafe.item.id])
    expect(text).not.toContain(word)
})

test('A second device reads the piece and no case', async () => {
  await built()
  edge.asked = []
  const { found } = await built('bermet')
  expect(edge.asked).toEqual([])
  expect(edge.fetched).toEqual([])
  expect(found('0555 1234')).toEqual([hotel.item.id])
})

test('A new tab fetches the piece once, and a tab that unlocks again fetches nothing', async () => {
  await built()
  forgetPieces(1)
  await built('bermet')
  await built('bermet')
  expect(edge.fetched).toEqual(['0'])
})

test('A device reads only cases that have more than the piece, and writes it again', async () => {
  await built()
  const before = storedTexts(edge)
  edge.grow(cafe.item.id)
  edge.asked = []
  await built('bermet')
  expect(edge.asked).toEqual([cafe.item.id])
  expect(storedTexts(edge)).not.toEqual(before)
  edge.asked = []
  await built()
  expect(edge.asked).toEqual([])
})

test('A case that is gone vanishes from the index and from the piece', async () => {
  await built()
  edge.reports.delete(cafe.item.id)
  const { found } = await built('bermet')
  expect(found('кафе')).toEqual([])
  edge.add(cafe)
  edge.asked = []
  await built()
  expect(edge.asked).toEqual([cafe.item.id])
})

test('Locking while a piece is read brings no word back', async () => {
  await built()
  const { builder } = start('bermet')
  // Each time the clock is read, enough time has passed for a pause. The person locks the app
  // during the first pause.
  let nowMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 10))
  let pauses = 0
  const pause = (): void => {
    if (++pauses === 1) builder.stop()
  }
  vi.stubGlobal(
    'MessageChannel',
    class {
      port1 = { onmessage: (): void => undefined, close: (): void => undefined }
      port2 = {
        postMessage: (): void => {
          pause()
          queueMicrotask(() => this.port1.onmessage())
        },
      }
    },
  )
  await builder.update()
  expect(pauses).toBeGreaterThan(0)
  expect(['кафе', 'мейманкана'].map((text) => builder.search(text))).toEqual([[], []])
})

test('A colleague who was faster keeps their piece, and the next start goes on', async () => {
  const slow = start()
  edge.onSealed = () => {
    edge.onSealed = () => undefined
    edge.pieces.set('1/0', { etag: 'theirs', sealed: randomBytes(300) })
  }
  await slow.builder.update()
  expect(edge.pieces.get('1/0')?.etag).toBe('theirs')
  expect(slow.found('кафе')).toEqual([cafe.item.id])
  await built('bermet')
  edge.asked = []
  expect((await built()).found('кафе')).toEqual([cafe.item.id])
  expect(edge.asked).toEqual([])
})

test('A piece of somebody who reads no reports is not believed, and is replaced', async () => {
  const keys = { ...team.aigul.keys, personId: toB64(randomBytes(16)) }
  const stranger = { ...team.aigul, keys }
  const forged = new IndexBuilder({ ...stranger, writer: stranger, isIntake: true }, nothing)
  await forged.update()
  expect(edge.pieces.size).toBe(1)
  edge.asked = []
  const { found } = await built('bermet')
  expect(new Set(edge.asked)).toEqual(new Set([hotel.item.id, cafe.item.id]))
  expect(found('кафе')).toEqual([cafe.item.id])
})

test('A piece under another team key does not open, and its cases are read again', async () => {
  const key = await teamKey(1)
  const named = { ...team.aigul.roster.teams.get(1)!, commitment: key.commitment }
  const other = {
    keys: { ...team.aigul.keys, team: new Map([[1, key]]) },
    roster: { ...team.aigul.roster, teams: new Map([[1, named]]) },
  }
  await new IndexBuilder({ ...other, writer: other, isIntake: true }, nothing).update()
  forgetPieces(1)
  edge.asked = []
  expect((await built('bermet')).found('кафе')).toEqual([cafe.item.id])
  expect(edge.asked).toHaveLength(2)
})

test('A caseworker reads their own cases and does not touch any piece', async () => {
  const { found } = await built('caseworker')
  expect(found('кафе')).toEqual([cafe.item.id])
  expect([edge.pieces.size, edge.fetched]).toEqual([0, []])
})

test('More cases than a piece holds go into a second piece, with a progress bar', async () => {
  const told = openedWith(await tell(team.staff, { text: 'Бир кат' }), { envelope: 'AAAA' })
  for (let n = 0; n < PIECE_CASES; n++) {
    const id = toB64(randomBytes(16))
    edge.add({ ...told, item: { ...told.item, id } })
  }
  const { bar } = await built()
  expect(new Set(edge.pieces.keys())).toEqual(new Set(['1/0', '1/1']))
  expect(bar[0]).toEqual({ done: 0, total: PIECE_CASES + 2 })
  expect(bar.at(-1)).toBeNull()
  edge.asked = []
  forgetPieces(1)
  const second = await built('bermet')
  expect(second.last().cases.size).toBe(PIECE_CASES + 2)
  expect(edge.asked).toEqual([])
})
