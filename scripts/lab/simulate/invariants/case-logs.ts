// Checks that case logs, the staff's signed changes and the tables agree: R21 and R25 of
// docs/requirements.md.
import { isRefusedCalmly, type Invariant } from '#scripts/lab/simulate/evidence'
import { isAccepted } from '#scripts/lab/simulate/sent-requests'

const logsAreWhole: Invariant = {
  name: 'case-logs-are-whole',
  sentence: 'A browser that replays the log of each case finds it whole.',
  faults: ({ caseLogs }) => caseLogs.broken,
}

const tablesFollowLogs: Invariant = {
  name: 'tables-follow-logs',
  sentence: 'The log of a case names exactly the keys and letters that the tables hold.',
  faults: ({ caseLogs, later }) => {
    const logs = [...caseLogs.logs]
    const signed = [
      ...logs.flatMap(([id, { keys }]) => [...keys.keys()].map((keyNo) => `key ${id} ${keyNo}`)),
      ...logs.flatMap(([id, { letters }]) => [...letters.keys()].map((each) => `${each} in ${id}`)),
    ]
    const stored = [
      ...later.caseKeys.map((name) => `key ${name}`),
      ...later.taken.map(({ letter, caseId }) => `${letter} in ${caseId}`),
    ]
    return [
      ...signed.filter((name) => !stored.includes(name)),
      ...stored.filter((name) => !signed.includes(name)),
    ]
  },
}

const statusFollowsLog: Invariant = {
  name: 'status-follows-log',
  sentence: 'The status of a report is the one that was signed last, or new after a follow-up.',
  faults: ({ caseLogs, later }) =>
    later.reports
      .filter(({ id, status, ownerHash }) => {
        const { status: signed = 'new', followUps = 0 } = caseLogs.logs.get(id) ?? {}
        const letters = later.followUps.filter((each) => each.ownerHash === ownerHash)
        return status !== signed && !(status === 'new' && letters.length > followUps)
      })
      .map(({ id, status }) => `${id} is ${status}`),
}

const takenLosesItsWrap: Invariant = {
  name: 'taken-loses-its-wrap',
  sentence: 'A letter has lost its wrap exactly when a case has its content key.',
  faults: ({ before, after, later }) =>
    [before, after, later].flatMap(({ reports, followUps, taken }) => {
      const letters = new Set(taken.map(({ letter }) => letter))
      return [...reports, ...followUps]
        .filter(({ id, isCut }) => isCut !== letters.has(id))
        .map(({ id }) => id)
    }),
}

const changeHasItsRow: Invariant = {
  name: 'change-has-its-row',
  sentence: 'Each change that was answered with success has exactly one row in a case log.',
  faults: ({ record, after }) =>
    record.changes
      .filter(({ request }) => isAccepted([request]))
      .filter(({ statement }) => after.statements.filter((row) => row === statement).length !== 1)
      .map(({ request }) => request.name),
}

const rowHasItsChange: Invariant = {
  name: 'row-has-its-change',
  sentence: 'Each row of a case log was signed for a request that was not refused.',
  faults: ({ record, after }) =>
    after.statements.filter((row) => {
      const requests = record.changes
        .filter(({ statement }) => statement === row)
        .map(({ request }) => request)
      return requests.length === 0 || isRefusedCalmly(requests)
    }),
}

export const CASE_LOG_INVARIANTS: readonly Invariant[] = [
  logsAreWhole,
  tablesFollowLogs,
  statusFollowsLog,
  takenLosesItsWrap,
  changeHasItsRow,
  rowHasItsChange,
]
