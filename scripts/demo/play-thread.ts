// Plays the events of a planned thread as reporter and staff would. Returns everything that the
// edge would then store.
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import type { SealingKeys } from '#protocol/report/envelope'
import type { PlainReply } from '#protocol/report/plain-report'
import { sealReply } from '#protocol/report/reply'
import type { ReplyChange, StatusChange } from '#protocol/staff/case-changes'
import type { Status, WaitsFor } from '#protocol/staff/fields'
import { dayOf, minuteOf } from '#protocol/time'
import { PlayedCase, type CaseRows } from '#scripts/demo/play-case'
import type { PlannedReport } from '#scripts/demo/plan-report'
import type { SampleFile, SampleName } from '#scripts/demo/sample-files'
import {
  newVisit,
  sealFirst,
  sealFollowUp,
  sealSample,
  type SealedChunk,
  type SealedMessage,
} from '#scripts/demo/seal-planned'
import { signChanges, type CaseLogRow, type UnsignedChange } from '#scripts/demo/sign-changes'
import type { Writers } from '#scripts/demo/writers'

export interface PlayedThread {
  plan: PlannedReport
  first: SealedMessage
  ownerHash: Bytes
  /** null when the reporter ended the thread */
  writeHash: Bytes | null
  status: Status
  /** for whom the case waits, and since which day */
  waits: { for: WaitsFor; since: string }
  /** of the first report or of any follow-up */
  danger: boolean
  followUps: (SealedMessage & { day: string })[]
  replies: { slot: number; day: string; sealed: Bytes }[]
  rows: CaseRows
  log: CaseLogRow[]
  chunks: SealedChunk[]
}

export interface Players {
  sealing: SealingKeys
  writers: Writers
  samples: Readonly<Record<SampleName, SampleFile>>
}

export async function playThread(
  { sealing, writers, samples }: Players,
  plan: PlannedReport,
): Promise<PlayedThread> {
  const files = plan.files.map((name) => samples[name])
  const { message: first, thread, listed } = await sealFirst(sealing, plan, files)
  const chunks = await Promise.all(
    files.map(({ content }, place) =>
      sealSample(first.id, place, fromB64(listed[place]?.key ?? ''), content),
    ),
  )
  const { receipt, hashes } = thread
  const subject = toB64(first.id)
  const played: PlayedThread = {
    plan,
    first,
    ...hashes,
    status: 'new',
    waits: { for: 'us', since: dayOf(plan.arrivedAt) },
    danger: plan.danger,
    followUps: [],
    replies: [],
    rows: { share: null, key: null, letters: [], entries: [] },
    log: [],
    chunks: chunks.flat(),
  }
  const changes: UnsignedChange[] = []
  const visits = new Map<number, Bytes>()
  let arrived = 1
  const sign = (
    { at, by }: { at: number; by: number },
    action: UnsignedChange['action'],
    change: object,
  ): number => changes.push({ at, by, action, change })
  const ofCase = new PlayedCase(subject, writers, sign)
  played.rows = ofCase.rows
  let untaken: SealedMessage[] = [first]

  for (const event of plan.events) {
    const { at } = event
    const followUps = played.followUps.length
    if (plan.isTaken && event.what !== 'followUp') {
      await ofCase.take(event, untaken)
      untaken = []
    }
    switch (event.what) {
      case 'followUp': {
        const visit = visits.get(event.visit) ?? newVisit()
        visits.set(event.visit, visit)
        const message = await sealFollowUp(sealing, thread, plan.plain.lang, event, visit)
        const followUp = { ...message, day: dayOf(at) }
        played.followUps.push(followUp)
        untaken.push(followUp)
        played.status = 'new'
        if (played.waits.for !== 'us') played.waits = { for: 'us', since: followUp.day }
        played.danger ||= event.danger
        if (event.proof === 'mac') arrived++
        break
      }
      case 'status': {
        const change: StatusChange = {
          from: played.status,
          to: event.to,
          followUps,
          ...(event.to === 'closed' && { reason: 'helped' }),
        }
        sign(event, 'status.set', change)
        played.status = event.to
        if (event.to === 'closed') played.waits = { for: 'nobody', since: dayOf(at) }
        break
      }
      case 'reply': {
        if (!receipt) break
        const slot = played.replies.length
        const reply: PlainReply = { v: 1, at: minuteOf(at), text: event.text, arrived }
        const sealed = await sealReply(receipt.down, hashes.ownerHash, slot, reply)
        played.replies.push({ slot, day: dayOf(at), sealed })
        if (played.status !== 'closed') played.waits = { for: 'person', since: dayOf(at) }
        const sealedHash = toB64(await sha256(sealed))
        const change: ReplyChange = { slot, sealedHash, followUps }
        sign(event, 'answer.send', change)
        break
      }
      case 'note':
        await ofCase.addNote(event, event.text)
        break
    }
  }
  played.log = await signChanges(writers, subject, changes)
  return plan.isEnded ? endThread(played) : played
}

/** Ends a thread as the edge does: no replies, no write hash, and an owner hash that nobody has. */
const endThread = (played: PlayedThread): PlayedThread => ({
  ...played,
  replies: [],
  ownerHash: randomBytes(HASH_BYTES),
  writeHash: null,
})
