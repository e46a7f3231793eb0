import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { TasksPart } from '#site/staff/case/screen/tasks/tasks-part.tsx'
import { DueDay } from '#site/staff/ui/due-day.tsx'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { partOf, shown } from '../support/shown-case.tsx'
import { workedCases } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
let loaded: LoadedReport
beforeAll(async () => {
  team = await colleagues()
  const [one] = await workedCases(team, ['Биринчи кат'])
  const { sealed } = await one!.load(team.aigul)
  const task = { text: 'Дарыгер', dueDay: '2026-12-01', assignee: null }
  await writeIn(team.aigul, sealed).task({ v: 1, kind: 'task', at: '2026-11-26T10:00Z', ...task })
  loaded = await one!.load(team.aigul)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Returns the words that the case and the list show about the task at a given time. */
function shownAt(moment: string): [inCase: string, inList: string] {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(moment) })
  return [
    shown({ team }, <TasksPart {...partOf(loaded)} onDanger={() => undefined} />),
    shown({ team }, <DueDay day="2026-12-01" isShort />),
  ]
}

test.each([
  ['2026-11-30T17:59Z', 'staff.list.due.later', 'staff.list.due.later'],
  ['2026-11-30T18:00Z', 'staff.list.due.today', 'staff.age.today'],
  ['2026-12-01T17:59Z', 'staff.list.due.today', 'staff.age.today'],
  ['2026-12-01T18:00Z', 'staff.list.due.overdue', 'staff.list.due.overdue'],
])('A task is due by the day of Bishkek, even at night: %s', (moment, ofCase, ofList) => {
  const [inCase, inList] = shownAt(moment)
  expect(inCase).toContain(ofCase)
  expect(inList).toContain(ofList)
})
