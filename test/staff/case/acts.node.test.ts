// Performs acts in a case against the real worker, and then against a server that lies about them.
// The browser that opens the case replays the log and must mark each lie.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { DAY_MS } from '#protocol/limits'
import type { QueueItem } from '#protocol/staff/list/queue'
import { dayOf } from '#protocol/time'
import { DANGER_DAYS, daysUnconfirmed } from '#site/staff/case/read/danger-age.ts'
import { handoversOf } from '#site/staff/case/read/handovers-of.ts'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendAssignment } from '#site/staff/case/write/send-assignment.ts'
import { sendLink } from '#site/staff/case/write/send-link.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { readEntry, shiftEntry } from '#site/staff/case/write/shift-entry.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'

let team: Colleagues
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
})
let work: WorkedCase
let other: WorkedCase
beforeEach(async () => {
  const [one, two] = await copyCases(begun)
  work = one!
  other = two!
})
afterEach(() => vi.unstubAllGlobals())

const item = async () => (await work.stored()).item
const note = async (by = team.aigul) =>
  writeIn(by, (await work.load(by)).sealed).entry(noteOf('Белги'))
const danger = async (isDanger: boolean, by = team.aigul) =>
  writeIn(by, (await work.load(by)).sealed).danger({
    ...{ v: 1, kind: 'danger', at: '2026-11-26T10:00Z', text: 'Себеп', isDanger },
  })
const give = async (to: Colleagues['aigul'] | null, by = team.aigul) =>
  sendAssignment(by, await work.load(by), to?.keys.personId ?? null)
/** Compares the case with its log while a server shows different facts. */
const checkedWith = async (facts: Partial<QueueItem> = {}) => {
  const stored = await work.stored()
  const { statusDiffers, dangerDiffers, assigneeDiffers } = await work.check(team.aigul, {
    ...{ ...stored, item: { ...stored.item, ...facts } },
  })
  return [statusDiffers && 'status', dangerDiffers && 'danger', assigneeDiffers && 'holder'].filter(
    (each) => each !== false,
  )
}

describe('acts', () => {
  test('R38: An act that nobody signed is marked, before and after real acts', async () => {
    expect(await checkedWith({ acted: true })).toEqual(['status'])
    await work.openAndTake(team.aigul)
    expect(await checkedWith({ acted: true })).toEqual(['status'])
    await note()
    expect([(await item()).acted, await checkedWith()]).toEqual([true, []])
    expect(await checkedWith({ acted: false })).toEqual(['status'])
    await work.writeAgain({ text: 'Дагы' })
    expect([(await item()).acted, await checkedWith()]).toEqual([false, []])
    expect(await checkedWith({ acted: true })).toEqual(['status'])
  })

  test('A note, a reply, a danger, a status and taking the case agree with the log', async () => {
    const acts = [
      () => note(),
      async () => sendReply(team.aigul, await work.openAndTake(team.aigul), 'Угабыз'),
      () => danger(true),
      async () => sendStatus(team.aigul, await work.load(team.aigul), 'in_progress'),
      () => give(team.aigul),
    ]
    for (const act of acts) {
      await work.writeAgain({ text: 'Дагы' })
      await work.openAndTake(team.bermet)
      expect([(await item()).acted, await checkedWith()]).toEqual([false, []])
      await act()
      expect([act.toString(), (await item()).acted]).toEqual([act.toString(), true])
      expect(await checkedWith()).toEqual([])
    }
  })

  test('An act over a letter that its author has not read does not count', async () => {
    const { sealed } = await work.load(team.aigul)
    await work.writeAgain({ text: 'Дагы' })
    await writeIn(team.aigul, sealed).entry(noteOf('Эски көрүнүш'))
    expect([(await item()).acted, await checkedWith()]).toEqual([false, []])
    expect(await checkedWith({ acted: true })).toEqual(['status'])
  })

  test('A link, a handover and its reading are no acts', async () => {
    const { sealed } = await work.load(team.aigul)
    await sendLink(team.aigul, sealed, other.id, 'Бир адам')
    await writeIn(team.aigul, sealed).entry(shiftEntry('Эртең чалыңыз', ''))
    const [handedOver] = handoversOf(threadsOf(await work.load(team.bermet)))
    await writeIn(team.bermet, sealed).entry(readEntry([handedOver!]))
    expect([(await item()).acted, (await other.stored()).item.acted]).toEqual([false, false])
    expect(await checkedWith()).toEqual([])
  })
})

describe('a case that is given', () => {
  test('R38: A server that hides or invents the gift is marked', async () => {
    const { personId } = team.aigul.keys
    await give(team.bermet)
    expect([(await item()).givenBy, await checkedWith()]).toEqual([personId, []])
    expect(await checkedWith({ givenBy: null })).toEqual(['holder'])
    expect(await checkedWith({ givenBy: team.bermet.keys.personId })).toEqual(['holder'])
    await work.openAndTake(team.bermet)
    expect([(await item()).givenBy, await checkedWith()]).toEqual([personId, []])
    await note(team.bermet)
    expect([(await item()).givenBy, await checkedWith()]).toEqual([null, []])
    expect(await checkedWith({ givenBy: personId })).toEqual(['holder'])
  })

  test('A gift ends when the case is taken back, or when its holder passes it on', async () => {
    await give(team.bermet)
    await give(team.aigul, team.bermet)
    expect([(await item()).givenBy, await checkedWith()]).toEqual([team.bermet.keys.personId, []])
    await give(null)
    expect([(await item()).givenBy, await checkedWith()]).toEqual([null, []])
  })
})

describe('the day of a danger', () => {
  const today = dayOf(Date.now())

  test('R38: A day on which nobody confirmed the danger is marked', async () => {
    await danger(true)
    expect([(await item()).dangerDay, await checkedWith()]).toEqual([today, []])
    for (const dangerDay of [dayOf(Date.now() + DAY_MS), '2026-01-02', null])
      expect(await checkedWith({ dangerDay })).toEqual(['danger'])
    await danger(false)
    expect([(await item()).dangerDay, await checkedWith()]).toEqual([null, []])
    expect(await checkedWith({ dangerDay: today })).toEqual(['danger'])
  })

  test('A danger may date from a letter that came after the confirmation', async () => {
    await danger(true)
    await work.writeAgain({ text: 'Коркунуч' }, { isDanger: true })
    expect(await checkedWith()).toEqual([])
    expect(await checkedWith({ dangerDay: '2026-01-02' })).toEqual(['danger'])
  })

  test('The app asks about a danger after 14 days without a confirmation', () => {
    const now = Date.parse('2026-12-01T20:00:00Z')
    const of = (dangerDay: string, facts: Partial<QueueItem> = {}) =>
      daysUnconfirmed({ status: 'in_progress', danger: true, dangerDay, ...facts }, now)
    expect(DANGER_DAYS).toBe(14)
    expect(of('2026-11-18')).toBeNull()
    expect(of('2026-11-17')).toBe(14)
    expect(of('2026-07-01')).toBe(153)
    expect(of('2026-07-01', { status: 'closed' })).toBeNull()
    expect(of('2026-07-01', { danger: false })).toBeNull()
  })
})
