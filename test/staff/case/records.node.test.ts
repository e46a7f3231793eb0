import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { MAX_RECORDS } from '#protocol/staff/case-log/changes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { freeRecord, personsIn, summaryIn } from '#site/staff/case/read/read-records.ts'
import { titleOfCase } from '#site/staff/case/screen/links/use-case-title.ts'
import { NOBODY_YET, personFrom } from '#site/staff/case/screen/persons/person-fields.ts'
import { summaryFields, summaryFrom } from '#site/staff/case/screen/records/summary-part.tsx'
import { laterThan, listIn, readRecordDraft } from '#site/staff/case/write/record-draft.ts'
import { EMPTY_SUMMARY, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Ресторанда үч аял иштейт'])
})
let work: WorkedCase
beforeEach(async () => {
  const [made] = await copyCases(begun)
  work = made!
})
afterEach(() => vi.unstubAllGlobals())

const titled = (title: string) => ({ ...EMPTY_SUMMARY, title })
const place = (revision: number) => ({ record: SUMMARY, revision })
const person = (name: string) => personFrom({ ...NOBODY_YET, name })

describe('the summary', () => {
  test('A summary is read by colleagues, and names the case in place of its words', async () => {
    const loaded = await work.openAndTake(team.aigul)
    expect(titleOfCase(loaded)).toBe('Ресторанда үч аял иштейт')
    const fields = {
      title: ' Ресторан ',
      risk: 'high',
      tags: 'Москва, аял,Москва',
      marks: '996\n',
      note: ' зордук ',
    }
    await writeIn(team.aigul, loaded.sealed).record(place(1), summaryFrom(fields))
    const read = await work.load(team.bermet)
    expect(summaryIn(read.records)).toEqual({
      ...{ v: 1, kind: 'summary', title: 'Ресторан', risk: 'high' },
      ...{ tags: ['Москва', 'аял'], marks: ['996'], note: 'зордук' },
    })
    expect(titleOfCase(read)).toBe('Ресторан')
    expect(read.records).toMatchObject([{ author: team.aigul.keys.personId, revision: 1 }])
    expect((await work.check(team.bermet)).records).toEqual(new Set())
  })

  test('Fields of a summary come back from the record that they made', () => {
    const fields = { title: 'Цех', risk: '', tags: 'а, б', marks: '1\n2', note: 'зордук' }
    expect(summaryFields(summaryFrom(fields))).toEqual(fields)
    expect(summaryFields(person('Айпери'))).toBeNull()
    expect(listIn(' a,\n\nb ,a')).toEqual(['a', 'b'])
  })

  test('A stale revision is refused, shown beside the draft, and replaced after that', async () => {
    const draft = { base: 0, fields: { title: 'Меники' } }
    const { sealed, records } = await work.load(team.aigul)
    expect(laterThan(draft, records[0] ?? null)).toBeNull()
    await writeIn(team.bermet, sealed).record(place(1), titled('Кесиптештики'))
    const send = writeIn(team.aigul, sealed).record(
      place(draft.base + 1),
      summaryFrom(draft.fields),
    )
    await expect(send).rejects.toMatchObject({ code: 'record_changed' })
    const again = await work.load(team.aigul)
    const later = laterThan(draft, again.records[0] ?? null)
    expect(later).toMatchObject({
      ...{ revision: 1, author: team.bermet.keys.personId },
      kept: { title: 'Кесиптештики' },
    })
    await writeIn(team.aigul, again.sealed).record(place(2), titled('Экөө тең'))
    const { records: merged } = await work.load(team.bermet)
    expect(summaryIn(merged)?.title).toBe('Экөө тең')
  })

  test('A record that is too long is refused before anything is sent', async () => {
    const { sealed } = await work.load(team.aigul)
    const long = writeIn(team.aigul, sealed).record(place(1), titled('q'.repeat(9000)))
    await expect(long).rejects.toMatchObject({ code: 'text_too_long' })
    expect((await work.stored()).log).toEqual([])
  })

  test('A draft of a record survives as text, and another text is not a draft', () => {
    const draft = { base: 3, fields: { title: 'Жарым' } }
    expect(readRecordDraft(JSON.stringify(draft))).toEqual(draft)
    for (const text of ['', '{', '{"base":1}', '[]']) expect(readRecordDraft(text)).toBeNull()
  })
})

describe('people of the case', () => {
  test('Two colleagues who add people at once keep both, under two numbers', async () => {
    const { sealed } = await work.load(team.aigul)
    await Promise.all([
      writeIn(team.aigul, sealed).person(person('Айпери')),
      writeIn(team.bermet, sealed).person(person('Жылдыз')),
    ])
    const { records } = await work.load(team.aigul)
    expect(records.map(({ record }) => record)).toEqual([1, 2])
    expect(
      personsIn(records)
        .map(({ kept }) => kept.name)
        .sort(),
    ).toEqual(['Айпери', 'Жылдыз'])
    expect((await work.check(team.aigul)).records).toEqual(new Set())
  })

  test('A person who is taken out is no longer shown, and their number stays used', async () => {
    const { sealed } = await work.load(team.aigul)
    await writeIn(team.aigul, sealed).person(person('Айпери'))
    const removed = { v: 1, kind: 'removed' } as const
    await writeIn(team.aigul, sealed).record({ record: 1, revision: 2 }, removed)
    const { records } = await work.load(team.aigul)
    expect([personsIn(records), freeRecord(records)]).toEqual([[], 2])
  })

  test('A case whose numbers are all used takes nobody more', async () => {
    expect(freeRecord([{ record: MAX_RECORDS - 1 }])).toBeNull()
    const { sealed } = await work.load(team.aigul)
    const [record] = [{ record: MAX_RECORDS - 1, revision: 1, keyNo: 1, sealed: '' }]
    const full = { ...sealed, records: [record] }
    await expect(writeIn(team.aigul, full).person(person('Айпери'))).rejects.toMatchObject({
      code: 'record_changed',
    })
  })
})

describe('R38: what the server shows of records', () => {
  const withRecords = async (...records: StoredCase['records']): Promise<StoredCase> => ({
    ...(await work.stored()),
    records,
  })
  const checked = async (...records: StoredCase['records']) =>
    work.check(team.aigul, await withRecords(...records))
  beforeEach(async () => {
    const { sealed } = await work.openAndTake(team.aigul)
    await writeIn(team.aigul, sealed).record(place(1), titled('Биринчи'))
  })

  test('R38: An older revision that is put back is marked and does not open', async () => {
    const [older] = (await work.stored()).records
    const { sealed } = await work.load(team.aigul)
    await writeIn(team.aigul, sealed).record(place(2), titled('Экинчи'))
    expect((await checked(older!)).records).toEqual(new Set([SUMMARY]))
    const posed = await withRecords({ ...older!, revision: 2 })
    expect((await work.check(team.aigul, posed)).records).toEqual(new Set([SUMMARY]))
    const { records } = await openAll(team.aigul, posed)
    expect(records).toMatchObject([{ kept: null }])
  })

  test('R38: A record that is moved, planted or removed is marked', async () => {
    const [record] = (await work.stored()).records
    const moved = await checked({ ...record!, record: 4 })
    expect([moved.records, moved.missing]).toEqual([new Set([4]), 1])
    expect((await checked()).missing).toBe(1)
  })
})
