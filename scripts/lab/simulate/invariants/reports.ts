// Checks that reports are stored once, complete and under the right names: docs/overflow.md, and
// R27 and R28 of docs/requirements.md.
import { toB64 } from '#protocol/bytes'
import { headerIdOf } from '#protocol/report/envelope'
import type { WaitingEnvelope } from '#scripts/lab/simulate/objects'
import {
  doubled,
  everythingHeld,
  hashesHeld,
  idOf,
  headerOwnerOf,
  type Invariant,
} from '#scripts/lab/simulate/evidence'
import { isAccepted } from '#scripts/lab/simulate/sent-requests'

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

/**
 * Lists the names that an object may have; empty when its metadata contains the id of another
 * report.
 */
const namesOf = (object: WaitingEnvelope): string[] => {
  const id = idOf(object)
  if (object.reportId !== id) return []
  const isProven = object.grade > 0 && object.key.startsWith('overflow/')
  return isProven ? [toB64(headerIdOf(object.bytes)), `check-${id}`] : [id]
}

const idIsTheHash: Invariant = {
  name: 'id-is-the-hash',
  sentence:
    'Every report, follow-up and object is named by the hash of its envelope. Only with a proof ' +
    'a waiting object is named by its header id.',
  faults: ({ before, after }) => [
    ...[before, after]
      .flatMap(({ reports, followUps }) => [...reports, ...followUps])
      .filter((row) => row.id !== idOf(row))
      .map(({ id }) => id),
    ...[before, after]
      .flatMap(({ waiting, quarantined }) => [...waiting, ...quarantined])
      .filter((object) => !namesOf(object).includes(object.key.split('/')[2] ?? ''))
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
  dayIsArrival,
]
