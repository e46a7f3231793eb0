import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { tasksOf, type Task } from '#site/staff/case/read/tasks-of.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { type EntryOf } from '#site/staff/crypto/case-entry.ts'
import { type Filed } from '../../support/people.ts'
import { Casework } from './support.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let work: Casework
let one: Filed
let two: Filed
beforeEach(async () => {
  work = await Casework.begin()
  one = await work.tell('Биринчи кыз')
  two = await work.tell('Экинчи кыз')
  for (const { id } of [one, two]) await work.open(work.aigul, id)
  await add(two, task('Дарыгер', '2026-12-01'))
})
afterAll(() => vi.unstubAllGlobals())

const at = '2026-11-26T10:00Z'
const task = (text: string, dueDay: string): EntryOf<'task'> => ({
  ...{ v: 1, kind: 'task', at, text, dueDay, assignee: null },
})
const add = ({ id }: Filed, entry: EntryOf<'task'> | EntryOf<'task_end'>): Promise<string> =>
  work.act(work.aigul, id, (by, { sealed }) => writeIn(by, sealed).task(entry))
const end = (into: Filed, { n, caseId }: Task): Promise<string> =>
  add(into, { v: 1, kind: 'task_end', at, text: '', task: n, caseId, isDone: true })
const merge = (from: Filed, into: Filed): Promise<void> =>
  work.office.as(work.aigul, ({ by }) => sendMerging(by, from.id, into.id))

/** Returns the open tasks of a case, and the day on which the case is due. */
async function openIn({ id }: Filed): Promise<{ open: Task[]; dueDay: string | null }> {
  const loaded = await work.open(work.bermet, id)
  const open = tasksOf(threadsOf(loaded)).filter((each) => each.end === null)
  return { open, dueDay: loaded.item.dueDay }
}
const textsOf = (tasks: Task[]): string[] => tasks.map((each) => each.task.text)

test('An open task of a merged case is a task of the surviving case until it ends', async () => {
  await merge(two, one)
  const merged = await openIn(one)
  expect([textsOf(merged.open), merged.dueDay]).toEqual([['Дарыгер'], '2026-12-01'])
  await add(one, task('Билет', '2026-12-09'))
  const both = await openIn(one)
  expect([textsOf(both.open), both.dueDay]).toEqual([['Дарыгер', 'Билет'], '2026-12-01'])
  await end(one, both.open[0]!)
  const left = await openIn(one)
  expect([textsOf(left.open), left.dueDay]).toEqual([['Билет'], '2026-12-09'])
  expect(await work.check(one.id)).toMatchObject({ fault: null, missing: 0 })
})

test('A task with the same row in both cases ends in the case that was named', async () => {
  await add(one, task('Билет', '2026-12-09'))
  await merge(two, one)
  const { open } = await openIn(one)
  expect(new Set(open.map(({ n }) => n)).size).toBe(1)
  await end(one, open[1]!)
  expect(await openIn(one)).toMatchObject({
    open: [{ caseId: two.id, task: { text: 'Дарыгер' } }],
    dueDay: '2026-12-01',
  })
})

test('A task that ended in the first case that went on stays ended in the second', async () => {
  const three = await work.tell('Үчүнчү кыз')
  await work.open(work.aigul, three.id)
  await merge(two, three)
  await end(three, (await openIn(three)).open[0]!)
  await merge(three, one)
  expect(await openIn(one)).toEqual({ open: [], dueDay: null })
})
