// Checks the invariants about objects in R2 and about rows that expire: overflow, quarantine,
// marks, notes and sessions.
import type { Invariant } from '#scripts/lab/simulate/evidence'
import { sha256Hex } from '#scripts/lab/simulate/record'
import { unknownObjects } from '#scripts/lab/simulate/objects'

const firstWriteStays: Invariant = {
  name: 'first-write-stays',
  sentence: 'No chunk, secret, waiting report or object in quarantine is replaced by other bytes.',
  faults: ({ after }) =>
    after.replaced.filter((key) => /^(files|answers|overflow|quarantine|secrets)\//.test(key)),
}

const overflowDrains: Invariant = {
  name: 'overflow-drains',
  sentence: 'The overflow is empty after quiet minutes in which nothing fails.',
  faults: ({ isDrained, after }) =>
    isDrained ? [] : ['still waits', ...after.waiting.map(({ key }) => key)],
}

const markIsRight: Invariant = {
  name: 'mark-is-right',
  sentence: 'When nothing waits any more, the waiting mark says so and counts the quarantine.',
  faults: ({ isDrained, after, later }) =>
    [after, later]
      .filter(
        ({ mark, quarantined }) =>
          isDrained &&
          ((mark?.state ?? 'idle') !== 'idle' ||
            (mark?.waiting ?? 0) !== 0 ||
            (mark?.aside ?? 0) !== quarantined.length),
      )
      .map(({ mark }) => JSON.stringify(mark)),
}

const quarantineHasAReason: Invariant = {
  name: 'quarantine-has-a-reason',
  sentence: 'Quarantine holds only reports of an unknown epoch or key.',
  faults: ({ record, after }) =>
    after.quarantined
      .filter(({ hash }) => !record.envelopes.get(hash)?.isForeign)
      .map(({ key }) => key),
}

const objectsAreKnown: Invariant = {
  name: 'objects-are-known',
  sentence: 'R2 holds only the objects and the metadata that the documents list.',
  faults: ({ before, after }) => [
    ...unknownObjects(before.objects),
    ...unknownObjects(after.objects),
  ],
}

const endedNotesGo: Invariant = {
  name: 'ended-notes-go',
  sentence: 'No note of an ended number is left a day after overflow and quarantine are empty.',
  faults: ({ after }) => (after.quarantined.length === 0 ? after.endedNotes : []),
}

const expiredSessionsGo: Invariant = {
  name: 'expired-sessions-go',
  sentence: 'No session that has expired is left after the chores.',
  faults: ({ after }) => (after.expired === 0 ? [] : [`${after.expired} sessions`]),
}

const keysAreCopied: Invariant = {
  name: 'keys-are-copied',
  sentence: 'After the chores, R2 has a copy of the current keys.',
  faults: ({ after, keysHash }) =>
    after.objects.some(({ bytes }) => sha256Hex(bytes) === keysHash) ? [] : ['no copy'],
}

export const OBJECT_INVARIANTS: readonly Invariant[] = [
  firstWriteStays,
  overflowDrains,
  markIsRight,
  quarantineHasAReason,
  objectsAreKnown,
  endedNotesGo,
  expiredSessionsGo,
  keysAreCopied,
]
