import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { QueueItem } from '#protocol/staff/list/queue'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { handoversOf } from '#site/staff/case/read/handovers-of.ts'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { linksOf } from '#site/staff/case/read/links-of.ts'
import { tasksOf } from '#site/staff/case/read/tasks-of.ts'
import { seenPartsOf } from '#site/staff/case/screen/use-seen.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendLink, sendLinkEnd } from '#site/staff/case/write/send-link.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { readEntry, shiftEntry } from '#site/staff/case/write/shift-entry.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { type EntryOf } from '#site/staff/crypto/case-entry.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
})
let first: WorkedCase
let second: WorkedCase
beforeEach(async () => {
  const [one, two] = await copyCases(begun)
  first = one!
  second = two!
})
afterEach(() => vi.unstubAllGlobals())

const at = '2026-11-26T10:00Z'
const task = (text: string, dueDay: string | null): EntryOf<'task'> => ({
  ...{ v: 1, kind: 'task', at, text, dueDay, assignee: null },
})
const end = (n: number, isDone = true): EntryOf<'task_end'> => ({
  ...{ v: 1, kind: 'task_end', at, text: 'болду', task: n, isDone },
})
const danger = (isDanger: boolean): EntryOf<'danger'> => ({
  ...{ v: 1, kind: 'danger', at, text: 'Себеп', isDanger },
})
const openTasks = async () =>
  tasksOf(threadsOf(await first.load(team.aigul))).filter((each) => each.end === null)
/** Compares the first case with its log while a server shows different facts about the case. */
const checkedWith = async (facts: Partial<QueueItem>) => {
  const stored = await first.stored()
  return first.check(team.aigul, { ...stored, item: { ...stored.item, ...facts } })
}
const dueDay = async () => (await first.stored()).item.dueDay

describe('tasks', () => {
  test('The case is due on the first day of its open tasks, even with stale views', async () => {
    const [mine, theirs] = await Promise.all([first.load(team.aigul), first.load(team.bermet)])
    await writeIn(team.aigul, mine.sealed).task(task('Дарыгер', '2026-12-01'))
    await writeIn(team.bermet, theirs.sealed).task(task('Билет', '2026-12-05'))
    expect(await dueDay()).toBe('2026-12-01')
    const [doctor, ticket] = await openTasks()
    expect([doctor?.task.text, ticket?.task.text]).toEqual(['Дарыгер', 'Билет'])
    await writeIn(team.bermet, theirs.sealed).task(end(doctor!.n))
    expect(await dueDay()).toBe('2026-12-05')
    await writeIn(team.bermet, theirs.sealed).task(end(ticket!.n, false))
    expect(await dueDay()).toBeNull()
    expect(await openTasks()).toEqual([])
    expect((await first.check(team.aigul)).entries).toEqual(new Set())
  })

  test('Two colleagues who add tasks in the same moment leave the earlier day', async () => {
    const { sealed } = await first.openAndTake(team.aigul)
    await Promise.all([
      writeIn(team.aigul, sealed).task(task('Эрте', '2026-12-01')),
      writeIn(team.bermet, sealed).task(task('Кеч', '2026-12-09')),
    ])
    expect(await dueDay()).toBe('2026-12-01')
    expect(await openTasks()).toHaveLength(2)
  })

  test('A task without a day comes last, and its first end counts', async () => {
    const { sealed } = await first.load(team.aigul)
    await writeIn(team.aigul, sealed).task(task('Күнсүз', null))
    await writeIn(team.aigul, sealed).task(task('Күндүү', '2026-12-02'))
    const [dated, undated] = await openTasks()
    expect([dated?.task.text, undated?.task.text]).toEqual(['Күндүү', 'Күнсүз'])
    await writeIn(team.aigul, sealed).task(end(undated!.n, false))
    await writeIn(team.bermet, sealed).task(end(undated!.n, true))
    const ended = tasksOf(threadsOf(await first.load(team.aigul))).at(-1)
    expect(ended?.end).toMatchObject({ author: team.aigul.keys.personId, entry: { isDone: false } })
  })

  test('A note leaves the due day as it is', async () => {
    const { sealed } = await first.load(team.aigul)
    await writeIn(team.aigul, sealed).task(task('Дарыгер', '2026-12-01'))
    await writeIn(team.bermet, sealed).entry(noteOf('Белги'))
    expect(await dueDay()).toBe('2026-12-01')
  })
})

