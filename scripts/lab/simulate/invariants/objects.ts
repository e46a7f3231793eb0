// Checks promises about objects in R2 and about rows that end: chunks, overflow, quarantine, notes.
import { toB64 } from '#protocol/bytes'
import { everythingHeld, idOf, type Evidence, type Invariant } from '#scripts/lab/simulate/evidence'
import { sha256Hex, isAccepted } from '#scripts/lab/simulate/record'
import { fileOfChunk, ownerOfChunk, unknownObjects } from '#scripts/lab/simulate/objects'
import { type Stored } from '#scripts/lab/simulate/schema'

const chunkIsKept: Invariant = {
  name: 'chunk-is-kept',
  sentence: 'A chunk that was answered 204 is stored, with the bytes of one of its senders.',
  faults: ({ record, after }) => {
    const stored = new Map(after.chunks.map(({ key, bytes }) => [key, sha256Hex(bytes)]))
    const sentTo = (key: string): string[] =>
      record.chunks.filter((chunk) => chunk.key === key).map(({ hash }) => hash)
    return record.chunks
      .filter(({ request }) => isAccepted([request]))
      .filter(({ key }) => !sentTo(key).includes(stored.get(key) ?? ''))
      .map(({ key }) => key)
  },
}

const firstWriteStays: Invariant = {
  name: 'first-write-stays',
  sentence: 'No chunk, share, waiting report or object in quarantine is replaced by other bytes.',
  faults: ({ after }) =>
    after.replaced.filter((key) => /^(files|answers|overflow|quarantine|shares)\//.test(key)),
}

/** Returns the ids of every report and follow-up that the edge has. */
const knownIds = ({ before, after }: Evidence): Set<string> =>
  new Set([...everythingHeld(before), ...everythingHeld(after)].map(idOf))

const chunkHasAnOwner: Invariant = {
  name: 'chunk-has-an-owner',
  sentence: 'A chunk is stored only for a report that the edge has, or while a store failed.',
  faults: (evidence) => {
    const known = knownIds(evidence)
    return evidence.after.chunks
      .filter(({ key }) => !known.has(toB64(ownerOfChunk(key))))
      .filter(({ key }) => {
        const senders = evidence.record.chunks.filter((chunk) => chunk.key === key)
        return senders.every(({ request }) => request.status !== null && !request.isDisturbed)
      })
      .map(({ key }) => key)
  },
}

/** Returns the ids of all reports and follow-ups that do not belong to a closed report. */
function openIds({ reports, followUps, waiting, quarantined }: Stored): Set<string> {
  const open = reports.filter(({ status }) => status !== 'closed')
  const threads = new Set(open.map(({ ownerHash }) => ownerHash))
  const letters = followUps.filter(({ ownerHash }) => threads.has(ownerHash))
  return new Set([...open, ...letters, ...waiting, ...quarantined].map(idOf))
}

const openFileStays: Invariant = {
  name: 'open-file-stays',
  sentence: 'No chunk is deleted whose report is not closed, or for whose file the staff asked.',
  faults: ({ record, before, after, later }) => {
    const open = openIds(after)
    const left = new Set(later.chunks.map(({ key }) => key))
    return [...before.chunks, ...after.chunks]
      .filter(({ key }) => !left.has(key))
      .filter(
        ({ key }) => open.has(toB64(ownerOfChunk(key))) || record.claimed.has(fileOfChunk(key)),
      )
      .map(({ key }) => key)
  },
}

const unlistedFileGoes: Invariant = {
  name: 'unlisted-file-goes',
  sentence:
    'A file that nobody of the staff asked for, and whose report is closed or never came, is ' +
    'deleted a month later, unless something waits.',
  faults: ({ record, after, later, isDrained }) => {
    const open = openIds(after)
    const asked = record.requests.map(({ path }) => path)
    const isKept = !isDrained || after.quarantined.length > 0
    return later.chunks
      .filter(({ key }) => !isKept && !open.has(toB64(ownerOfChunk(key))))
      .filter(({ key }) => !asked.includes(`/api/staff/files/${fileOfChunk(key)}`))
      .map(({ key }) => key)
  },
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
  chunkIsKept,
  firstWriteStays,
  chunkHasAnOwner,
  openFileStays,
  unlistedFileGoes,
  overflowDrains,
  markIsRight,
  quarantineHasAReason,
  objectsAreKnown,
  endedNotesGo,
  expiredSessionsGo,
  keysAreCopied,
]
