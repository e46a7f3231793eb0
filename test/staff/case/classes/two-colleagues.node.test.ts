// Tests, against the real worker, what happens when two colleagues classify one person at the same
// time.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { newClassDraft, rebased } from '#site/staff/case/screen/classes/class-draft.ts'
import { classesFrom } from '#site/staff/case/screen/classes/class-fields.ts'
import {
  personDraft,
  personFields,
  personFrom,
} from '#site/staff/case/screen/persons/person-fields.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { colleagues, type Colleagues } from '../../support/colleagues.ts'
import { copyCases, workedCases, type WorkedCase } from '../../support/worked-case.ts'
import { classes, classified, personOf, setPerson } from './support.ts'

let team: Colleagues
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат'])
  const [work] = begun as [WorkedCase]
  await work.openAndTake(team.aigul)
  await setPerson(work, team.aigul, classified({ gender: 'Feminine' }))
  vi.unstubAllGlobals()
})
let work: WorkedCase
beforeEach(async () => {
  ;[work] = (await copyCases(begun)) as [WorkedCase]
})
afterEach(() => vi.unstubAllGlobals())

test('The later one is refused, sees the first, and then both answers are stored', async () => {
  const { aigul, bermet } = team
  const { sealed } = await work.load(bermet)
  const draft = newClassDraft(1, classes({ gender: 'Feminine' }))
  draft.answers = { ...draft.answers, control: ['DebtBondage'] }
  await setPerson(work, aigul, classified({ gender: 'Feminine', exploitedIn: ['RU'] }))
  const mine = classified(classesFrom(draft.answers)!)
  await expect(
    writeIn(bermet, sealed).record({ record: 1, revision: 2 }, mine),
  ).rejects.toMatchObject({ code: 'record_changed' })
  const theirs = await personOf(work, bermet)
  const next = rebased(draft, 2, theirs!.classes)
  expect(next.isLater).toBe(true)
  await setPerson(work, bermet, { ...theirs!, classes: classesFrom(next.answers)! })
  expect((await personOf(work, aigul))?.classes).toEqual(
    classes({ gender: 'Feminine', exploitedIn: ['RU'], control: ['DebtBondage'] }),
  )
})

test('A colleague who corrects the name at that time keeps the classification', async () => {
  const person = await personOf(work, team.aigul)
  await setPerson(work, team.bermet, { ...person!, classes: classes({ control: 'unknown' }) })
  const stored = await personOf(work, team.aigul)
  const fields = { ...personFields(person!)!, name: 'Айпери Т.' }
  await setPerson(work, team.aigul, personFrom(fields, stored))
  expect(await personOf(work, team.bermet)).toMatchObject({
    ...{ name: 'Айпери Т.', classes: classes({ control: 'unknown' }) },
  })
})

test('A person who comes back by a draft keeps the classification', () => {
  const person = classified({ under18: 'yes' })
  const back = personFrom(personDraft(person), { v: 1, kind: 'removed' })
  expect(back.classes).toEqual(person.classes)
  expect(personFrom({ name: 'Айпери' }).classes).toEqual(classes())
})
