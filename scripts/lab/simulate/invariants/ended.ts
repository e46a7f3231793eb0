// Checks the invariants about ending a return number.
import { headerOwnerOf, type Evidence, type Invariant } from '#scripts/lab/simulate/evidence'
import { isAccepted, type SentEnd } from '#scripts/lab/simulate/sent-requests'
import { ANSWER_FORM } from '#scripts/lab/simulate/actors/form-reporter'
import type { StoredReport } from '#scripts/lab/simulate/report-rows'

export const isLiving = ({ writeHash }: StoredReport): boolean => writeHash !== null

const confirmedEnds = ({ record }: Evidence): SentEnd[] =>
  record.ends.filter(({ isRightToken, request }) => isRightToken && isAccepted([request]))

/**
 * Returns true when a row may keep its number although the number has been ended. No request may
 * have stored the envelope before the end. At least one request with the envelope must still have
 * been unanswered when the end began.
 */
function mayLive({ record }: Evidence, { hash }: StoredReport, end: SentEnd): boolean {
  const requests = record.envelopes.get(hash)?.requests
  // The edge sealed this envelope for another request, which was sent from the `answer` form. The
  // request contained the receipt.
  if (!requests)
    return record.requests.some(
      (each) =>
        each !== end.request && each.path === ANSWER_FORM && each.answered > end.request.began,
    )
  const isBefore = requests.some((each) => isAccepted([each]) && each.answered < end.request.began)
  return !isBefore && requests.some(({ answered }) => answered > end.request.began)
}

/**
 * Returns true when a report still has the ended number and the write token that belongs to the
 * number.
 */
const isAliveUnder =
  ({ ownerHash, writeHash }: SentEnd) =>
  (report: StoredReport): boolean =>
    report.ownerHash === ownerHash && report.writeHash === writeHash

export const ENDED_STAYS_ENDED: Invariant = {
  name: 'ended-stays-ended',
  sentence:
    'After the end of a number was confirmed, no report that the edge had before lives under the ' +
    'number and its write token.',
  faults: (evidence) =>
    confirmedEnds(evidence).flatMap((end) =>
      evidence.after.reports
        .filter(isAliveUnder(end))
        .filter((report) => !mayLive(evidence, report, end))
        .map(({ hash }) => `${hash} lives after ${end.request.name}`),
    ),
}

const endedHasNoReplies: Invariant = {
  name: 'ended-has-no-replies',
  sentence: 'No reply is stored under a hash that no living report has.',
  faults: ({ before, after }) =>
    [before, after].flatMap(({ reports, replies }) => {
      const living = new Set(reports.filter(isLiving).map(({ ownerHash }) => ownerHash))
      return replies
        .filter(({ ownerHash }) => !living.has(ownerHash))
        .map(({ ownerHash, index }) => `${ownerHash} ${index}`)
    }),
}

const onlyTheOwnerEnds: Invariant = {
  name: 'only-the-owner-ends',
  sentence:
    'Each report of a number that nobody ended with its write token lives under that number.',
  faults: ({ record, after }) => {
    const ended = new Set(
      record.ends.filter((end) => end.isRightToken).map(({ ownerHash }) => ownerHash),
    )
    return after.reports
      .filter((report) => !ended.has(headerOwnerOf(report)) && !isLiving(report))
      .map(({ hash }) => hash)
  },
}

const endedIsCutOff: Invariant = {
  name: 'ended-is-cut-off',
  sentence:
    'An ended report and its follow-ups have one random value in place of the owner hash, which ' +
    'no header has and no other number gets.',
  faults: ({ before, after }) =>
    [before, after].flatMap(({ reports, followUps }) => {
      const living = new Set(reports.filter(isLiving).map(({ ownerHash }) => ownerHash))
      const rows = [...reports, ...followUps].filter(({ ownerHash }) => !living.has(ownerHash))
      const headers = new Set([...reports, ...followUps].map(headerOwnerOf))
      return rows
        .filter(
          (row) =>
            headers.has(row.ownerHash) ||
            rows.some(
              (each) =>
                each.ownerHash === row.ownerHash && headerOwnerOf(each) !== headerOwnerOf(row),
            ),
        )
        .map(({ hash }) => hash)
    }),
}

export const ENDED_INVARIANTS: readonly Invariant[] = [
  ENDED_STAYS_ENDED,
  endedHasNoReplies,
  onlyTheOwnerEnds,
  endedIsCutOff,
]
