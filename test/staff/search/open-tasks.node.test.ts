// Tests the open tasks that the index stores, and the task list for all cases.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type EntryOf } from '#site/staff/crypto/case-entry.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { forgetPieces } from '#site/staff/search/hold-pieces.ts'
import { concerns, countRead, listTasks } from '#site/staff/search/list-tasks.ts'
import { keptTasksOf, openTasksIn } from '#site/staff/search/open-tasks.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { byIdOf, lineItem } from '../support/lines.ts'
import { workedCases, type WorkedCase } from '../support/worked-case.ts'
import { IndexEdge } from './support/index-edge.ts'
import { indexOf } from './support/index-of.ts'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
beforeEach(() => forgetPieces(1))
afterEach(() => vi.unstubAllGlobals())

const base = { v: 1, at: '2026-11-26T10:00Z' } as const
const task = (text: string, rest: Partial<EntryOf<'task'>> = {}): EntryOf<'task'> => ({
  ...{ ...base, kind: 'task', text, dueDay: null, assignee: null, ...rest },
})
const end = (n: number, caseId?: string): EntryOf<'task_end'> => ({
  ...{ ...base, kind: 'task_end', text: '', task: n, isDone: true },
  ...(caseId === undefined ? {} : { caseId }),
})
const entryAt = (n: number, entry: EntryOf<'task'> | EntryOf<'task_end'>) => ({
  ...{ n, key: `key ${n}`, author: 'aigul', entry },
})

/** Writes two tasks into a case, and completes the first task. */
async function withTasks([one]: WorkedCase[]): Promise<WorkedCase> {
  const { sealed } = await one!.openAndTake(team.aigul)
  const writer = writeIn(team.aigul, sealed)
  await writer.task(task('Дарыгер', { dueDay: '2026-12-01' }))
  const { n } = keptTasksOf({ id: one!.id, entries: (await one!.load(team.aigul)).entries })
    .tasks[0]!
  await writer.task(task('Билет', { dueDay: '2026-12-05', assignee: team.bermet.keys.personId }))
  await writer.task(end(n))
  return one!
}

test('A second device knows the open tasks of every case out of the pieces', async () => {
  const worked = await withTasks(await workedCases(team, ['Тигүү цехи']))
  const stored = await worked.stored()
  const edge = new IndexEdge()
  edge.add(stored)
  await indexOf(team.aigul, edge)
  edge.asked = []
  const { cases } = await indexOf(team.bermet, edge)
  expect(edge.asked).toEqual([])
  const { personId } = team.bermet.keys
  expect(cases.get(worked.id)?.tasks).toMatchObject([
    { text: 'Билет', dueDay: '2026-12-05', assignee: personId },
  ])
  const [line] = listTasks(byIdOf(stored.item), cases)
  expect(line).toMatchObject({ caseId: worked.id, title: 'Тигүү цехи', person: personId })
})

test('A case has the tasks of absorbed cases, except those that one of its entries ended', () => {
  const absorbed = { id: 'absorbed', entries: [entryAt(1, task('Билет')), entryAt(2, task('Суд'))] }
  const main = {
    id: 'main',
    entries: [entryAt(2, task('Дарыгер')), entryAt(3, end(2, 'absorbed'))],
  }
  const reports = [main, absorbed].map((each) => ({ id: each.id, ...keptTasksOf(each) }))
  expect(openTasksIn(reports).map(({ text }) => text)).toEqual(['Дарыгер', 'Билет'])
  // The number of a row means nothing in another case.
  expect(openTasksIn(reports.slice(0, 1)).map(({ text }) => text)).toEqual(['Дарыгер'])
})

test('No contact twice ends a follow-up, also when the surviving case says it', () => {
  const ask = (n: number, months: number) =>
    entryAt(n, task(`${months}`, { dueDay: `2027-0${months}-01`, followUp: { months } }))
  const miss = (n: number, of: number, caseId?: string) =>
    entryAt(n, { ...end(of, caseId), outcome: 'no_contact' })
  const absorbed = {
    id: 'absorbed',
    entries: [ask(2, 1), ask(3, 3), ask(4, 6), entryAt(5, task('Сот')), miss(6, 2)],
  }
  const kept = (main: ReturnType<typeof entryAt>[]) =>
    openTasksIn(
      [{ id: 'main', entries: main }, absorbed].map((each) => ({
        id: each.id,
        ...keptTasksOf(each),
      })),
    ).map(({ text }) => text)
  expect(kept([])).toEqual(['3', '6', 'Сот'])
  expect(kept([miss(2, 3, 'absorbed')])).toEqual(['Сот'])
})

test('Only the follow-ups of a closed case are in the list of tasks', () => {
  const lines = byIdOf(lineItem('c', { status: 'closed', dueDay: '2027-01-01', rows: 2 }))
  const followUp = { outcome: null, at: '' }
  const tasks = [open('forgotten'), { ...open('ask'), followUp }]
  expect(listTasks(lines, new Map([['c', { title: '', tasks }]]))).toMatchObject([{ text: 'ask' }])
  expect(countRead(lines, new Map([['c', { rows: 1 }]]))).toEqual({ done: 0, total: 1 })
})

const open = (text: string, rest: { dueDay?: string; assignee?: string } = {}) => ({
  ...{ key: text, n: 1, text, dueDay: null, assignee: null, ...rest },
})

test('The tasks of open cases are in the order of their days, with no day last', () => {
  const lines = byIdOf(
    lineItem('a', { assignee: 'me' }),
    lineItem('b'),
    lineItem('c', { status: 'closed' }),
  )
  const cases = new Map([
    ['a', { title: 'A', tasks: [open('later'), open('soon', { dueDay: '2026-12-01' })] }],
    ['b', { title: 'B', tasks: [open('first', { dueDay: '2026-11-01' })] }],
    ['c', { title: 'C', tasks: [open('closed', { dueDay: '2026-10-01' })] }],
  ])
  expect(listTasks(lines, cases).map(({ text }) => text)).toEqual(['first', 'soon', 'later'])
})

test('A task concerns the colleague whom it names, and the holder of its case', () => {
  const lines = byIdOf(lineItem('a', { assignee: 'me' }), lineItem('b'))
  const tasks = [open('unnamed'), open('named', { assignee: 'other' })]
  const cases = new Map([
    ['a', { title: '', tasks }],
    ['b', { title: '', tasks: [...tasks, open('mine', { assignee: 'me' })] }],
  ])
  const listed = listTasks(lines, cases)
  const those = (who: string) =>
    listed.filter((each) => concerns(each, who)).map(({ caseId, text }) => `${caseId} ${text}`)
  expect(those('me')).toEqual(['a unnamed', 'a named', 'b mine'])
  expect(those('other')).toEqual(['a named', 'b named'])
  expect(listed.map(({ person }) => person)).toEqual(['me', 'other', null, 'other', 'me'])
})

test('Only open cases that this device has read with their last row count as read', () => {
  const lines = byIdOf(
    lineItem('a', { rows: 2 }),
    lineItem('b', { rows: 2 }),
    lineItem('c', { status: 'closed' }),
  )
  const read = (...rows: [string, number][]) => new Map(rows.map(([id, n]) => [id, { rows: n }]))
  expect(countRead(lines, read(['a', 2]))).toEqual({ done: 1, total: 2 })
  expect(countRead(lines, read(['a', 2], ['b', 1]))).toEqual({ done: 1, total: 2 })
  expect(countRead(lines, read(['a', 3], ['b', 2]))).toEqual({ done: 2, total: 2 })
})
