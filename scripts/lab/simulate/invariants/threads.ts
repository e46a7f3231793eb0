// Checks the invariants about threads and follow-ups. ended.ts checks the end of a number.
import { sameBytes, toB64 } from '#protocol/bytes'
import { MAX_FOLLOW_UPS } from '#protocol/limits'
import { headerOf, headerOwnerOf, type Invariant } from '#scripts/lab/simulate/evidence'
import { isLiving } from '#scripts/lab/simulate/invariants/ended'
import type { Stored } from '#scripts/lab/simulate/schema'
import type { StoredReport } from '#scripts/lab/simulate/report-rows'

const numberIsOwn: Invariant = {
  name: 'number-is-own',
  sentence: 'A living report has the two hashes of its own header and no others.',
  faults: ({ before, after }) =>
    [before, after].flatMap(({ reports }) =>
      reports
        .filter(isLiving)
        .filter(
          (report) =>
            report.ownerHash !== headerOwnerOf(report) ||
            report.writeHash !== toB64(headerOf(report).writeHash),
        )
        .map(({ hash }) => hash),
    ),
}

const threadOf = ({ reports }: Stored, { ownerHash }: StoredReport): StoredReport[] =>
  reports.filter((report) => report.ownerHash === ownerHash)

const followUpFindsItsThread: Invariant = {
  name: 'follow-up-finds-its-thread',
  sentence: 'A follow-up hangs on an owner hash whose report has both hashes of its own header.',
  faults: ({ before, after }) =>
    [before, after].flatMap((stored) =>
      stored.followUps
        .filter((followUp) => {
          const own = headerOf(followUp)
          return !threadOf(stored, followUp)
            .map(headerOf)
            .some(
              (other) =>
                sameBytes(own.ownerHash, other.ownerHash) &&
                sameBytes(own.writeHash, other.writeHash),
            )
        })
        .map(({ hash }) => hash),
    ),
}

const joiningTakesTheToken: Invariant = {
  name: 'joining-takes-the-token',
  sentence: 'A follow-up that was never sent with the right write token hangs in no thread.',
  faults: ({ record, after }) =>
    after.followUps
      .filter(({ hash }) => record.envelopes.get(hash)?.tokens.has('right') === false)
      .map(({ hash }) => hash),
}

const threadIsNumbered: Invariant = {
  name: 'thread-is-numbered',
  sentence: 'A thread has at most 64 follow-ups, numbered from 0 without a gap.',
  faults: ({ before, after }) =>
    [before, after].flatMap(({ followUps }) => {
      const threads = Map.groupBy(followUps, ({ ownerHash }) => ownerHash)
      return [...threads].flatMap(([ownerHash, letters]) => {
        const places = letters.map(({ n }) => n ?? -1).sort((a, b) => a - b)
        const isWhole = places.length <= MAX_FOLLOW_UPS && places.every((n, at) => n === at)
        return isWhole ? [] : [`${ownerHash} has ${places.join(', ')}`]
      })
    }),
}

const dangerIsRaised: Invariant = {
  name: 'danger-is-raised',
  sentence:
    'A report that says so is in danger. One report of a thread is in danger when a follow-up ' +
    'says so, and no report without a reason.',
  faults: ({ before, after }) =>
    [before, after].flatMap((stored) =>
      stored.reports
        .filter((report) => {
          const thread = threadOf(stored, report)
          const isRaised = stored.followUps.some(
            (each) => each.ownerHash === report.ownerHash && headerOf(each).danger,
          )
          if (headerOf(report).danger) return !report.danger
          return isRaised ? !thread.some(({ danger }) => danger) : report.danger
        })
        .map(({ hash }) => hash),
    ),
}

const totalsAreRight: Invariant = {
  name: 'totals-are-right',
  sentence: 'The kept totals of reports and arrivals equal the rows.',
  faults: ({ before, after }) =>
    [...before.totals, ...after.totals]
      .filter(({ kept, counted }) => kept !== counted)
      .map(({ name, kept, counted }) => `${name}: ${kept} kept, ${counted} counted`),
}

export const THREAD_INVARIANTS: readonly Invariant[] = [
  numberIsOwn,
  followUpFindsItsThread,
  joiningTakesTheToken,
  threadIsNumbered,
  dangerIsRaised,
  totalsAreRight,
]