describe('danger', () => {
  test('A danger is set and lifted with a reason, and the log says who did it', async () => {
    const { sealed } = await first.openAndTake(team.aigul)
    await writeIn(team.aigul, sealed).danger(danger(true))
    const set = await first.load(team.bermet)
    expect([set.danger, set.entries[0]?.author]).toEqual([true, team.aigul.keys.personId])
    await writeIn(team.bermet, set.sealed).danger(danger(false))
    expect((await first.load(team.aigul)).danger).toBe(false)
    expect((await first.check(team.aigul)).dangerDiffers).toBe(false)
  })

  test('Nobody lifts a danger that a colleague marked again in the meantime', async () => {
    const { sealed } = await first.load(team.aigul)
    await writeIn(team.aigul, sealed).danger(danger(true))
    const stale = await first.load(team.bermet)
    await writeIn(team.aigul, stale.sealed).danger(danger(true))
    const lift = writeIn(team.bermet, stale.sealed).danger(danger(false))
    await expect(lift).rejects.toMatchObject({ code: 'record_changed' })
    expect((await first.stored()).item.danger).toBe(true)
  })

  test('Nobody lifts a danger over words of the person that they have not read', async () => {
    const { sealed } = await first.load(team.aigul)
    await writeIn(team.aigul, sealed).danger(danger(true))
    const stale = await first.load(team.aigul)
    await first.writeDamaged()
    const lift = writeIn(team.aigul, stale.sealed).danger(danger(false))
    await expect(lift).rejects.toMatchObject({ code: 'report_grew' })
  })

  test('A letter in danger that comes after the lifting is a danger again', async () => {
    await first.writeAgain({ text: 'Коркунуч' }, { isDanger: true })
    const shown = await first.openAndTake(team.aigul)
    expect(shown.danger).toBe(true)
    await writeIn(team.aigul, shown.sealed).danger(danger(true))
    await writeIn(team.aigul, (await first.load(team.aigul)).sealed).danger(danger(false))
    expect((await first.load(team.aigul)).danger).toBe(false)
    await first.writeAgain({ text: 'Дагы коркунуч' }, { isDanger: true })
    expect((await first.openAndTake(team.bermet)).danger).toBe(true)
  })

  test('R38: Only a follow-up after the lifting may set the danger without a mark', async () => {
    await writeIn(team.aigul, (await first.load(team.aigul)).sealed).danger(danger(true))
    await writeIn(team.aigul, (await first.load(team.aigul)).sealed).danger(danger(false))
    expect((await checkedWith({ danger: true })).dangerDiffers).toBe(true)
    await first.writeDamaged({ isDanger: true })
    expect((await first.check(team.aigul)).dangerDiffers).toBe(false)
    const { sealed } = await first.load(team.aigul)
    await writeIn(team.aigul, sealed).danger(danger(false))
    expect((await first.check(team.aigul)).dangerDiffers).toBe(false)
    expect((await checkedWith({ danger: true })).dangerDiffers).toBe(true)
  })

  test('R38: A danger or an assignee that nobody signed is marked', async () => {
    const { sealed } = await first.load(team.aigul)
    await writeIn(team.aigul, sealed).danger(danger(true))
    expect(await checkedWith({ danger: false })).toMatchObject({ dangerDiffers: true })
    expect(await checkedWith({ assignee: team.bermet.keys.personId })).toMatchObject({
      ...{ dangerDiffers: false, assigneeDiffers: true },
    })
  })

  test('R38: A reason of closing that nobody signed is marked', async () => {
    await sendStatus(team.aigul, await first.load(team.aigul), 'closed', 'helped')
    expect((await first.check(team.aigul)).statusDiffers).toBe(false)
    expect((await checkedWith({ closeReason: 'spam' })).statusDiffers).toBe(true)
  })
})

