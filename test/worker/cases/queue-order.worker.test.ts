// Compares the order of the queue with a simple definition of that order, for random cases. The
// edge pages through ranges of its indexes, and the staff app sorts all lines; the results must
// agree.
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { localDayOf } from '#content/clock.ts'
import { fromB64, randomBytes } from '#protocol/bytes'
import { DAY_MS, GRADES } from '#protocol/limits'
import { STATUSES, WAITING_FOR } from '#protocol/staff/fields'
import { Queue, QUEUE_PAGE, type QueueItem } from '#protocol/staff/list/queue'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { nextPlaces } from '#site/staff/list/order-lines.ts'
import { writeWaits } from '#worker/store/overflow/waiting-mark'
import { ask, db, freshEdge } from '../support/edge.ts'
import { person, type Person } from '../support/staff.ts'

const TODAY = localDayOf(Date.now())
const dayFrom = (days: number): string => localDayOf(Date.parse(TODAY) + days * DAY_MS)

let staff: Person
let caseworker: Person
beforeEach(async () => {
  await freshEdge()
  ;[staff, caseworker] = [await person('intake'), await person('caseworker')]
})

/** Stores cases that differ in every value on which the order depends. */
async function fill(seed: number, many: number): Promise<void> {
  const chance = chanceFrom(seed)
  await db.batch(
    Array.from({ length: many }, () => {
      const isMerged = chance.below(10) === 0
      return db
        .prepare(
          `INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
            header_id, owner_hash, write_hash, waits_for, waits_since, acted_follow_ups, due_day,
            assignee, merged_into, envelope)
          VALUES (?, 1, ?, 1, ?, 'device', ?, ?, x'00', randomblob(32), randomblob(32), ?, ?, ?, ?,
            ?, ?, x'00')`,
        )
        .bind(
          ...[randomBytes(16), chance.one([0, 1]), chance.one(GRADES), chance.one(STATUSES)],
          ...[dayFrom(-chance.one([0, 1, 5, 9])), chance.one(WAITING_FOR)],
          ...[chance.one([null, dayFrom(-3), dayFrom(-4)]), chance.one([null, 0])],
          chance.one([null, null, dayFrom(-1), TODAY, dayFrom(1)]),
          isMerged ? null : chance.one([null, fromB64(caseworker.id)]),
          isMerged ? new Uint8Array(16) : null,
        )
    }),
  )
}

const page = async ({ cookie }: Person, query: object, changes: object): Promise<Queue> => {
  const path = `/api/staff/reports?${new URLSearchParams({ ...query })}`
  return Queue.parse(await (await ask(path, { headers: { cookie } }, changes)).json())
}

async function allPages(who: Person, query: object = {}): Promise<Queue[]> {
  const pages = [await page(who, query, { FLOOD_MODE: 'auto' })]
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next)
    // Only the first page decides whether flood mode is on.
    pages.push(await page(who, { ...query, after: next }, { FLOOD_MODE: 'off' }))
  return pages
}

/** The order as a person would describe it: negative when `a` comes before `b`. */
function compare(a: QueueItem, b: QueueItem, isFlood: boolean): number {
  const isOpen = (item: QueueItem) => item.status !== 'closed'
  const isUntouchedDanger = (item: QueueItem) => isOpen(item) && item.danger && !item.acted
  const isDue = ({ dueDay, ...item }: QueueItem) =>
    isOpen({ ...item, dueDay }) &&
    !isUntouchedDanger({ ...item, dueDay }) &&
    dueDay !== null &&
    dueDay <= TODAY
  const byFirst = (holds: (item: QueueItem) => boolean) => Number(holds(b)) - Number(holds(a))
  const [isAbove, dayOf] = isDue(a)
    ? [true, (item: QueueItem) => item.dueDay ?? '']
    : [isUntouchedDanger(a) || !isOpen(a), (item: QueueItem) => item.waitsSince]
  return (
    byFirst(isUntouchedDanger) ||
    byFirst(isDue) ||
    byFirst(isOpen) ||
    (isAbove ? 0 : byFirst(({ waitsFor }) => waitsFor === 'us')) ||
    (isFlood ? b.grade - a.grade : 0) ||
    dayOf(a).localeCompare(dayOf(b))
  )
}

function expectInOrder(items: readonly QueueItem[], isFlood: boolean): void {
  const misplaced = items.filter((item, at) => {
    const before = items[at - 1]
    return before && compare(before, item, isFlood) > 0
  })
  expect(misplaced).toEqual([])
}

describe('the order of the queue', () => {
  test.each([
    ['no flood is on', false],
    ['a flood is on', true],
  ])('Every page and the staff app keep the stated order while %s', async (_, isFlood) => {
    if (isFlood) await writeWaits(env.FILES, { waiting: 100, aside: 0 })
    for (const seed of [1, 2, 3]) {
      await db.prepare('DELETE FROM reports').run()
      await fill(seed, 160)
      const total = await db
        .prepare('SELECT count(*) AS total FROM reports WHERE merged_into IS NULL')
        .first<number>('total')
      for (const query of [{}, { all: '1' }]) {
        const pages = await allPages(staff, query)
        const items = pages.flatMap((each) => each.items)
        expect(pages.map((each) => each.isFlood)).toEqual(pages.map(() => isFlood))
        expect([items.length, new Set(items.map(({ id }) => id)).size]).toEqual([total, total])
        expectInOrder(items, isFlood)
        const { order } = nextPlaces(null, {
          ...{ key: '', isShown: () => true, words: 0, found: null, isGiven: null },
          byId: new Map(items.map((item) => [item.id, item])),
          at: { today: TODAY, isFlood },
        })
        expectInOrder(
          order.flatMap((id) => items.find((item) => item.id === id) ?? []),
          isFlood,
        )
      }
    }
  })

  test('A caseworker pages through their own cases in the same order, without lanes', async () => {
    await writeWaits(env.FILES, { waiting: 100, aside: 0 })
    await fill(7, 260)
    const pages = await allPages(caseworker)
    const items = pages.flatMap((each) => each.items)
    expect(items.length).toBeGreaterThan(QUEUE_PAGE)
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    expect(pages.map((each) => each.isFlood)).toEqual(pages.map(() => false))
    expectInOrder(items, false)
  })

  test('Pages that began yesterday go on by the tasks that were due yesterday', async () => {
    await fill(5, 160)
    const first = await page(staff, {}, {})
    const after = (first.next ?? '').replace(TODAY, dayFrom(-1))
    expect((await page(staff, { after }, {})).next).toContain(`calm.${dayFrom(-1)}.`)
  })
})

describe('a flood', () => {
  const isFlood = async (changes: object): Promise<boolean> =>
    (await page(staff, {}, changes)).isFlood

  test('The queue says that a flood is on while reports wait, or when it is set so', async () => {
    expect(await isFlood({ FLOOD_MODE: 'auto' })).toBe(false)
    expect(await isFlood({ FLOOD_MODE: 'on' })).toBe(true)
    await writeWaits(env.FILES, { waiting: 1, aside: 0 })
    expect(await isFlood({ FLOOD_MODE: 'auto' })).toBe(true)
    expect(await isFlood({ FLOOD_MODE: 'off' })).toBe(false)
  })

  test('The queue says that no flood is on when R2 does not answer', async () => {
    const FILES = { head: () => Promise.reject(new Error('no answer')) }
    expect(await isFlood({ FLOOD_MODE: 'auto', FILES })).toBe(false)
  })
})
