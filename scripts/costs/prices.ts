// Contains the prices of Cloudflare's paid plan, which docs/costs.md shows. The base price and the
// price of requests come from one of Cloudflare's own pages. The other prices, as of 2026-11-26,
// must be looked up at developers.cloudflare.com before anybody quotes them. Nobody has looked up
// how many other units the plan includes, or the prices of processor time and storage.

/** The billed work of a call, besides the request itself. */
export interface CallCost {
  rowsRead: number
  rowsWritten: number
  /** R2 writes and lists */
  classA: number
  /** R2 reads */
  classB: number
}

/** Everything that is billed per unit. */
export interface Usage extends CallCost {
  requests: number
}

/** USD a month for the paid plan, with the requests that it includes. */
export const BASE = { usd: 5, requests: 10_000_000 } as const

/** USD per million units of each kind. */
export const USD_PER_MILLION: Readonly<Record<keyof Usage, number>> = {
  requests: 0.3,
  rowsRead: 0.001,
  rowsWritten: 1,
  classA: 4.5,
  classB: 0.36,
}

/** Returns the price in USD, without deducting the requests that the plan includes. */
export const priceOf = (usage: Usage): number =>
  Object.entries(USD_PER_MILLION).reduce(
    // Guarantee: USD_PER_MILLION has the same keys as Usage.
    (usd, [unit, price]) => usd + (usage[unit as keyof Usage] * price) / 1e6,
    0,
  )

/** Returns the price of a million calls in USD. */
export const priceOfMillion = (cost: CallCost): number => priceOf({ requests: 1, ...cost }) * 1e6
