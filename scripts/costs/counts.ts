// Contains the cost of each request, as test/worker/costs.worker.test.ts measures it. When that
// test fails, change the numbers here. Then let test/scripts/costs.node.test.ts update
// docs/costs.md.
import type { CallCost } from '#scripts/costs/prices'

const cost = (rowsRead: number, rowsWritten: number, classA = 0, classB = 0): CallCost => ({
  rowsRead,
  rowsWritten,
  classA,
  classB,
})

/**
 * The costs of a call without a session: with no report waiting, and during a flood, when reports
 * wait.
 */
export interface TwoStates {
  usual: CallCost
  flood: CallCost
}

/**
 * The calls that a stranger can make, keyed by their names in scripts/lab/bench/anonymous-calls.ts.
 */
export const JUNK: Readonly<Record<string, TwoStates>> = {
  'page /': { usual: cost(0, 0), flood: cost(0, 0) },
  'a broken report': { usual: cost(0, 0), flood: cost(0, 0) },
  'a made-up invitation': { usual: cost(0, 0), flood: cost(0, 0) },
  'inbox, an unknown number': { usual: cost(0, 0), flood: cost(0, 0) },
  'a chunk of an unknown report': { usual: cost(0, 0, 0, 2), flood: cost(0, 0, 0, 8) },
  'a report sent again': { usual: cost(2, 0, 0, 1), flood: cost(2, 0, 0, 3) },
  'end of an unknown number': { usual: cost(4, 0, 0, 1), flood: cost(4, 0, 1, 1) },
  'a chunk of a known report': { usual: cost(1, 0, 1, 1), flood: cost(1, 0, 1, 1) },
  'a new report': { usual: cost(5, 7, 0, 1), flood: cost(1, 0, 1, 5) },
}

/** The costs of the clock: in an ordinary minute, on the hour, and for a run of the drain. */
export const CLOCK = {
  minute: cost(6, 1, 0, 2),
  hour: cost(10, 1, 18, 5),
  /** eight reports that the drain moves with one statement */
  drainedEight: cost(32, 56, 0, 16),
  /** a run of the drain, not counting its reports or the work of an ordinary minute */
  drain: cost(1, 0, 14, 1),
} as const

/** Calls from the staff app. */
export const STAFF = {
  counts: cost(11, 0, 0, 1),
  /** opening a report */
  opened: cost(15, 0, 0, 1),
  /** a signed change to a case */
  changed: cost(10, 9),
  /** a full page of LINES_PAGE lines */
  listed: cost(1520, 0),
} as const

/**
 * Bytes that the shortest report takes up in D1 with its indexes, rounded up to the next hundred.
 */
export const DATABASE_BYTES = 5000
