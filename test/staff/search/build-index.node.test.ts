import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { IndexBuilder } from '#site/staff/search/build-index.ts'
import { type CaseIndex } from '#site/staff/search/case-index.ts'
import { type IndexViews } from '#site/staff/search/index-display.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { openedWith, tell } from '../support/people.ts'
import { workedCases } from '../support/worked-case.ts'
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
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const nothing: IndexViews = { onChange: () => undefined, onProgress: () => undefined }

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
  // The index says the same on a device that finds every case in the pieces.
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

test('A device asks again for cases for which a page had no room, and drops none', async () => {
  edge.room = 1
  const { last, found } = await built()
  expect([...last().cases.keys()].toSorted()).toEqual([hotel.item.id, cafe.item.id].toSorted())
  expect(found('паспорт')).toEqual([cafe.item.id])
  expect(edge.asked).toHaveLength(3)
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
