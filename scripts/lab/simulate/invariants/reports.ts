// Checks promises about reports: docs/overflow.md, and R27 and R28 of docs/requirements.md.
import { KIND } from '#protocol/report/envelope'
import {
  doubled,
  everythingHeld,
  hashesHeld,
  idOf,
  isCalm,
  isRefused,
  isRefusedCalmly,
  headerOwnerOf,
  type Invariant,
} from '#scripts/lab/simulate/evidence'
import { isAccepted } from '#scripts/lab/simulate/record'

export const ACCEPTED_IS_KEPT: Invariant = {
  name: 'accepted-is-kept',
  sentence: 'A report that was answered 201 is in the database, in the overflow or in quarantine.',
  faults: ({ record, before, after }) => {
    const held = [hashesHeld(before), hashesHeld(after)]
    return [...record.envelopes.values()]
      .filter(({ requests, hash }) => isAccepted(requests) && !held.every((all) => all.has(hash)))
      .map(({ hash, requests }) => `${hash} of ${requests.map(({ name }) => name).join(', ')}`)
  },
}

export const STORED_ONCE: Invariant = {
  name: 'stored-once',
  sentence: 'No envelope is in the database twice, and no two rows have one id.',
  faults: ({ before, after }) =>
    [before, after].flatMap(({ reports, followUps }) => {
      const rows = [...reports, ...followUps]
      return [...doubled(rows.map(({ hash }) => hash)), ...doubled(rows.map(({ id }) => id))]
    }),
}

const idIsTheHash: Invariant = {
  name: 'id-is-the-hash',
  sentence: 'Every report, follow-up and waiting object is named by the hash of its envelope.',
  faults: ({ before, after }) => [
    ...[before, after]
      .flatMap(({ reports, followUps }) => [...reports, ...followUps])
      .filter((row) => row.id !== idOf(row))
      .map(({ id }) => id),
    ...[before, after]
      .flatMap(({ waiting, quarantined }) => [...waiting, ...quarantined])
      .filter((object) => !object.key.endsWith(`/${idOf(object)}`))
      .map(({ key }) => key),
  ],
}

const formIsKept: Invariant = {
  name: 'form-is-kept',
  sentence: 'A form that was answered with a receipt is stored under that receipt.',
  faults: ({ record, after }) => {
    const held = new Set(
      everythingHeld(after)
        .filter(({ sealedBy }) => sealedBy === 'worker')
        .map(headerOwnerOf),
    )
    return record.forms
      .filter(({ ownerHash }) => ownerHash !== null && !held.has(ownerHash))
      .map(({ request, receipt }) => `${request.name} with receipt ${receipt ?? ''}`)
  },
}

const bytesAreWhole: Invariant = {
  name: 'bytes-are-whole',
  sentence: 'Every envelope that a device sealed is held byte for byte as it was sent.',
  faults: ({ record, before, after }) =>
    [...everythingHeld(before), ...everythingHeld(after)]
      .filter(({ sealedBy, hash }) => sealedBy === 'device' && !record.envelopes.has(hash))
      .map(({ hash }) => hash),
}

const sealerIsTrue: Invariant = {
  name: 'sealer-is-true',
  sentence: 'A report is marked as sealed by the worker exactly when no device sent it.',
  faults: ({ record, after }) =>
    everythingHeld(after)
      .filter(({ sealedBy, hash }) => (sealedBy === 'device') !== record.envelopes.has(hash))
      .map(({ hash, sealedBy }) => `${hash} by ${sealedBy}`),
}

const refusedIsNotStored: Invariant = {
  name: 'refused-is-not-stored',
  sentence: 'An envelope whose every request was refused, while no store failed, is not held.',
  faults: ({ record, after }) => {
    const held = hashesHeld(after)
    return [...record.envelopes.values()]
      .filter(({ requests, hash }) => isRefusedCalmly(requests) && held.has(hash))
      .map(({ hash }) => hash)
  },
}

