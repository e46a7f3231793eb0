// Seals with suite 2 if the browser supports X-Wing and the `pq` tool arrives in time. Suite 2
// never causes a failure: without it, the caller seals with suite 1.
import type { Bytes } from '#protocol/bytes'
import type { ReportHeader } from '#protocol/report/envelope'
import type { AddMac } from '#protocol/report/seal-envelope'
import type { PageKeys } from './key-ring.ts'
import { pause } from '../network/timeout.ts'

/** The maximum time that sealing waits for the tool. */
const SUITE_2_MS = 4000

/** The `pq` tool. Returns null when suite 1 must seal instead. */
export type SealBySuite2 = (
  keys: PageKeys,
  header: ReportHeader,
  json: string,
  addMac?: AddMac,
) => Promise<Bytes | null>

/**
 * Returns the suite 2 envelope, or a falsy value when suite 1 must seal instead. Never rejects.
 */
export const trySuite2 = (
  fetchSealer: () => Promise<SealBySuite2>,
  ...report: Parameters<SealBySuite2>
): false | Promise<Bytes | null> =>
  'encapsulateBits' in crypto.subtle &&
  Promise.race([
    fetchSealer().then((seal) => seal(...report)),
    pause(SUITE_2_MS).then(() => null),
  ]).catch(() => null)
