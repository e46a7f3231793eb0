// Divides the list into the groups by which it is sorted, and into lanes during a flood.
// order-lines.ts sorts; this file only finds where one group ends, so that each group has a
// heading.
import type { QueueItem } from '#protocol/staff/list/queue'
import { laneOf, linePlaceOf, type Group, type OrderAt } from '#protocol/staff/list/rank'

/** The group that all lines under a heading share, and their lane during a flood. */
export interface QueueLane {
  /** `given` for cases that were given to this person, which come first in that person's list */
  group: Group | 'given'
  /** lane A for every line, except during a flood */
  lane: 'A' | 'B'
}

/** The place of a line: its case, and the current lane of the case. */
export interface LinePlace {
  id: string
  lane: QueueLane
}

export interface LaneGroup {
  lane: QueueLane
  ids: string[]
}

export const placeFor = (item: QueueItem, at: OrderAt, isGiven = false): LinePlace => {
  const { group, ...place } = linePlaceOf(item, at)
  const lane: QueueLane = isGiven ? { group: 'given', lane: 'A' } : { group, lane: laneOf(place) }
  return { id: item.id, lane }
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

const isSame = (a: QueueLane, b: QueueLane): boolean => a.group === b.group && a.lane === b.lane
