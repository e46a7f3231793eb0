import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { DangerPart } from '#site/staff/case/screen/danger/danger-part.tsx'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { draftIn, partOf, shown } from '../support/shown-case.tsx'
import { workedCases } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
let calm: LoadedReport
let marked: LoadedReport
beforeAll(async () => {
  team = await colleagues()
  const [one] = await workedCases(team, ['Биринчи кат'])
  calm = await one!.load(team.aigul)
  const entry = { v: 1, kind: 'danger', at: '2026-11-26T10:00Z', text: '', isDanger: true } as const
  await writeIn(team.bermet, calm.sealed).danger(entry)
  marked = await one!.load(team.aigul)
})
afterEach(() => vi.unstubAllGlobals())

/** Renders the part about danger, with a form that somebody has started to fill in for this act. */
const shownWith = (loaded: LoadedReport, act: 'set' | 'lift'): string => {
  const drafts = draftIn(loaded, 'danger', { text: 'Урушту', act })
  return shown({ team, drafts }, <DangerPart {...partOf(loaded)} />)
}

test('A form that marks danger never lifts the danger that a colleague has just marked', () => {
  expect(shownWith(calm, 'set')).toMatch(/Урушту.* staff\.danger\.set /)
  const late = shownWith(marked, 'set')
  expect(late).toMatch(/staff\.danger\.set\.already .*Урушту.* staff\.notes\.save /)
  expect(late).not.toMatch(/staff\.danger\.lift/)
})

test('A form that lifts danger never marks it after a colleague lifted it', () => {
  expect(shownWith(marked, 'lift')).toMatch(/Урушту.* staff\.danger\.lift /)
  const late = shownWith(calm, 'lift')
  expect(late).toMatch(/staff\.danger\.lift\.already .*Урушту.* staff\.notes\.save /)
  expect(late).not.toMatch(/staff\.danger\.set/)
})
