// Lists one page of the queue: the facts that can be read without opening the reports. A caseworker
// receives only the cases assigned to them.
import { localDayOf } from '#content/clock.ts'
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { GRADES } from '#protocol/limits'
import { LINES_PAGE, QUEUE_PAGE, type Queue, type QueueItem } from '#protocol/staff/list/queue'
import { GROUPS, linePlaceOf, type OrderAt } from '#protocol/staff/list/rank'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { countOwnCases, listOwnLines } from '#worker/store/cases/own-cases'
import { listQueueLines, type QueueLine, type QueuePlace } from '#worker/store/list/queue'
import { isFloodOn } from '#worker/reports/flood-state'
import { parseB64 } from '#worker/parse'

/**
 * @param cursor  `next` of the previous page, or null for the first page
 * @param isLong  true for a device that fetches all lines, in pages of LINES_PAGE
 * @throws Refusal `not_allowed`; `malformed` for an invalid cursor
 */
export async function listQueue(
  deps: StaffDeps,
  cursor: string | null,
  isLong = false,
): Promise<Queue> {
  requireRole(deps.actor, 'intake', 'caseworker')
  const { db, actor } = deps
  const isIntake = actor.roles.includes('intake')
  const cursorPlace = cursor === null ? null : placeFrom(cursor)
  // The cursor contains the values that determine the order, so that no line moves from one page to
  // another.
  const at = cursorPlace?.at ?? {
    today: localDayOf(deps.now()),
    isFlood: isIntake && (await isFloodOn(deps)),
  }
  const after = cursorPlace?.after ?? null
  const length = isLong ? LINES_PAGE : QUEUE_PAGE
  // The query requests one more line than a page holds, to find out whether another page exists.
  const asked = { after, at, limit: length + 1 }
  const { lines, arrivals } = isIntake
    ? await listQueueLines(db, actor.id, asked)
    : await listOwn(deps, asked)
  const items = lines.slice(0, length).map(queueItem)
  const last = items.at(-1)
  return {
    items,
    next: last && lines.length > length ? cursorAt(last, at) : null,
    isFlood: at.isFlood,
    arrivals,
  }
}

async function listOwn(
  { db, actor }: StaffDeps,
  { after, at, limit }: { after: QueuePlace | null; at: OrderAt; limit: number },
) {
  const [lines, { arrivals }] = await Promise.all([
    listOwnLines(db, actor.id, { after, today: at.today, limit }),
    countOwnCases(db, actor.id),
  ])
  return { lines, arrivals }
}

export const queueItem = ({
  id,
  assignee,
  givenBy,
  seenFollowUps,
  seenRows,
  ...line
}: QueueLine): QueueItem => ({
  ...line,
  id: toB64(id),
  assignee: assignee && toB64(assignee),
  givenBy: givenBy && toB64(givenBy),
  seen:
    seenFollowUps === null || seenRows === null
      ? null
      : { followUps: seenFollowUps, rows: seenRows },
})

function cursorAt(item: QueueItem, at: OrderAt): string {
  const { group, grade, day } = linePlaceOf(item, at)
  return [at.isFlood ? 'flood' : 'calm', at.today, group, grade, day, item.id].join('.')
}

const CURSOR = /^(flood|calm)\.(\d{4}-\d\d-\d\d)\.(\w+)\.(\d)\.(\d{4}-\d\d-\d\d)\.([\w-]{22})$/

function placeFrom(cursor: string): { after: QueuePlace; at: OrderAt } {
  const [, state, today, name, digit, day, id] = CURSOR.exec(cursor) ?? []
  const group = GROUPS.find((each) => each === name)
  const grade = GRADES.find((each) => String(each) === digit)
  if (!group || grade === undefined || today === undefined || day === undefined || id === undefined)
    throw new Refusal('malformed')
  const at = { today, isFlood: state === 'flood' }
  return { after: { group, grade, day, id: parseB64(id) }, at }
}
