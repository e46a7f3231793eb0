import { minuteOf } from '#protocol/time'
import { sealReply } from '#protocol/report/reply'
import { fromB64, sha256, toB64, utf8 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { MAX_FOLLOW_UPS, MAX_REPLY_BYTES } from '#protocol/limits'
import type { ReplyFile, PlainReply } from '#protocol/report/plain-report'
import type { ReplyChange } from '#protocol/staff/case-log/changes'
import { sendAction } from '../../api/send-action.ts'
import type { CaseWriter } from '../../session/case-writer.ts'
import { answerKey } from '../read/conversation.ts'
import type { LoadedReport } from '../read/load-report.ts'
import { requireFirst } from '../read/require-first.ts'
import { sendCaseSigned } from './send-case-signed.ts'

const answerOf = (
  text: string,
  files: ReplyFile[],
  nowMs: number,
  arrived: number,
): PlainReply => ({
  v: 1,
  at: minuteOf(nowMs),
  text,
  arrived,
  ...(files.length > 0 && { files }),
})

/**
 * Returns the number of bytes that are left in a reply. The number is negative when the reply is
 * too long. A Cyrillic letter takes two bytes, and a file takes about 230.
 */
export const replyBytesLeft = (text: string, files: ReplyFile[] = []): number =>
  MAX_REPLY_BYTES - utf8(JSON.stringify(answerOf(text, files, 0, MAX_FOLLOW_UPS))).length

/**
 * Counts the messages whose arrival is confirmed to the person: the first report, and the
 * follow-ups with a valid MAC.
 */
export const arrivedIn = ({ followUps }: Pick<LoadedReport, 'followUps'>): number =>
  1 + followUps.filter(({ isProven }) => isProven).length

/**
 * Sends a reply in the thread that is shown; see inThread. The first letter contains the number to
 * which the reply is sealed.
 *
 * @param files  files that were sent before the reply, so that its recipient can find them
 * @returns the key that identifies the reply in the conversation
 * @throws Refusal `slot_taken` when a colleague replied in the meantime. `report_grew` when the
 *   person has written since the report was read. `no_return_number` when no reply is possible.
 *   Otherwise the codes of requireFirst.
 */
export async function sendReply(
  by: CaseWriter,
  loaded: LoadedReport,
  text: string,
  files: ReplyFile[] = [],
): Promise<string> {
  const { item, id, first, followUps, followUpsRead, reply } = loaded
  if (!first || !reply) throw new Refusal('no_return_number')
  await requireFirst(by, loaded)
  const { ownerHash } = first.header
  const answer = answerOf(text, files, Date.now(), arrivedIn({ followUps }))
  const sealed = await sealReply(fromB64(reply.down), ownerHash, reply.index, answer)
  const change: ReplyChange = {
    ...(id !== item.id && { report: id }),
    index: reply.index,
    sealedHash: toB64(await sha256(sealed)),
    followUps: followUpsRead,
    absorbed: item.absorbed,
  }
  await sendCaseSigned(by, { action: 'answer.send', subject: item.id, change }, (signed) =>
    sendAction('answer.send', { signed, sealed: toB64(sealed) }, item.id),
  )
  return answerKey(id, reply.index)
}
