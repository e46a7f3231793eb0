// Lists one page of the queue: the facts about reports that can be read without opening. A
// caseworker gets the assigned cases.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { LINES_PAGE, QUEUE_PAGE, type Queue, type QueueItem } from '#protocol/staff/list/queue'
import { readRank } from '#protocol/staff/list/rank'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { countOwnCases, listOwnLines } from '#worker/store/cases/own-cases'
import { listQueueLines, type QueueLine, type QueuePlace } from '#worker/store/list/queue'
import { parseB64 } from '#worker/parse'

/**
 * @param cursor  `next` of the previous page, or null for the top
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
  // The query asks for one line more than a page, to see whether another page exists.
  const after = cursor === null ? null : placeFrom(cursor)
  const length = isLong ? LINES_PAGE : QUEUE_PAGE
  const { lines, arrivals } = actor.roles.includes('intake')
    ? await listQueueLines(db, actor.id, after, length + 1)
    : await listOwn(deps, after, length + 1)
  const page = lines.slice(0, length)
  const last = page.at(-1)
  return {
    items: page.map(queueItem),
    next: last && lines.length > length ? cursorAt(last) : null,
    arrivals,
  }
}

async function listOwn({ db, actor }: StaffDeps, after: QueuePlace | null, limit: number) {
  const [lines, { arrivals }] = await Promise.all([
    listOwnLines(db, actor.id, after, limit),
    countOwnCases(db, actor.id),
  ])
  return { lines, arrivals }
}

export const queueItem = ({
  rank: _,
  id,
  assignee,
  seenFollowUps,
  seenRows,
  ...line
}: QueueLine): QueueItem => ({
  ...line,
  id: toB64(id),
  assignee: assignee && toB64(assignee),
  seen:
    seenFollowUps === null || seenRows === null
      ? null
      : { followUps: seenFollowUps, rows: seenRows },
})

const cursorAt = ({ rank, day, id }: QueuePlace): string => `${rank}.${day}.${toB64(id)}`

function placeFrom(cursor: string): QueuePlace {
  const [, number = '', day, id] = /^(\d+)\.(\d{4}-\d\d-\d\d)\.([\w-]{22})$/.exec(cursor) ?? []
  const rank = readRank(number)
  if (rank === undefined || day === undefined || id === undefined) throw new Refusal('malformed')
  return { rank, day, id: parseB64(id) }
}
