// Provides the keys to which the page seals. The build verified the page's own keys and wrote them
// into the page. Today's manifest contains newer keys, and must be valid under the pinned root. The
// page never seals to keys that are older than its own.
import { dayNumber } from '#protocol/time'
import { fromB64, type Bytes } from '#protocol/bytes'
import type { Manifest } from '#protocol/keys/manifest'
import type { SealingKeys } from '#protocol/report/envelope'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { GRACE_DAYS } from '#protocol/limits'
import { call } from '../network/api.ts'
import type { Pinned } from '../dom/page.ts'

/**
 * Checks a manifest.
 *
 * @param least  the page's own epoch; an older manifest may contain a key that a former member
 *   still holds
 * @returns the manifest, or the code of its refusal. `sealing_failed` means that only this
 *   device's date makes the manifest invalid. In that case, the clock is more likely to be wrong
 *   than the keys
 */
export type Renew = (manifest: Bytes, nowMs: number, least: number) => Promise<Manifest | ErrorCode>

/**
 * The keys to seal to. Keys without a hash are the page's own keys, and so is the key in the `pq`
 * tool.
 */
export type PageKeys = SealingKeys & Partial<Pick<Manifest, 'hybridHash'>>

export interface KeyRing {
  /**
   * Returns the page's own keys while they are valid, and otherwise today's keys.
   *
   * @throws Refusal `manifest_expired` when the page's keys have expired and no newer keys are
   *   available
   * @throws Refusal `sealing_failed` when today's keys are genuine but expired according to this
   *   device's date. The page then offers the form, because the edge's clock decides
   */
  trusted: () => Promise<PageKeys>
  /**
   * Fetches today's manifest.
   *
   * @throws Refusal  the codes of Renew, or `network`
   */
  renew: () => Promise<PageKeys>
}

/**
 * Makes the key ring of a page.
 *
 * @param fetchRenew  fetches the tool that checks a manifest; few pages need this tool
 */
export function keyRing({ epoch, key, until }: Pinned, fetchRenew: () => Promise<Renew>): KeyRing {
  let known: PageKeys | null =
    dayNumber(Date.now()) <= until + GRACE_DAYS ? { epoch, intake: fromB64(key) } : null

  const renew = async (): Promise<PageKeys> => {
    const { status, bytes } = await call('/api/keys')
    if (status !== 200) throw new Refusal('network')
    const renewed = await (await fetchRenew())(bytes, Date.now(), epoch)
    if (typeof renewed === 'string') throw new Refusal(renewed)
    return (known = renewed)
  }

  return {
    renew,
    trusted: async () => {
      try {
        return known || (await renew())
      } catch (failure) {
        if ((failure as Refusal).code === 'sealing_failed') throw failure
        // The page was saved too long ago, and no valid newer keys arrived.
        throw new Refusal('manifest_expired')
      }
    },
  }
}
