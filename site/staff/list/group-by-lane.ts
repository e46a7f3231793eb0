// Groups the list by the groups of its order, with lane A before lane B in each. order-lines.ts
// sorts; this file only finds where one group ends, so that each group has its own heading.
import type { QueueItem } from '#protocol/staff/list/queue'
import { groupOf, laneOf } from '#protocol/staff/list/rank'

/** The properties that all lines of a lane share. */
export interface QueueLane extends Pick<QueueItem, 'status'> {
  lane: 'A' | 'B'
  /** danger counts until the report is closed */
  danger: boolean
}

/**
 * The place of a line: its case, and the lane that it was put into. The line stays in that lane
 * even when a colleague changes the case.
 */
export interface LinePlace {
  id: string
  lane: QueueLane
}

export interface LaneGroup {
  lane: QueueLane
  ids: string[]
}

export const placeFor = (item: QueueItem): LinePlace => {
  const { status, danger = false } = groupOf(item)
  return { id: item.id, lane: { status, lane: laneOf(item), danger } }
}

/** Groups adjacent lines of one lane, in their existing order. */
export function groupByLane(places: readonly LinePlace[]): LaneGroup[] {
  const groups: LaneGroup[] = []
  for (const { id, lane } of places) {
    const last = groups.at(-1)
    if (last && isSame(last.lane, lane)) last.ids.push(id)
    else groups.push({ lane, ids: [id] })
  }
  return groups
}

const isSame = (a: QueueLane, b: QueueLane): boolean =>
  a.status === b.status && a.lane === b.lane && a.danger === b.danger
