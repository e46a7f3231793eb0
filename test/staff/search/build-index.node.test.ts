import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { PIECE_CASES } from '#protocol/staff/list/pieces'
import { IndexBuilder } from '#site/staff/search/build-index.ts'
import { type CaseIndex, type ReadingProgress } from '#site/staff/search/case-index.ts'
import { forgetPieces } from '#site/staff/search/hold-pieces.ts'
import { type IndexViews } from '#site/staff/search/index-display.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { openedWith, tell, writeAgain } from '../support/people.ts'
import { teamKey } from '../support/team.ts'
import { workedCases } from '../support/worked-case.ts'
import { IndexEdge, storedTexts } from './support/index-edge.ts'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})

let edge: IndexEdge
let hotel: StoredCase
let cafe: StoredCase
beforeEach(async () => {
  edge = new IndexEdge()
  forgetPieces(1)
  vi.stubGlobal('fetch', edge.answer)
  const told = await tell(team.staff, { text: 'Мейманканада иштейм, 0555 12-34' })
  const again = await writeAgain(team.staff, told, { text: 'Хозяинди Тимур дешет' })
  hotel = openedWith(told, {
    followUps: [
      { id: again.id, day: '2026-11-25', sealedBy: 'device', envelope: toB64(again.envelope) },
    ],
  })
  hotel = { ...hotel, item: { ...hotel.item, followUps: 1 } }
  cafe = openedWith(await tell(team.staff, { text: 'Кафе Ала-Тоо\nпаспорт жок', lang: 'ru' }))
  edge.add(hotel, cafe)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const nothing: IndexViews = { onChange: () => undefined, onProgress: () => undefined }

interface Started {
  builder: IndexBuilder
  /** every state that the list received */
  shown: CaseIndex[]
  /** every state of the bar */
  bar: ReadingProgress[]
  last: () => CaseIndex
  found: (text: string) => string[] | undefined
}

function start(who: 'aigul' | 'bermet' | 'caseworker' = 'aigul'): Started {
  const shown: CaseIndex[] = []
  const bar: ReadingProgress[] = []
  const writer = who === 'caseworker' ? null : team[who]
  const reader = team[who === 'caseworker' ? 'bermet' : who]
  const isIntake = who !== 'caseworker'
  const builder = new IndexBuilder(
    { ...reader, writer, isIntake },
    {
      onChange: (index) => shown.push(index),
      onProgress: (progress) => bar.push(progress),
    },
  )
  const last = (): CaseIndex => {
    const index = shown.at(-1)
    if (!index) throw new Error('nothing was shown')
    return index
  }
  return {
    builder,
    shown,
    bar,
    last,
    found: (text) =>
      last()
        .search(text)
        ?.map(({ id }) => id),
  }
}

async function built(who?: 'aigul' | 'bermet' | 'caseworker'): Promise<Started> {
  const started = start(who)
  await started.builder.update()
  return started
}

test('The first device reads all cases, finds their words and writes a piece', async () => {
  const { bar, last, found } = await built()
  expect(bar.at(-1)).toBeNull()
  expect(found('мейманкана')).toEqual([hotel.item.id])
  expect(found('Timur')).toEqual([hotel.item.id])
  expect(last().cases.get(cafe.item.id)).toMatchObject({ title: 'Кафе Ала-Тоо', language: 'ru' })
  expect([...edge.pieces.keys()]).toEqual(['1/0'])
})

test('The index says that every case was read after the last one, and not before', async () => {
  const { last, shown } = await built()
  expect(last().isRead).toBe(true)
  expect(shown[0]?.isRead).toBe(false)
  // The same applies to a device that finds everything in the pieces.
  expect((await built('bermet')).last().isRead).toBe(true)
})

test('The bar is gone and everything is found while pieces are still being written', async () => {
  const { builder, bar, last, found } = start()
  const beforePut = vi.fn(() => {
    expect(bar.at(-1)).toBeNull()
    expect(last().isRead).toBe(true)
    expect(found('Timur')).toEqual([hotel.item.id])
    return Promise.resolve()
  })
  edge.beforePut = beforePut
  await builder.update()
  expect(beforePut).toHaveBeenCalledOnce()
  expect([...edge.pieces.keys()]).toEqual(['1/0'])
})

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

test('A device asks again for cases for which a page had no room, and drops none', async () => {
  edge.room = 1
  const { last, found } = await built()
  expect([...last().cases.keys()].toSorted()).toEqual([hotel.item.id, cafe.item.id].toSorted())
  expect(found('паспорт')).toEqual([cafe.item.id])
  expect(edge.asked).toHaveLength(3)
})

test('A piece holds no plain word', async () => {
  await built()
  const [piece] = [...edge.pieces.values()]
  const text = new TextDecoder().decode(piece?.sealed)
  for (const word of ['Мейманкана', 'Тимур', 'title', cafe.item.id])
    expect(text).not.toContain(word)
})

test('A list of which everything is shown is not drawn again', async () => {
  const { builder, shown } = await built()
  const drawn = shown.length
  await builder.update()
  expect(shown).toHaveLength(drawn)
  edge.add(openedWith(await tell(team.staff, { text: 'Базардагы жумушчу' })))
  await builder.update()
  expect(shown.length).toBeGreaterThan(drawn)
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

test('Locking drops all words, and nothing is shown afterwards', async () => {
  const { builder, shown, last } = await built()
  const index = last()
  const count = shown.length
  builder.stop()
  expect(index.search('кафе')).toEqual([])
  await builder.refresh(cafe.item.id)
  await builder.update()
  expect(shown).toHaveLength(count)
  expect(index.search('кафе')).toEqual([])
})

test('Locking while cases are read brings no word back and writes nothing', async () => {
  const { builder, shown } = start()
  edge.onSealed = () => builder.stop()
  await builder.update()
  expect(builder.search('кафе')).toEqual([])
  expect(shown.flatMap(({ cases }) => [...cases.keys()])).toEqual([])
  expect(edge.pieces.size).toBe(0)
})

test('Locking while a piece is read brings no word back', async () => {
  await built()
  const { builder } = start('bermet')
  // Each reading of the clock is late enough for a pause. The person locks the app during the first
  // pause.
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

test('A changed case is read again when the device says so', async () => {
  const { last, found } = await built()
  const told = await tell(team.staff, { text: 'Эми отелде' })
  edge.reports.set(cafe.item.id, { ...cafe, envelope: toB64(told.envelope) })
  const renamed = openedWith(told)
  edge.add(renamed)
  last().refresh(renamed.item.id)
  await vi.waitFor(() => expect(found('отель')).toEqual([renamed.item.id]))
})

test('A second update reads what colleagues changed', async () => {
  const { builder, found } = await built()
  const told = openedWith(await tell(team.staff, { text: 'Тигүү цехи' }))
  edge.add(told)
  edge.asked = []
  await builder.update()
  expect(edge.asked).toEqual([told.item.id])
  expect(found('тигуу')).toEqual([told.item.id])
})

test('A device asks for the changes of the day before, shortly after midnight', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-27T00:10Z') })
  const { builder } = await built()
  await builder.update()
  expect(edge.sinces).toEqual(['2026-11-26'])
})

test('A case has the words of the reports that it absorbed', async () => {
  edge.add({ ...cafe, mergedInto: hotel.item.id })
  const { last, found } = await built()
  expect(found('кафе')).toEqual([hotel.item.id])
  expect([...last().cases.keys()]).toEqual([hotel.item.id])
})

test('The words of a report stay in the search when its case is merged once more', async () => {
  const factory = openedWith(await tell(team.staff, { text: 'Тигүү цехи' }))
  edge.add(factory, { ...cafe, mergedInto: hotel.item.id })
  const { builder, last, found } = await built()
  expect(found('кафе')).toEqual([hotel.item.id])
  // The edge lists the last case, and no row of the absorbed report shows a change.
  edge.add({ ...hotel, mergedInto: factory.item.id, item: { ...hotel.item, rows: 1 } })
  await builder.update()
  expect([...last().cases.keys()]).toEqual([factory.item.id])
  for (const words of ['кафе', 'мейманкана', 'тигуу'])
    expect(found(words)).toEqual([factory.item.id])
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

test('A case whose key a new reader made is read after the roster names the reader', async () => {
  const [factory] = await workedCases(team, ['Тигүү цехи'])
  await factory!.openAndTake(team.aigul)
  const stored = await factory!.stored()
  vi.stubGlobal('fetch', edge.answer)
  edge.add(stored)
  const { keys, roster } = team.aigul
  const shown: CaseIndex[] = []
  const early = { keys, roster: { ...roster, readers: new Map() } }
  const builder = new IndexBuilder(
    { ...early, writer: team.aigul, isIntake: true },
    { ...nothing, onChange: (index) => shown.push(index) },
  )
  await builder.update()
  expect(shown.at(-1)?.search('тигуу')).toEqual([])
  edge.asked = []
  await builder.renew(team.aigul)
  expect(edge.asked).toEqual([stored.item.id])
  expect(
    shown
      .at(-1)
      ?.search('тигуу')
      ?.map(({ id }) => id),
  ).toEqual([stored.item.id])
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

test('Reading one case again does not move the bar', async () => {
  const { builder, bar } = await built()
  expect(bar).toEqual([null])
  await builder.refresh(cafe.item.id)
  expect(bar).toEqual([null, null])
})

test('A case that does not open is in the index without words', async () => {
  const broken = openedWith(await tell(team.staff, { text: 'x' }), { envelope: 'AAAA' })
  edge.add(broken)
  const { last, found } = await built()
  expect(last().cases.get(broken.item.id)).toMatchObject({ title: '', language: '' })
  expect(found('кафе')).toEqual([cafe.item.id])
})

test('While a request fails, the words that were read stay', async () => {
  const started = await built()
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')))
  await started.builder.update()
  expect(started.found('кафе')).toEqual([cafe.item.id])
  expect(started.bar.at(-1)).toBeNull()
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
