// The queue in trays: within each rank, what came without a check lies behind what passed one. The edge sorts; here only the seams
// are found, so that each tray has a heading of its own.
import { type QueueItem } from '#protocol/staff'

export interface TrayOfLines {
  lane: QueueItem['lane']
  items: QueueItem[]
}

/** Neighbours of one lane together, in the order in which they came. */
export function traysOf(items: readonly QueueItem[]): TrayOfLines[] {
  const trays: TrayOfLines[] = []
  for (const item of items) {
    const last = trays.at(-1)
    if (last?.lane === item.lane) last.items.push(item)
    else trays.push({ lane: item.lane, items: [item] })
  }
  return trays
}