describe('links', () => {
  const linked = async (by: WorkedCase) =>
    linksOf((await by.load(team.bermet)).entries).map(({ caseId, text }) => [caseId, text])

  test('A link appears in both cases, once, and is removed from both', async () => {
    const { sealed } = await first.load(team.aigul)
    await sendLink(team.aigul, sealed, second.id, 'Бир номер')
    for (const text of ['Бир номер', '']) await sendLink(team.bermet, sealed, second.id, text)
    expect(await linked(first)).toEqual([[second.id, 'Бир номер']])
    expect(await linked(second)).toEqual([[first.id, 'Бир номер']])
    await sendLinkEnd(team.bermet, sealed, { caseId: second.id })
    expect([await linked(first), await linked(second)]).toEqual([[], []])
  })

  test('Another reason for the same link is kept, and is removed with the first', async () => {
    const { sealed } = await first.load(team.aigul)
    for (const text of ['Бир номер', 'Бир кожоюн'])
      await sendLink(team.bermet, sealed, second.id, text)
    for (const [at, other] of [
      [first, second.id],
      [second, first.id],
    ] as const)
      expect(await linked(at)).toEqual([
        [other, 'Бир номер'],
        [other, 'Бир кожоюн'],
      ])
    await sendLinkEnd(team.bermet, sealed, { caseId: second.id })
    expect([await linked(first), await linked(second)]).toEqual([[], []])
  })

  test('After a failure between the two writes, the same act completes the link', async () => {
    const { sealed } = await first.openAndTake(team.aigul)
    const { wire } = first.edge
    first.edge.wire = ({ method, path, pass }) =>
      method === 'POST' && path.startsWith(`reports/${first.id}`)
        ? Promise.reject(new TypeError('lost'))
        : pass()
    const send = () => sendLink(team.aigul, sealed, second.id, 'Бир номер')
    await expect(send()).rejects.toMatchObject({ code: 'network' })
    first.edge.wire = wire
    expect([await linked(first), (await linked(second)).length]).toEqual([[], 1])
    await send()
    expect([(await linked(first)).length, (await linked(second)).length]).toEqual([1, 1])
  })

  test('A case is not linked to itself, to an unknown case or to a merged one', async () => {
    const { sealed } = await first.load(team.aigul)
    const link = (id: string) => sendLink(team.aigul, sealed, id, '')
    await expect(link(first.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(link('A'.repeat(22))).rejects.toMatchObject({ code: 'not_found' })
    second.show((stored) => ({ ...stored, mergedInto: first.id }))
    await expect(link(second.id)).rejects.toMatchObject({ code: 'case_merged' })
    expect((await first.stored()).entries).toEqual([])
  })
})

describe('the end of a shift', () => {
  test('A word for a colleague or for all is an entry, and needs words', async () => {
    const { sealed } = await first.load(team.aigul)
    const { personId } = team.bermet.keys
    await writeIn(team.aigul, sealed).entry(shiftEntry('Таң эрте чалат', personId))
    await writeIn(team.aigul, sealed).entry(shiftEntry('Баарыңарга', ''))
    const { entries } = await first.load(team.bermet)
    expect(entries.map(({ entry }) => entry)).toMatchObject([
      { kind: 'handover', to: personId, text: 'Таң эрте чалат' },
      { kind: 'handover', to: null },
    ])
    expect(() => shiftEntry(' ', '')).toThrow('text_empty')
  })

  test('A reading counts for its author only, whatever the server says about the row', async () => {
    const { sealed } = await first.load(team.aigul)
    await writeIn(team.aigul, sealed).entry(shiftEntry('Таң эрте чалат', ''))
    const read = async () => handoversOf(threadsOf(await first.load(team.bermet)))
    const [handover] = await read()
    expect(handover).toMatchObject({ from: team.aigul.keys.personId, readBy: [] })
    await writeIn(team.aigul, sealed).entry(readEntry([handover!]))
    expect((await read())[0]?.readBy).toEqual([])
    const { personId } = team.bermet.keys
    await writeIn(team.bermet, sealed).entry(readEntry([handover!]))
    expect((await read())[0]?.readBy).toEqual([personId])
    const asAigul = (row: StoredCase['log'][number]): StoredCase['log'][number] => ({
      ...row,
      statement: row.statement.replace(personId, team.aigul.keys.personId),
    })
    first.show((stored) => ({ ...stored, log: stored.log.map(asAigul) }))
    expect((await read())[0]?.readBy).toEqual([])
  })
})

describe('what counts as seen', () => {
  test('The rows that a device adds by taking letters in count as seen', async () => {
    const loaded = await first.load(team.aigul)
    const added = await takeLetters(team.aigul, loaded)
    expect(added).toBe((await first.stored()).log.length)
    expect(seenPartsOf(loaded, added)).toEqual({ followUps: 0, rows: 2 })
    const later = await first.load(team.bermet)
    expect(await takeLetters(team.bermet, later)).toBe(0)
    expect(seenPartsOf(later, 0)).toEqual({ followUps: 0, rows: 2 })
  })

  test('A case whose first letter does not open counts as not seen', async () => {
    const loaded = await first.load(team.aigul)
    expect(seenPartsOf({ ...loaded, first: null }, 0)).toBeNull()
  })
})
