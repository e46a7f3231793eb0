// Plays the events of a planned thread as reporter and staff would. Returns everything that the
// edge would then store.
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import type { SealingKeys } from '#protocol/report/envelope'
import type { PlainReply } from '#protocol/report/plain-report'
import { sealReply } from '#protocol/report/reply'
import type { CaseChange, ReplyChange, Status, StatusChange } from '#protocol/staff/cases'
import { dayOf, minuteOf } from '#protocol/time'
import type { Colleague } from '#scripts/demo/make-staff'
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
import type { UnsignedChange } from '#scripts/demo/sign-changes'
import { emptyCaseFile, sealCaseFile, withNote } from '#site/staff/crypto/case-file.ts'
import { openReport } from '#site/staff/crypto/open-report.ts'

export interface PlayedThread {
  plan: PlannedReport
  first: SealedMessage
  ownerHash: Bytes
  /** null when the reporter ended the thread */
  writeHash: Bytes | null
  status: Status
  /** of the first report or of any follow-up */
  danger: boolean
  followUps: (SealedMessage & { day: string })[]
  replies: { slot: number; day: string; sealed: Bytes }[]
  caseFile: { revision: number; sealed: Bytes } | null
  changes: UnsignedChange[]
  chunks: SealedChunk[]
}

export interface Players {
  sealing: SealingKeys
  staff: readonly Colleague[]
  samples: Readonly<Record<SampleName, SampleFile>>
}

export async function playThread(
  { sealing, staff, samples }: Players,
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
    danger: plan.danger,
    followUps: [],
    replies: [],
    caseFile: null,
    changes: [],
    chunks: chunks.flat(),
  }
  const visits = new Map<number, Bytes>()
  let arrived = 1
  let notes = emptyCaseFile()
  let cek: Bytes | null = null

  const sign = (
    { at, by }: { at: number; by: number },
    action: UnsignedChange['action'],
    change: StatusChange | CaseChange | ReplyChange,
  ): void => {
    played.changes.push({ at, by, action, subject, change })
  }

  for (const event of plan.events) {
    const { at } = event
    const followUps = played.followUps.length
    switch (event.what) {
      case 'followUp': {
        const visit = visits.get(event.visit) ?? newVisit()
        visits.set(event.visit, visit)
        const message = await sealFollowUp(sealing, thread, plan.plain.lang, event, visit)
        played.followUps.push({ ...message, day: dayOf(at) })
        played.status = 'new'
        played.danger ||= event.danger
        if (event.proof === 'mac') arrived++
        break
      }
      case 'status': {
        sign(event, 'status.set', { from: played.status, to: event.to, followUps })
        played.status = event.to
        break
      }
      case 'reply': {
        if (!receipt) break
        const slot = played.replies.length
        const reply: PlainReply = { v: 1, at: minuteOf(at), text: event.text, arrived }
        const sealed = await sealReply(receipt.down, hashes.ownerHash, slot, reply)
        played.replies.push({ slot, day: dayOf(at), sealed })
        sign(event, 'answer.send', { slot, sealed: toB64(sealed), followUps })
        break
      }
      case 'note': {
        const author = staff[event.by]
        if (!author) break
        cek ??= (await openReport(author.keys.intake, toB64(first.envelope))).cek
        const revision = played.caseFile?.revision ?? 0
        notes = withNote(notes, {
          id: toB64(randomBytes(9)),
          author: author.me.name,
          at: new Date(at).toISOString(),
          text: event.text,
        })
        const sealed = await sealCaseFile(cek, subject, notes)
        sign(event, 'case.save', { revision, sealed })
        played.caseFile = { revision: revision + 1, sealed: fromB64(sealed) }
        break
      }
    }
  }
  return plan.isEnded ? endThread(played) : played
}

/** Ends a thread as the edge does: no replies, no write hash, and an owner hash that nobody has. */
const endThread = (played: PlayedThread): PlayedThread => ({
  ...played,
  replies: [],
  ownerHash: randomBytes(HASH_BYTES),
  writeHash: null,
})
