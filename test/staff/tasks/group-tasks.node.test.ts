import { expect, test } from 'vitest'
import { type TaskLine } from '#site/staff/search/list-tasks.ts'
import { groupTasks } from '#site/staff/tasks/group-tasks.ts'

const due = (dueDay: string | null): TaskLine => ({
  ...{ key: String(dueDay), caseId: 'a', title: '', text: '', dueDay, person: null, holder: null },
})

test('Tasks are overdue, due today, tomorrow, or later, also over the end of a year', () => {
  const days = ['2026-11-30', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', null]
  const groups = groupTasks(days.map(due), '2026-12-31')
  expect(groups.map(({ day, tasks }) => [day, tasks.map(({ dueDay }) => dueDay)])).toEqual([
    ['overdue', ['2026-11-30', '2026-12-30']],
    ['today', ['2026-12-31']],
    ['tomorrow', ['2027-01-01']],
    ['later', ['2027-01-02', null]],
  ])
})

test('A day without tasks has no group', () => {
  expect(groupTasks([due('2026-12-31')], '2026-12-31').map(({ day }) => day)).toEqual(['today'])
  expect(groupTasks([], '2026-12-31')).toEqual([])
})
