// Checks the invariants about replies, and about the responses to a person who requests replies:
// R10 of docs/requirements.md.
import type { Evidence, Invariant } from '#scripts/lab/simulate/evidence'
import { isAccepted, type SentReply } from '#scripts/lab/simulate/sent-requests'

const isEndedBefore = ({ record }: Evidence, ownerHash: string, step: number): boolean =>
  record.ends.some(
    (end) => end.isRightToken && end.ownerHash === ownerHash && end.request.began < step,
  )

const placeOf = ({ ownerHash, index }: Pick<SentReply, 'ownerHash' | 'index'>): string =>
  `${ownerHash} ${index}`

const replyIsKept: Invariant = {
  name: 'reply-is-kept',
  sentence: 'A reply that was answered 201 stays at its index until the number is ended.',
  faults: (evidence) => {
    const stored = new Map(
      evidence.after.replies.map((reply) => [placeOf(reply), reply.sealedHash]),
    )
    return evidence.record.replies
      .filter(({ request }) => isAccepted([request]))
      .filter(({ ownerHash }) => !isEndedBefore(evidence, ownerHash, Infinity))
      .filter((reply) => stored.get(placeOf(reply)) !== reply.sealedHash)
      .map(({ request }) => request.name)
  },
}

const replyIsWrittenOnce: Invariant = {
  name: 'reply-is-written-once',
  sentence: 'No reply replaces another one at its index.',
  faults: ({ before, after }) => {
    const later = new Map(after.replies.map((reply) => [placeOf(reply), reply.sealedHash]))
    return before.replies
      .filter((reply) => (later.get(placeOf(reply)) ?? reply.sealedHash) !== reply.sealedHash)
      .map(placeOf)
  },
}

const replyIsSent: Invariant = {
  name: 'reply-is-sent',
  sentence: 'Every stored reply was sent by the staff, for this number and this index.',
  faults: ({ record, after }) => {
    const sent = new Set(record.replies.map((reply) => `${placeOf(reply)} ${reply.sealedHash}`))
    return after.replies
      .filter((reply) => !sent.has(`${placeOf(reply)} ${reply.sealedHash}`))
      .map(placeOf)
  },
}

const replyCanBeRead: Invariant = {
  name: 'reply-can-be-read',
  sentence: 'A person who asks with the number after a reply was stored gets that very reply.',
  faults: (evidence) => {
    const { replies, reads } = evidence.record
    return replies
      .filter(({ request }) => isAccepted([request]))
      .flatMap((reply) =>
        reads.filter(
          (each) =>
            placeOf(each) === placeOf(reply) &&
            each.request.began > reply.request.answered &&
            each.bodyHash !== reply.sealedHash &&
            !isEndedBefore(evidence, reply.ownerHash, each.request.answered),
        ),
      )
      .map(({ request }) => request.name)
  },
}

const replyGoesToItsReader: Invariant = {
  name: 'reply-goes-to-its-reader',
  sentence: 'Nobody gets a reply of another number or index.',
  faults: ({ record }) => {
    const places = new Map(record.replies.map((reply) => [reply.sealedHash, placeOf(reply)]))
    return record.reads
      .filter((each) => (places.get(each.bodyHash) ?? placeOf(each)) !== placeOf(each))
      .map(({ request }) => request.name)
  },
}

const inboxLooksAlike: Invariant = {
  name: 'inbox-looks-alike',
  sentence: 'A reply, an empty index, an unknown and an ended number look alike.',
  faults: ({ record }) =>
    ['/api/inbox', '/api/inbox/destroy'].flatMap((address) => {
      const answered = record.requests.filter(
        ({ path, status }) => path === address && status !== null && status < 300,
      )
      const shapes = new Set(answered.map(({ shape, body }) => `${shape}\n${body}`))
      return shapes.size > 1 ? [`${address} has ${shapes.size} shapes`] : []
    }),
}

const replyHasItsRow: Invariant = {
  name: 'reply-has-its-row',
  sentence: 'Each stored reply has its row in a case log.',
  faults: ({ record, after }) =>
    after.replies
      .filter((reply) => {
        const statements = record.replies
          .filter(({ sealedHash }) => sealedHash === reply.sealedHash)
          .map(({ statement }) => statement)
        return !statements.some((statement) => after.statements.includes(statement))
      })
      .map(placeOf),
}

export const REPLY_INVARIANTS: readonly Invariant[] = [
  replyIsKept,
  replyIsWrittenOnce,
  replyIsSent,
  replyCanBeRead,
  replyGoesToItsReader,
  inboxLooksAlike,
  replyHasItsRow,
]
