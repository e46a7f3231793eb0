// Adds up the monthly cost of a deployment from the costs of its requests. Nobody has measured the
// assumptions, so docs/costs.md lists them beside the sums.
import { ENVELOPE_SIZES } from '#protocol/limits'
import { LINES_PAGE } from '#protocol/staff/list/queue'
import { CLOCK, DATABASE_BYTES, JUNK, STAFF } from '#scripts/costs/counts'
import { BASE, priceOf, USD_PER_MILLION, type CallCost, type Usage } from '#scripts/costs/prices'
import { boundsOf } from '#worker/reports/database-bounds'

export const ASSUMED = {
  /** days in a month */
  days: 30,
  /** requests for a reply, for each report */
  questions: 10,
  /** members of staff who have the app open */
  people: 5,
  /** hours per day for which each of them keeps the app open */
  hours: 8,
  /** reports that each of them opens in a day */
  opened: 40,
  /** signed changes to each opened report */
  changes: 3,
} as const

/** Values from other files that the monthly cost depends on. */
export interface Pace {
  /** reports without a proof of work that may enter the database in a minute */
  floodLimit: number
  /** reports that each run of the drain, once a minute, moves on the paid plan */
  drained: number
  /** milliseconds between one request for counts and the next */
  pollMs: number
}

const MINUTES_A_DAY = 1440
const HOUR_MS = 3_600_000
/** The database of the paid plan, as in deployment.json. */
const DATABASE_MB = '10000'

const NOTHING: Usage = { requests: 0, rowsRead: 0, rowsWritten: 0, classA: 0, classB: 0 }

const sum = (parts: readonly Usage[]): Usage =>
  parts.reduce(
    (a, b) => ({
      requests: a.requests + b.requests,
      rowsRead: a.rowsRead + b.rowsRead,
      rowsWritten: a.rowsWritten + b.rowsWritten,
      classA: a.classA + b.classA,
      classB: a.classB + b.classB,
    }),
    NOTHING,
  )

/** @param requests  1 for a request, 0 for work within a run of the clock */
const times = (count: number, cost: CallCost, requests = 1): Usage => ({
  requests: count * requests,
  rowsRead: count * cost.rowsRead,
  rowsWritten: count * cost.rowsWritten,
  classA: count * cost.classA,
  classB: count * cost.classB,
})

const junk = (name: string, state: 'usual' | 'flood'): CallCost => {
  const found = JUNK[name]
  if (found === undefined) throw new Error(`scripts/costs/counts.ts has no ${name}`)
  return found[state]
}

/** The events of a minute when reports arrive evenly and none has a proof of work. */
interface Minute {
  stored: number
  waiting: number
  drained: number
}

function minuteOf(reportsADay: number, { floodLimit, drained: most }: Pace): Minute {
  const came = reportsADay / MINUTES_A_DAY
  const stored = Math.min(came, floodLimit)
  const waiting = came - stored
  return { stored, waiting, drained: Math.min(waiting, most) }
}

export interface Month {
  reportsADay: number
  /** usage by the reporters, the clock and the staff */
  parts: Readonly<Record<'reporters' | 'clock' | 'staff', Usage>>
  usage: Usage
  usd: number
  /** growth of the database in bytes, if it has room */
  databaseBytes: number
  /** growth of R2 in bytes, because reports arrive faster than the drain moves them */
  waitingBytes: number
  /** days until D1 accepts no report without a proof, if nobody deletes any */
  daysUntilFull: number
}

export function monthOf(reportsADay: number, pace: Pace): Month {
  const { days, questions, people, hours, opened, changes } = ASSUMED
  const minutes = days * MINUTES_A_DAY
  const { stored, waiting, drained } = minuteOf(reportsADay, pace)
  const state = waiting > 0 ? 'flood' : 'usual'
  const reporters = sum([
    times(stored * minutes, junk('a new report', 'usual')),
    times(waiting * minutes, junk('a new report', 'flood')),
    times(reportsADay * days * questions, junk('inbox, an unknown number', state)),
  ])
  const runs = waiting > 0 ? minutes : 0
  const clock = sum([
    times(minutes, CLOCK.minute),
    times(days * 24, CLOCK.hour, 0),
    times(runs, CLOCK.drain, 0),
    times((drained * minutes) / 8, CLOCK.drainedEight, 0),
  ])
  const read = Math.min(people * opened, reportsADay) * days
  const staff = sum([
    times((people * days * hours * HOUR_MS) / pace.pollMs, STAFF.counts),
    times(read, STAFF.opened),
    times(read * changes, STAFF.changed),
    times((people * days * reportsADay) / LINES_PAGE, STAFF.listed),
  ])
  const usage = sum([reporters, clock, staff])
  const taken = stored + drained
  const room = boundsOf(DATABASE_MB).unproven
  const daysUntilFull = room / (taken * MINUTES_A_DAY * DATABASE_BYTES)
  return {
    reportsADay,
    parts: { reporters, clock, staff },
    usage,
    usd: BASE.usd + priceOf(usage) - includedUsd(usage),
    databaseBytes: taken * minutes * DATABASE_BYTES,
    waitingBytes: (waiting - drained) * minutes * Math.min(...ENVELOPE_SIZES),
    daysUntilFull,
  }
}

/** Returns the amount that the requests included in the plan would otherwise cost. */
const includedUsd = ({ requests }: Usage): number =>
  (Math.min(requests, BASE.requests) * USD_PER_MILLION.requests) / 1e6

/** Returns the number of reports a day that would use up the requests of the free plan. */
export function mostOnFreePlan(requestsADay: number, pace: Pace): number {
  const at = (reportsADay: number): number =>
    monthOf(reportsADay, pace).usage.requests / ASSUMED.days
  // Both numbers of reports are below the rate limit and above the number that the staff open.
  // Between them, requests therefore grow linearly.
  const [few, many] = [5_000, 10_000]
  const each = (at(many) - at(few)) / (many - few)
  return Math.floor(few + (requestsADay - at(few)) / each)
}