const malformedIsNotStored: Invariant = {
  name: 'malformed-is-not-stored',
  sentence: 'An envelope that cannot be read is never held, whatever fails.',
  faults: ({ record, before, after }) =>
    [...everythingHeld(before), ...everythingHeld(after)]
      .filter(({ hash }) => record.envelopes.get(hash)?.envelope === null)
      .map(({ hash }) => hash),
}

const foreignIsNotStored: Invariant = {
  name: 'foreign-is-not-stored',
  sentence:
    'A report to an unknown epoch or key is not in the database, unless D1 could not judge it.',
  faults: ({ record, after }) =>
    [...after.reports, ...after.followUps]
      .filter(({ hash }) => record.envelopes.get(hash)?.isForeign)
      .filter(({ hash }) => record.envelopes.get(hash)?.requests.every(isCalm))
      .map(({ hash }) => hash),
}

const acceptedStaysAccepted: Invariant = {
  name: 'accepted-stays-accepted',
  sentence:
    'While the stores answer, a report that was answered 201 is not refused later, whatever ' +
    'became of its epoch.',
  faults: ({ record }) =>
    [...record.envelopes.values()]
      .filter(({ envelope, isForeign }) => envelope && !isForeign)
      .flatMap(({ requests }) => {
        const accepted = requests
          .filter((each) => isAccepted([each]))
          .map(({ answered }) => answered)
        const since = Math.min(...accepted)
        return requests.filter((each) => each.began > since && isRefused(each) && isCalm(each))
      })
      .map(({ name, code }) => `${name}: ${code}`),
}

const laneAIsEarned: Invariant = {
  name: 'lane-a-is-earned',
  sentence: 'A report of lane A came with a proof of work, or a check promoted it.',
  faults: ({ record, after }) =>
    after.reports
      .filter(({ lane, hash }) => lane === 'A' && !record.envelopes.get(hash)?.hasProof)
      .filter((report) => !record.checked.has(idOf(report)))
      .map(({ hash }) => hash),
}

const isInLaneA = (held: ReturnType<typeof everythingHeld>[number]): boolean =>
  'lane' in held ? held.lane === 'A' : held.isLaneA

const promotedIsInLaneA: Invariant = {
  name: 'promoted-is-in-lane-a',
  sentence: 'A report whose check was answered 204 is in lane A.',
  faults: ({ record, after }) =>
    [...record.promoted].filter((id) => {
      const held = everythingHeld(after).filter((each) => idOf(each) === id)
      return held.length > 0 && !held.some(isInLaneA)
    }),
}

const followUpIsLaneB: Invariant = {
  name: 'follow-up-is-lane-b',
  sentence: 'A follow-up that stands alone is a report of lane B.',
  faults: ({ after }) =>
    after.reports
      .filter((report) => report.bytes[1] === KIND.followUp && report.lane !== 'B')
      .map(({ hash }) => hash),
}

const dayIsArrival: Invariant = {
  name: 'day-is-arrival',
  sentence: 'A report is dated by a day on which the edge had it in a request, and has no minute.',
  faults: ({ record, after }) =>
    everythingHeld(after)
      .filter(({ hash, day }) => {
        const requests = record.envelopes.get(hash)?.requests
        const days = requests?.flatMap((request) => record.daysOf(request))
        return !/^\d{4}-\d\d-\d\d$/.test(day) || (days && !days.includes(day))
      })
      .map(({ hash, day }) => `${hash} is dated ${day}`),
}

export const REPORT_INVARIANTS: readonly Invariant[] = [
  ACCEPTED_IS_KEPT,
  STORED_ONCE,
  idIsTheHash,
  formIsKept,
  bytesAreWhole,
  sealerIsTrue,
  refusedIsNotStored,
  malformedIsNotStored,
  foreignIsNotStored,
  acceptedStaysAccepted,
  laneAIsEarned,
  promotedIsInLaneA,
  followUpIsLaneB,
  dayIsArrival,
]
