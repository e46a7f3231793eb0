import { render } from 'preact'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type SafeContact } from '#protocol/report/plain-report'
import { dayOf } from '#protocol/time'
import { attemptsOf } from '#site/staff/case/read/attempts-of.ts'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { wayIn } from '#site/staff/case/screen/attempts/way-in-contact.ts'
import { AttemptsPart } from '#site/staff/case/screen/attempts/attempts-part.tsx'
import { TasksPart } from '#site/staff/case/screen/tasks/tasks-part.tsx'
import { timelineOf } from '#site/staff/case/screen/timeline/timeline-of.ts'
import { tasksOf } from '#site/staff/case/read/tasks-of.ts'
import { type Way } from '#site/staff/crypto/case-entry.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { nodesOf, type FakeNode } from '../support/fake-dom.ts'
import { draftIn, partOf, screenOf, shown, textsIn } from '../support/shown-case.tsx'
import { workedCases, type WorkedCase } from '../support/worked-case.ts'

// The fake document has no focus.
vi.mock('#site/staff/session/navigation.ts', async (original) => ({
  ...(await original<object>()),
  focusSoon: () => undefined,
}))

// The colleagues join on the actual current date, so the log also begins on that date.
const TODAY = dayOf(Date.now())

let team: Colleagues
let work: WorkedCase
beforeAll(async () => {
  team = await colleagues()
})
beforeEach(async () => {
  const [made] = await workedCases(team, ['Биринчи кат'])
  work = made!
  await work.openAndTake(team.aigul)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const load = () => work.load(team.aigul)
const attempts = async () => attemptsOf(threadsOf(await load())).map(({ attempt }) => attempt)

/** Clicks or submits the first control whose text or value is this text. */
function act(root: FakeNode, event: 'click' | 'submit', text: string): void {
  const node = [...nodesOf(root)].find(
    (each) => each.listeners.has(event) && textsIn(each).includes(text),
  )
  if (!node) throw new Error(`nothing to ${event}: ${text}`)
  node.listeners
    .get(event)
    ?.call(node, { type: event, currentTarget: node, preventDefault: () => undefined })
}

/** Waits until a check of the stored case passes. */
const until = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 30_000 })

/** Presses “No answer” at a given minute. */
async function pressNoAnswer(at: string): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(at) })
  const before = (await attempts()).length
  const root = screenOf({ team }, <AttemptsPart {...partOf(await load())} />)
  act(root, 'click', 'staff.attempt.no_answer.go')
  await until(async () => expect(await attempts()).toHaveLength(before + 1))
  render(null, root)
}

test('“No answer” is one press, with the way of this site and the present minute', async () => {
  const at = `${TODAY}T03:12Z`
  await pressNoAnswer(at)
  expect(await attempts()).toEqual([
    { v: 1, kind: 'attempt', at, text: '', outcome: 'no_answer', way: 'site', triedAt: at },
  ])
})

test('A form takes another outcome below the first attempt, and no moment to come', async () => {
  await pressNoAnswer(`${TODAY}T03:12Z`)
  const loaded = await load()
  const fields = { outcome: 'other', way: 'phone', text: ' Эркек киши ', when: '2999-01-01T10:00' }
  const drafts = draftIn(loaded, 'attempt', fields)
  vi.setSystemTime(Date.parse(`${TODAY}T04:00Z`))
  const root = screenOf({ team, drafts }, <AttemptsPart {...partOf(loaded)} />)
  const text = textsIn(root)
  expect(text.indexOf('way.site')).toBeLessThan(text.indexOf('staff.attempt.outcome'))
  act(root, 'submit', 'staff.attempt.save')
  await until(async () => expect(await attempts()).toHaveLength(2))
  render(null, root)
  expect(await attempts()).toMatchObject([
    { outcome: 'other', way: 'phone', text: 'Эркек киши', triedAt: `${TODAY}T04:00Z` },
    { outcome: 'no_answer' },
  ])
})

test('The history of a case has each attempt, and the case shows it to a colleague', async () => {
  await pressNoAnswer(`${TODAY}T03:12Z`)
  const loaded = await load()
  expect(timelineOf(loaded).at(-1)).toMatchObject({
    ...{ kind: 'notes', actor: team.aigul.keys.personId, at: `${TODAY}T03:12Z` },
    what: { is: 'entry', entry: { kind: 'attempt' } },
  })
  const seen = await work.load(team.bermet)
  expect(shown({ team }, <AttemptsPart {...partOf(seen)} />)).toContain('staff.attempt.way.site')
})

test.each<[SafeContact | undefined, Way]>([
  [undefined, 'site'],
  [{ how: 'жообуңузду ушул жерден окуйм' }, 'site'],
  [{ how: 'Позвоните вечером, +996 700 000 000' }, 'phone'],
  [{ how: 'Мага кечинде чалыңыз' }, 'phone'],
  [{ how: 'WhatsApp, потом позвонить' }, 'messenger'],
  [{ how: 'телефон же WhatsApp', avoid: 'чалбаңыз' }, 'messenger'],
  [{ how: 'Электрондук почта: aijan@example.org' }, 'email'],
  [{ how: 'телефон', avoid: 'звонить нельзя' }, 'site'],
])('The way of %o is %s', (contact, way) => {
  expect(wayIn(contact)).toBe(way)
})

test('A task in one line is for its author unless another person is chosen', async () => {
  const begin = async (fields: Record<string, string>): Promise<void> => {
    const loaded = await load()
    const before = tasksOf(threadsOf(loaded)).length
    const drafts = draftIn(loaded, 'task', fields)
    const root = screenOf(
      { team, drafts },
      <TasksPart {...partOf(loaded)} onDanger={() => undefined} />,
    )
    act(root, 'submit', 'staff.task.save')
    await until(async () => expect(tasksOf(threadsOf(await load()))).toHaveLength(before + 1))
    render(null, root)
  }
  await begin({ text: 'Чалуу', dueDay: '2026-12-02' })
  await begin({ text: 'Дарыгер', dueDay: '2026-12-03', assignee: '' })
  expect(tasksOf(threadsOf(await load())).map(({ task }) => [task.dueDay, task.assignee])).toEqual([
    ['2026-12-02', team.aigul.keys.personId],
    ['2026-12-03', null],
  ])
})
