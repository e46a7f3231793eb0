// Renders the classification form with string keys in place of its words.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { newClassDraft, type ClassDraft } from '#site/staff/case/screen/classes/class-draft.ts'
import { ClassFacts } from '#site/staff/case/screen/classes/class-facts.tsx'
import { ClassForm } from '#site/staff/case/screen/classes/class-form.tsx'
import { colleagues, type Colleagues } from '../../support/colleagues.ts'
import { partOf, shown } from '../../support/shown-case.tsx'
import { workedCases } from '../../support/worked-case.ts'
import { classes, classified, setPerson } from './support.ts'

let team: Colleagues
let loaded: LoadedReport
/** The record has one answer, and is at its second revision. */
beforeAll(async () => {
  team = await colleagues()
  const [work] = await workedCases(team, ['Биринчи кат'])
  await work!.openAndTake(team.aigul)
  await setPerson(work!, team.aigul, classified())
  await setPerson(work!, team.aigul, classified({ gender: 'Feminine' }))
  loaded = await work!.load(team.aigul)
  vi.unstubAllGlobals()
})
afterEach(() => vi.unstubAllGlobals())

const say = (key: string): string => key
const countries = new Map([['KG', 'Кыргызстан']])
const stored = () => loaded.records.find(({ record }) => record === 1)!
const formOf = (draft: ClassDraft, kept = stored().kept): string =>
  shown(
    { team },
    <ClassForm
      {...{ ...partOf(loaded), draft, say, countries, isNew: false }}
      stored={{ ...stored(), kept }}
      onDraft={() => undefined}
      onClose={() => undefined}
    />,
  )

test('A form has every question, and no count, score or way to take all suggestions', () => {
  const text = formOf(newClassDraft(2, classes({ gender: 'Feminine' })))
  for (const field of ['gender', 'citizenship', 'under18', 'ageband', 'status', 'industry'])
    expect(text).toContain(`staff-class.field.${field}`)
  expect(text).toContain('staff-class.law')
  expect(text).toContain('staff.record.save')
  expect(text).not.toContain('staff.record.theirs')
})

test('What a colleague stored since stands above the own answers', () => {
  const text = formOf(newClassDraft(1, classes()))
  expect(text).toContain('staff.record.theirs')
  expect(text).toContain('staff.record.save_both')
})

test('Answers about a person who was taken out stay, without a way to store them', () => {
  const draft = { ...newClassDraft(1, classes()), said: ['Жынысы: аял'] }
  const text = formOf(draft, { v: 1, kind: 'removed' })
  expect(text).toContain('Жынысы: аял')
  expect(text).toContain('staff-class.gone')
  expect(text).not.toContain('staff.record.save')
})

test('Facts have what was answered, the status by default, and what nobody asked', () => {
  const person = classified({ control: 'unknown', citizenship: ['KG'] })
  const place = { caseId: loaded.item.id, record: 1 }
  const text = shown({ team }, <ClassFacts {...{ loaded, place, person, say, countries }} />)
  for (const each of ['Кыргызстан', 'staff-class.unknown', 'staff-class.status.default'])
    expect(text).toContain(each)
  expect(text).toContain('staff-class.not_asked')
  expect(text).not.toContain('staff-class.field.industry')
})
