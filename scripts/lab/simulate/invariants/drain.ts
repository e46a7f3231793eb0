// Checks the invariants about the drain; see docs/overflow.md.
import { CHECKED_GRADE } from '#protocol/limits'
import { KIND } from '#protocol/report/envelope'
import { headerOwnerOf, type Evidence, type Invariant } from '#scripts/lab/simulate/evidence'
import {
  isAccepted,
  type SentEnvelope,
  type SentRequest,
} from '#scripts/lab/simulate/sent-requests'
import { leastShare } from '#worker/scheduled/share-run'
import { PARTITIONS } from '#worker/store/overflow/partitions'
import { STORAGE_MS } from '#worker/with-timeout'

/** The time, in minutes, by which hanging calls have ended and the mark is `idle`. */
const LATE_MINUTES = 5
/** The full look restores a lost mark within an hour. */
const FULL_LOOK_MINUTES = 60

/** Returns the largest number of objects that waited in any partition when the faults ended. */
const mostWaiting = ({ before }: Evidence): number =>
  Math.max(
    0,
    ...PARTITIONS.map(
      (name) => before.waiting.filter(({ key }) => key.split('/')[1] === name).length,
    ),
  )

const waitsAreBounded: Invariant = {
  name: 'waits-are-bounded',
  sentence:
    'While nothing fails and nothing comes, an object waits at most two passes of its partition, ' +
    'and a follow-up without a thread two cycles more.',
  faults: (evidence) => {
    const { profile, before, quietMinutes } = evidence
    const pass = Math.ceil((mostWaiting(evidence) + 1) / leastShare(profile.runSize))
    const isMarked = (before.mark?.state ?? 'idle') !== 'idle'
    const bound = 4 * pass + LATE_MINUTES + (isMarked ? 0 : FULL_LOOK_MINUTES)
    return quietMinutes > bound ? [`${quietMinutes} minutes, the bound is ${bound}`] : []
  },
}

const isUndisturbed = (requests: readonly SentRequest[]): boolean =>
  requests.length > 0 && requests.every((each) => each.status !== null && !each.isDisturbed)

/** Returns the step by which the edge had accepted the first report of a thread. */
function threadSince({ record }: Evidence, { envelope }: SentEnvelope): number {
  const steps = [...record.envelopes.values()]
    .filter((each) => each.envelope && each.envelope.kind !== KIND.followUp && !each.isForeign)
    .filter((each) => isSameThread(each, envelope))
    .flatMap(({ requests }) => requests)
    .filter((request) => isAccepted([request]))
    .map(({ answered }) => answered)
  return Math.min(...steps)
}

const isSameThread = (a: SentEnvelope, b: SentEnvelope['envelope']): boolean =>
  String(a.envelope?.ownerHash) === String(b?.ownerHash) &&
  String(a.envelope?.writeHash) === String(b?.writeHash)

const followUpJoins: Invariant = {
  name: 'follow-up-joins',
  sentence:
    'A follow-up that came after its thread, with the right token and without a failure, does ' +
    'not stand alone, unless the thread was ended.',
  faults: (evidence) => {
    const { record, after } = evidence
    return after.reports
      .filter((report) => report.bytes[1] === KIND.followUp)
      .filter((report) => !record.ends.some((end) => end.ownerHash === headerOwnerOf(report)))
      .flatMap(({ hash }) => record.envelopes.get(hash) ?? [])
      .filter(({ tokens, requests }) => tokens.size === 1 && isUndisturbed(requests))
      .filter(({ tokens }) => tokens.has('right'))
      .filter((sent) => {
        const began = Math.min(...sent.requests.map((request) => request.began))
        return began > threadSince(evidence, sent)
      })
      .map(({ hash }) => hash)
  },
}

const provenDangerHasRoom: Invariant = {
  name: 'proven-danger-has-room',
  sentence:
    'Under 90 %, while nothing fails and no flood is on, danger of grade 2 and 3 never waits.',
  faults: ({ profile, before }) =>
    profile.isCalm && profile.floodMode === 'off' && Math.max(...profile.fullness) < 0.9
      ? before.waiting.filter(({ key }) => /\/urgent-[23]\//.test(key)).map(({ key }) => key)
      : [],
}

/** A request that took longer may have hit a store's time limit. */
const isInTime = ({ tookMs }: SentRequest): boolean => tookMs < STORAGE_MS

const restLeavesRoom: Invariant = {
  name: 'rest-leaves-room',
  sentence:
    'From 85 % on, while R2 works and answers in time, the database takes only follow-ups and ' +
    'danger of grade 2 and 3.',
  faults: ({ profile, record, before }) =>
    profile.isCalm && Math.min(...profile.fullness) >= 0.85
      ? before.reports
          .filter(({ grade, danger }) => !danger || (grade ?? 0) < CHECKED_GRADE)
          .filter(({ hash }) => record.envelopes.get(hash)?.requests.every(isInTime))
          .map(({ hash }) => hash)
      : [],
}

export const DRAIN_INVARIANTS: readonly Invariant[] = [
  waitsAreBounded,
  followUpJoins,
  provenDangerHasRoom,
  restLeavesRoom,
]
