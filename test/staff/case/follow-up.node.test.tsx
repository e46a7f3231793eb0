import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { localDayOf } from '#content/clock.ts'
import { lastOutcomeIn } from '#site/staff/case/read/follow-ups.ts'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { askingNow, tasksOf, type Task } from '#site/staff/case/read/tasks-of.ts'
import { followUpFrom, NO_ANSWERS } from '#site/staff/case/screen/closing/follow-up-fields.tsx'
import { TasksPart } from '#site/staff/case/screen/tasks/tasks-part.tsx'
import { closeCase, type Closing } from '#site/staff/case/write/close-case.ts'
import { asksFollowUp, contactToAsk, monthsAfter } from '#site/staff/case/write/plan-follow-up.ts'
import { endOfTask } from '#site/staff/case/write/end-of-task.ts'
import { reportDanger } from '#site/staff/case/write/report-danger.ts'
import { takeCase } from '#site/staff/case/write/take-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { type FollowUpOutcome } from '#site/staff/crypto/case-entry.ts'
import { keptTasksOf, openTasksIn } from '#site/staff/search/open-tasks.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { partOf, shown } from '../support/shown-case.tsx'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'

const words = { t: (key: string) => key }
const AGREED = { ...NO_ANSWERS, way: 'yes', wish: 'yes' } as const
const TODAY = localDayOf(Date.now())

let team: Colleagues
let begun: WorkedCase[]
let work: WorkedCase
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат'])
})
beforeEach(async () => {
  const [one] = await copyCases(begun)
  work = one!
  await work.openAndTake(team.aigul)
})
afterEach(() => void vi.unstubAllGlobals())

const load = (): Promise<LoadedReport> => work.load(team.aigul)
const tasks = async (): Promise<Task[]> => tasksOf(threadsOf(await load()))
const open = async (): Promise<Task[]> => (await tasks()).filter(({ end }) => end === null)

/** Closes the case, as a colleague who has answered both questions does. */
async function close(answers = {}): Promise<void> {
  const loaded = await load()
  const followUp = followUpFrom(loaded, { ...AGREED, ...answers }, team.aigul.keys.personId, words)
  const closing: Closing = {
    reason: 'helped',
    dangerOver: '',
    other: '',
    ...{ followUp },
  } as Closing
  await closeCase(team.aigul, loaded, closing, new Set())
}

async function endFirst(outcome: FollowUpOutcome, at: string): Promise<void> {
  const [first] = await open()
  const loaded = await load()
  const end = endOfTask(loaded, first!, { at, text: '', outcome, isDone: true })
  await writeIn(team.aigul, loaded.sealed).task(end)
}

describe('closing with a follow-up', () => {
  test('A closing with a safe way and a wish leaves four tasks', async () => {
    await close()
    const all = await open()
    expect(all.map(({ task }) => [task.dueDay, task.assignee, task.followUp])).toEqual(
      [1, 3, 6, 12].map((months) => [
        monthsAfter(TODAY, months),
        team.aigul.keys.personId,
        { months },
      ]),
    )
    const { item } = await load()
    expect([item.status, item.dueDay]).toEqual(['closed', monthsAfter(TODAY, 1)])
  })

  test('A month that a colleague leaves out gets no task', async () => {
    await close({ without: [1, 12] })
    expect((await open()).map(({ task }) => task.followUp?.months)).toEqual([3, 6])
  })

  test.each([
    [{ way: 'no', wish: null }, 'staff.follow.way.no'],
    [{ way: 'yes', wish: 'no' }, 'staff.follow.wish.no'],
    [{ way: 'unknown', wish: 'yes' }, 'staff.follow.way.unknown'],
  ])(
    'Without a safe way or the wish nobody asks, and a note says so: %o',
    async (answers, said) => {
      await close(answers)
      expect(await tasks()).toEqual([])
      const notes = (await load()).entries.flatMap(({ entry }) =>
        entry?.kind === 'note' ? [entry.text] : [],
      )
      expect(notes).toHaveLength(1)
      expect(notes[0]).toContain(said)
    },
  )

  test('A closing for which nobody answered leaves neither task nor note', async () => {
    await close({ way: null, wish: null })
    const { entries, item } = await load()
    expect([entries, item.status]).toEqual([[], 'closed'])
  })

  test('A try that failed after two tasks stores each task once', async () => {
    const loaded = await load()
    const followUp = followUpFrom(loaded, AGREED, team.aigul.keys.personId, words)
    const closing: Closing = { reason: 'helped', dangerOver: '', other: '', followUp: followUp! }
    const stored = new Set<string>()
    let sent = 0
    work.edge.wire = (exchange) => {
      if (exchange.method === 'POST' && exchange.path.endsWith('/entries')) sent += 1
      if (sent === 3) throw new TypeError('no network')
      return exchange.pass()
    }
    await expect(closeCase(team.aigul, loaded, closing, stored)).rejects.toMatchObject({
      code: 'network',
    })
    work.edge.wire = (exchange) => exchange.pass()
    await closeCase(team.aigul, await load(), closing, stored)
    expect((await open()).map(({ task }) => task.followUp?.months)).toEqual([1, 3, 6, 12])
  })

  test('A joke, a test and a person without contact are not asked later', () => {
    expect(
      (['helped', 'referred', 'other', 'spam', 'test', 'no_contact', null] as const).filter(
        asksFollowUp,
      ),
    ).toEqual(['helped', 'referred', 'other'])
  })

  test.each([
    ['2026-12-01', 1, '2027-01-01'],
    ['2026-12-01', 12, '2027-12-01'],
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
  ])('%s and %i months is %s', (day, months, later) => {
    expect(monthsAfter(day, months)).toBe(later)
  })

  test('The safe contact of one writer is never offered for another', async () => {
    const loaded = await load()
    expect(contactToAsk(loaded)).toEqual(loaded.first?.report.contact ?? null)
    const others = [{ ...loaded, id: 'other' }]
    expect(contactToAsk({ ...loaded, others })).toBe(null)
  })
})

