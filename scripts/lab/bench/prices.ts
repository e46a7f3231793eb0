// Holds the prices above the included amounts of Cloudflare's paid plan, as of 2026-11-26. Before
// you quote the prices, compare them with the prices of Workers, D1 and R2 at
// developers.cloudflare.com. Leaves out storage, because Cloudflare bills it by the month.

/** USD per million units of each kind. */
const USD_PER_MILLION = {
  requests: 0.3,
  rowsRead: 0.001,
  rowsWritten: 1,
  classA: 4.5,
  classB: 0.36,
} as const

export interface CallCost {
  rowsRead: number
  rowsWritten: number
  classA: number
  classB: number
}

/** Returns the price of a million calls in USD. */
export const priceOfMillion = ({ rowsRead, rowsWritten, classA, classB }: CallCost): number =>
  USD_PER_MILLION.requests +
  rowsRead * USD_PER_MILLION.rowsRead +
  rowsWritten * USD_PER_MILLION.rowsWritten +
  classA * USD_PER_MILLION.classA +
  classB * USD_PER_MILLION.classB
