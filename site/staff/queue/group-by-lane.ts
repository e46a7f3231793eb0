// Groups the queue: danger, new, in progress and closed, with lane A before lane B in each group.
// The edge sorts; this file only finds where one group ends, so that each group has its own
// heading.
import { type QueueItem } from '#protocol/staff/cases'

/** The properties that all lines of a lane share. */
export interface QueueLane extends Pick<QueueItem, 'status'> {
  lane: 'A' | 'B'
  /** danger counts until a report is closed */
  danger: boolean
}

/**
 * A line and the lane in which it was loaded. The line stays in that lane when the person changes
 * the report.
 */
export interface Line {
  item: QueueItem
  lane: QueueLane
}

export interface LaneGroup {
  lane: QueueLane
  items: QueueItem[]
}

/** Returns the lane of a report: lane A holds the grades from 1 on. */
export const laneOf = ({ grade }: QueueItem): 'A' | 'B' => (grade > 0 ? 'A' : 'B')

export const lineOf = (item: QueueItem): Line => {
  const { status, danger } = item
  return { item, lane: { status, lane: laneOf(item), danger: danger && status !== 'closed' } }
}

/** Groups neighbours of one lane, in the order in which they came. */
export function groupByLane(lines: readonly Line[]): LaneGroup[] {
  const groups: LaneGroup[] = []
  for (const { item, lane } of lines) {
    const last = groups.at(-1)
    if (last && isSame(last.lane, lane)) last.items.push(item)
    else groups.push({ lane, items: [item] })
  }
  return groups
}

const isSame = (a: QueueLane, b: QueueLane): boolean =>
  a.status === b.status && a.lane === b.lane && a.danger === b.danger