describe('the outcomes of a follow-up', () => {
  test.each<[FollowUpOutcome[], number]>([
    [['safe', 'no_contact', 'safe'], -1],
    [['no_contact', 'safe', 'no_contact'], 2],
    [['no_contact', 'no_contact', 'safe'], 1],
    [['unwilling'], 0],
    [['safe', 'in_danger'], 1],
    [[], -1],
  ])('%o is over at place %i', (outcomes, place) => {
    expect(lastOutcomeIn(outcomes)).toBe(place)
  })

  test('No contact twice ends the follow-up and keeps every word', async () => {
    await close()
    await endFirst('no_contact', '2027-01-02T10:00Z')
    expect(await open()).toHaveLength(3)
    const rows = (await load()).entries.length
    await endFirst('no_contact', '2027-03-02T10:00Z')
    expect(await open()).toEqual([])
    const all = await tasks()
    expect(all.map(({ end }) => end?.isOfFollowUp)).toEqual([false, false, true, true])
    const { item, entries } = await load()
    expect([item.status, item.dueDay, entries.length]).toEqual(['closed', null, rows + 1])
    const text = shown({ team }, <TasksPart {...partOf(await load())} onDanger={() => undefined} />)
    expect(text).toContain('staff.follow.over')
  })

  test('A follow-up of the next closing on the same day begins anew', async () => {
    await close()
    await endFirst('unwilling', '2026-12-01T10:00Z')
    expect(await open()).toEqual([])
    await takeCase(team.aigul, await load(), true)
    await close()
    expect(await open()).toHaveLength(4)
    await endFirst('no_contact', '2026-12-01T10:01Z')
    const { item, entries } = await load()
    expect([(await open()).length, item.dueDay]).toEqual([3, monthsAfter(TODAY, 3)])
    const kept = openTasksIn([{ id: work.id, ...keptTasksOf({ id: work.id, entries }) }])
    expect(kept.map(({ dueDay }) => dueDay)).toEqual([3, 6, 12].map((n) => monthsAfter(TODAY, n)))
  })

  test('An ordinary task of the case outlives the follow-up', async () => {
    await close()
    const task = {
      v: 1,
      kind: 'task',
      at: '2026-12-01T10:00Z',
      text: 'Сот',
      assignee: null,
    } as const
    await writeIn(team.aigul, (await load()).sealed).task({ ...task, dueDay: '2028-01-01' })
    await endFirst('unwilling', '2027-01-02T10:00Z')
    expect((await open()).map((each) => each.task.text)).toEqual(['Сот'])
    expect((await load()).item.dueDay).toBe('2028-01-01')
  })

  test('Danger that a follow-up found opens the case again', async () => {
    await close()
    const loaded = await load()
    const danger = {
      ...({ v: 1, kind: 'danger', at: '2027-01-02T10:00Z', isDanger: true } as const),
      text: 'Кайра алып кетишти, эжеси айтты',
    }
    const [first] = await open()
    const how = { assigns: true, stored: new Map<string, string>() }
    await reportDanger(team.aigul, loaded, first!, danger, how)
    const after = await load()
    expect([after.item.status, after.danger, after.item.assignee]).toEqual([
      ...['in_progress', true, team.aigul.keys.personId],
    ])
    expect(await open()).toEqual([])
    expect(after.entries.map(({ entry }) => entry?.text)).toContain(danger.text)
  })

  test('A report of danger that breaks off is not stored twice', async () => {
    await close()
    const danger = {
      ...({ v: 1, kind: 'danger', at: '2027-01-02T10:00Z', isDanger: true } as const),
      text: 'Коркунучта',
    }
    const how = { assigns: true, stored: new Map<string, string>() }
    const [first] = await open()
    const loaded = await load()
    work.edge.wire = (exchange) => {
      if (exchange.path.endsWith('/entries')) throw new TypeError('no network')
      return exchange.pass()
    }
    await expect(reportDanger(team.aigul, loaded, first!, danger, how)).rejects.toMatchObject({
      code: 'network',
    })
    work.edge.wire = (exchange) => exchange.pass()
    await reportDanger(team.aigul, await load(), first!, danger, how)
    const { entries, item } = await load()
    expect(entries.filter(({ entry }) => entry?.text === danger.text)).toHaveLength(1)
    expect([item.status, await open()]).toEqual(['in_progress', []])
  })

  test('Only the first open follow-up shows its outcomes, and a later one is a line', async () => {
    await close()
    const timesIn = async (key: string): Promise<number> => {
      const part = <TasksPart {...partOf(await load())} onDanger={() => undefined} />
      return shown({ team }, part).split(key).length - 1
    }
    for (const later of [3, 2]) {
      for (const outcome of ['safe', 'no_contact', 'unwilling', 'in_danger'])
        expect(await timesIn(`staff.follow.${outcome}`)).toBe(1)
      expect(await timesIn('staff.follow.month')).toBe(later)
      expect(await timesIn('staff.task.done.go')).toBe(0)
      const [asking] = askingNow(await open())
      const end = { at: '2027-01-02T10:00Z', text: '', isDone: false }
      const loaded = await load()
      await writeIn(team.aigul, loaded.sealed).task(endOfTask(loaded, asking!, end))
    }
  })

  test('Each of two merged follow-ups asks by its own first task', async () => {
    await close()
    const own = await open()
    const absorbed = own.map((task) => ({ ...task, caseId: 'absorbed' }))
    expect([...askingNow([...own, ...absorbed])]).toEqual([own[0], absorbed[0]])
  })
})
