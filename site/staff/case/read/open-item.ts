// Opens sealed reports without their threads: waiting reports, and the reports that a discard
// covers.
import { type SealedItem } from '#protocol/staff/list/waiting'
import { decodeOrNone } from '#protocol/staff/native-b64'
import { type ReadReport } from '../../crypto/parse-report.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'
import { openAs } from './open-letters.ts'

export interface OpenedItem<Item extends SealedItem = SealedItem> {
  item: Item
  /** kind in the sealed header; null when the report does not open */
  kind: number | null
  /** true when the server or the sealed header reports that a person is in danger */
  danger: boolean
  /** null when the keys on this device cannot open the report */
  report: ReadReport | null
}

export const openItems = <Item extends SealedItem>(
  keys: UnlockedKeys,
  items: readonly Item[],
): Promise<OpenedItem<Item>[]> =>
  Promise.all(
    items.map(async (item) => {
      const opened = await openAs(keys, item.id, decodeOrNone(item.envelope))
      return {
        item,
        kind: opened?.header.kind ?? null,
        danger: item.danger || opened?.header.danger === true,
        report: opened?.report ?? null,
      }
    }),
  )
