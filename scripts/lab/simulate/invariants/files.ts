// Checks the invariants about report files: their chunks are kept, belong to a report, and are
// deleted.
import { toB64 } from '#protocol/bytes'
import { everythingHeld, idOf, type Evidence, type Invariant } from '#scripts/lab/simulate/evidence'
import { sha256Hex } from '#scripts/lab/simulate/record'
import { isAccepted } from '#scripts/lab/simulate/sent-requests'
import { fileOfChunk, ownerOfChunk } from '#scripts/lab/simulate/objects'
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

export const FILE_INVARIANTS: readonly Invariant[] = [
  chunkIsKept,
  chunkHasAnOwner,
  openFileStays,
  unlistedFileGoes,
]
