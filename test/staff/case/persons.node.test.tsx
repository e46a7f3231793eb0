import { afterEach, expect, test, vi } from 'vitest'
import { Persons } from '#site/staff/case/screen/persons/persons.tsx'
import { UNCLASSIFIED } from '#site/staff/crypto/classification.ts'
import { type CasePerson } from '#site/staff/crypto/case-record.ts'
import { colleagues } from '../support/colleagues.ts'
import { draftIn, partOf, shown } from '../support/shown-case.tsx'
import { workedCases } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

afterEach(() => vi.unstubAllGlobals())

test('Words about the only person stay on the screen after a colleague took them out', async () => {
  const team = await colleagues()
  const [one] = await workedCases(team, ['Биринчи кат'])
  const person: CasePerson = {
    ...{
      v: 2,
      kind: 'person',
      role: 'victim',
      classes: UNCLASSIFIED,
      name: 'Асель',
      contact: '',
      age: '',
      text: '',
    },
  }
  await writeIn(team.aigul, (await one!.load(team.aigul)).sealed).person(person)
  const { sealed } = await one!.load(team.bermet)
  await writeIn(team.bermet, sealed).record({ record: 1, revision: 2 }, { v: 1, kind: 'removed' })
  const loaded = await one!.load(team.aigul)
  const drafts = draftIn(loaded, 'record 1', { name: 'Асель Т.', role: 'victim' }, 1)
  const text = shown({ team, drafts }, <Persons {...partOf(loaded)} />)
  expect(text).toContain('Асель Т.')
  expect(text).toContain('staff.record.removed')
})
