// Remembers the newest verified head of the ledger, so that a server cannot show an older ledger.
// A head is no secret: it is a hash that every colleague sees, it names
// nobody, and it opens nothing.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'

export interface RememberedHead {
  /** hash of the last row */
  head: Bytes
  /** UTC minute of that row */
  at: string
}

/** Each organisation has an own head, because a device may serve two organisations. */
const placeOf = (rootId: string): string => `oasis-staff-ledger-${rootId}`

/** @returns null when this browser has verified no ledger of this root yet */
export function rememberedHead(rootId: string): RememberedHead | null {
  try {
    const [hash = '', at = ''] = (localStorage.getItem(placeOf(rootId)) ?? '').split(' ')
    const head = fromB64(hash)
    return head.length === HASH_BYTES ? { head, at } : null
  } catch {
    // Storage is switched off, or somebody wrote other words there.
    return null
  }
}

export function rememberHead(rootId: string, { head, at }: RememberedHead): void {
  try {
    localStorage.setItem(placeOf(rootId), `${toB64(head)} ${at}`)
  } catch {
    // Storage is switched off, so the head lasts as long as the tab.
  }
}
