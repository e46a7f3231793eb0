import { sealAnswer } from '#protocol/answer'
import { fromB64, toB64, utf8 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { MAX_ANSWER_BYTES } from '#protocol/limits'
import { minuteOf, type AnswerFile, type PlainAnswer } from '#protocol/report'
import { type AnswerChange } from '#protocol/staff'
import { sendSigned } from '../api/send-signed.ts'
import { sendAnswer } from '../api/staff-api.ts'
import { type UnlockedKeys } from '../keys/unlock.ts'
import { type LoadedReport } from './load-report.ts'

const answerOf = (text: string, files: AnswerFile[], nowMs: number): PlainAnswer => ({
  v: 1,
  at: minuteOf(nowMs),
  text,
  ...(files.length > 0 && { files }),
})

/** Bytes that are left in an answer; negative when it is too long. A Cyrillic letter takes two, a file some 230. */
export const answerBytesLeft = (text: string, files: AnswerFile[] = []): number =>
  MAX_ANSWER_BYTES - utf8(JSON.stringify(answerOf(text, files, 0))).length

/**
 * @param files  already sent: whoever reads the answer finds them
 * @throws Refusal `slot_taken` when a colleague answered meanwhile, `no_return_number` when nothing can be answered
 */
export async function answerReport(
  keys: UnlockedKeys,
  { item, first, reply }: LoadedReport,
  text: string,
  files: AnswerFile[] = [],
): Promise<void> {
  if (!first || !reply) throw new Refusal('no_return_number')
  const { lookupHash } = first.header
  const answer = answerOf(text, files, Date.now())
  const sealed = await sealAnswer(fromB64(reply.down), lookupHash, reply.slot, answer)
  const change: AnswerChange = { slot: reply.slot, sealed: toB64(sealed) }
  await sendSigned(keys, { action: 'answer.send', subject: item.id, change }, (signed) =>
    sendAnswer(item.id, signed),
  )
}
