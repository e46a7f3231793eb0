// Acts out the events of a planned thread as the reporter and the staff would. Returns everything
// that the edge would then store.
import { localDayOf } from '#content/clock.ts'
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import type { PlainReply } from '#protocol/report/plain-report'
import { sealReply } from '#protocol/report/reply'
import type { ReplyChange, StatusChange } from '#protocol/staff/case-log/changes'
import { dayOf, minuteOf } from '#protocol/time'
import { beginThread, type PlayedThread, type Sealers } from '#scripts/demo/begin-thread'
import { PlayedCase } from '#scripts/demo/play-case'
import type { PlannedReport } from '#scripts/demo/plan-report'
import type { PlannedHelp } from '#scripts/demo/plan-thread'
import { newVisit, sealFollowUp, type SealedMessage } from '#scripts/demo/seal-planned'
import { signChanges, type UnsignedChange } from '#scripts/demo/sign-changes'
import { leafOf } from '#scripts/demo/sign-checkpoint'
import type { Writers } from '#scripts/demo/writers'
import type { EntryOf } from '#site/staff/crypto/case-entry.ts'

interface Players extends Sealers {
  writers: Writers
}

export async function playThread(
  { writers, ...sealers }: Players,
  plan: PlannedReport,
): Promise<PlayedThread> {
  const { sealing } = sealers
  const { played, thread } = await beginThread(sealers, plan)
  const { first } = played
  const { receipt, hashes } = thread
  const subject = toB64(first.id)
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
        if (played.status === 'closed' || played.waits.for !== 'us')
          played.waits = { for: 'us', since: followUp.day }
        played.status = 'new'
        played.danger ||= event.danger
        if (event.danger) played.dangerDay = followUp.day
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
        break
      }
      case 'reply': {
        if (!receipt) break
        const index = played.replies.length
        const reply: PlainReply = { v: 1, at: minuteOf(at), text: event.text, arrived }
        const sealed = await sealReply(receipt.down, hashes.ownerHash, index, reply)
        played.replies.push({ index, day: dayOf(at), sealed })
        played.waits = { for: 'person', since: dayOf(at) }
        const sealedHash = toB64(await sha256(sealed))
        const change: ReplyChange = { index, sealedHash, followUps }
        sign(event, 'answer.send', change)
        break
      }
      case 'note':
        await ofCase.addEntry(
          event,
          { v: 1, kind: 'note', at: minuteOf(at), text: event.text },
          followUps,
        )
        break
      case 'person':
        await ofCase.setRecord(event, { record: 1, revision: 1 }, event.person)
        break
      case 'help':
        await ofCase.addEntry(event, helpFrom(event), followUps)
        break
    }
  }
  played.log = await signChanges(writers, subject, changes)
  played.leaf = await leafOf(first.id, played.log, changes)
  return plan.isEnded ? endThread(played) : played
}

const helpFrom = ({ at, help, outcome }: PlannedHelp): EntryOf<'help'> => ({
  ...{ v: 1, kind: 'help', at: minuteOf(at), text: '', help, outcome, day: localDayOf(at) },
  ...{ receiver: null, person: null },
})

/** Ends a thread as the edge does: no replies, no write hash, and a random owner hash. */
const endThread = (played: PlayedThread): PlayedThread => ({
  ...played,
  replies: [],
  ownerHash: randomBytes(HASH_BYTES),
  writeHash: null,
})
