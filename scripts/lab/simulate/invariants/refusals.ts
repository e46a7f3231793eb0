// Checks that a refused report is not stored, and that an accepted report is not refused later. See
// docs/overflow.md, and R28 of docs/requirements.md.
import {
  everythingHeld,
  hashesHeld,
  isCalm,
  isRefused,
  isRefusedCalmly,
  type Invariant,
} from '#scripts/lab/simulate/evidence'
import { isAccepted } from '#scripts/lab/simulate/sent-requests'

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

const goodIsAccepted: Invariant = {
  name: 'good-is-accepted',
  sentence: 'While no epoch is retired, a report to our keys gets 201, or 5xx when a store failed.',
  faults: ({ profile, record }) =>
    [...record.envelopes.values()]
      .filter(({ envelope, isForeign }) => envelope && !isForeign && !profile.retiresEpoch)
      .flatMap(({ requests }) => requests)
      .filter((each) => isRefused(each) || (isCalm(each) && !isAccepted([each])))
      .map(({ name, status, code }) => `${name}: ${status} ${code}`),
}

export const REFUSAL_INVARIANTS: readonly Invariant[] = [
  goodIsAccepted,
  refusedIsNotStored,
  malformedIsNotStored,
  foreignIsNotStored,
  acceptedStaysAccepted,
]
