// Tests that a record from a newer version of the app is shown as newer, and is never overwritten.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { filesUnder, root } from '#scripts/shared/paths'
import { freeRecord } from '#site/staff/case/read/read-records.ts'
import { minorOf } from '#site/staff/case/read/minor-of.ts'
import { newClassDraft } from '#site/staff/case/screen/classes/class-draft.ts'
import { Persons } from '#site/staff/case/screen/persons/persons.tsx'
import { SummaryPart } from '#site/staff/case/screen/records/summary-part.tsx'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { EMPTY_SUMMARY, SUMMARY, type CaseRecord } from '#site/staff/crypto/case-record.ts'
import { savedDraftKey } from '#site/staff/crypto/drafts.ts'
import { type CaseOutcome } from '#site/staff/list/bulk/send-bulk.ts'
import { tagCases } from '#site/staff/list/bulk/tag-cases.ts'
import { colleagues, type Colleagues } from '../../support/colleagues.ts'
import { draftIn, partOf, shown } from '../../support/shown-case.tsx'
import { copyCases, workedCases, type WorkedCase } from '../../support/worked-case.ts'
import { classes, classified } from './support.ts'

const PERSON = 1
/** A colleague's newer app, with more fields and a new kind. */
const NEWER = { ...classified({ gender: 'Feminine' }), v: 3, added: 'жаңы талаа' }
const NEWER_SUMMARY = { ...EMPTY_SUMMARY, v: 2, title: 'Жаңы' }

let team: Colleagues
let begun: WorkedCase[]
/** Case one has newer records, and case two has none. */
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
  const [one] = begun as [WorkedCase]
  await one.openAndTake(team.aigul)
  for (const [record, newer] of [NEWER_SUMMARY, NEWER].entries()) await set(one, record, 1, newer)
  vi.unstubAllGlobals()
})
let work: WorkedCase, other: WorkedCase
beforeEach(async () => {
  ;[work, other] = (await copyCases(begun)) as [WorkedCase, WorkedCase]
})
afterEach(() => vi.unstubAllGlobals())

async function set(on: WorkedCase, record: number, revision: number, kept: object): Promise<void> {
  const { sealed } = await on.load(team.aigul)
  await writeIn(team.aigul, sealed).record({ record, revision }, kept as CaseRecord)
}
const sealedNow = async () => (await work.stored()).records.map(({ sealed }) => sealed)

describe('every way to write a record', () => {
  let before: string[]
  beforeEach(async () => {
    before = await sealedNow()
  })
  afterEach(async () => {
    expect(await sealedNow()).toEqual(before)
  })

  test('A form and a removal are refused before anything is sent', async () => {
    const log = (await work.stored()).log.length
    for (const [record, kept] of [
      [PERSON, classified()],
      [PERSON, { v: 1, kind: 'removed' }],
      [SUMMARY, EMPTY_SUMMARY],
    ] as const)
      await expect(set(work, record, 2, kept)).rejects.toMatchObject({ code: 'made_newer' })
    expect((await work.stored()).log.length).toBe(log)
  })

  test('A tag on many cases skips the case and says why', async () => {
    const outcomes: CaseOutcome[] = []
    const { signal } = new AbortController()
    await tagCases(
      team.aigul,
      { tag: 'шашылыш', ids: [work.id, other.id] },
      (each) => outcomes.push(each),
      signal,
    )
    expect(outcomes).toEqual([
      { id: work.id, code: 'made_newer' },
      { id: other.id, code: null },
    ])
  })

  test('A new person takes another number', async () => {
    const { sealed, records } = await work.load(team.aigul)
    expect(freeRecord(records)).toBe(2)
    await writeIn(team.aigul, sealed).person(classified())
    const after = (await work.stored()).records
    expect(after.map(({ record }) => record)).toEqual([SUMMARY, PERSON, 2])
    before = [...before, after.at(-1)!.sealed]
  })

  test('A merge keeps the bytes of both cases', async () => {
    await other.openAndTake(team.aigul)
    await sendMerging(team.aigul, work.id, other.id)
    const { others } = await other.load(team.aigul)
    expect(others[0]?.sealed.records.map(({ sealed }) => sealed)).toEqual(before)
    expect(others[0]?.records.map(({ isNewer }) => isNewer)).toEqual([true, true])
  })
})

test('Only one function of the app stores a record, and it looks at the record of before', () => {
  const staff = join(root, 'site/staff')
  const sending = filesUnder(staff).filter((path) =>
    readFileSync(join(staff, path), 'utf8').includes("sendAction('record.set'"),
  )
  expect(sending).toEqual(['case/write/write-in.ts'])
})

describe('what the screen says', () => {
  test('People and summary say that a newer app made them, and offer no change', async () => {
    const loaded = await work.load(team.aigul)
    for (const part of [<Persons {...partOf(loaded)} />, <SummaryPart {...partOf(loaded)} />]) {
      const text = shown({ team }, part)
      expect(text).toContain('made_newer')
      for (const verb of ['person.change', 'person.classify', 'person.remove', 'summary.change'])
        expect(text).not.toContain(`staff.${verb} `)
    }
  })

  test('A draft that began before the newer record stays, and cannot be stored', async () => {
    const loaded = await work.load(team.aigul)
    const drafts = draftIn(loaded, 'record 1', { name: 'Асель Т.' }, 0)
    const text = shown({ team, drafts }, <Persons {...partOf(loaded)} />)
    expect(text).toContain('Асель Т.')
    expect(text).toContain('made_newer')
    expect(text).not.toMatch(/staff\.record\.save/)
  })

  test('A draft of a classification that began before it is still there', async () => {
    const loaded = await work.load(team.aigul)
    const key = savedDraftKey('classes 1', loaded.item.id)
    const drafts = new Map([[key, JSON.stringify(newClassDraft(0, classes()))]])
    expect(shown({ team, drafts }, <Persons {...partOf(loaded)} />)).toContain('staff.loading')
  })

  test('Nobody of a newer record counts as an adult', async () => {
    expect(minorOf(await work.load(team.aigul))).toBe('unknown')
  })
})
