// Seals the words of a form, and adds the MAC of a follow-up. The words stay only in memory, and
// only for milliseconds.
import { minuteOf } from '#protocol/time'
import { toB64, type Bytes } from '#protocol/bytes'
import { KIND, type ReportHeader, type SealingKeys } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { Refusal } from '#protocol/errors'
import { VISIT_BYTES } from '#protocol/limits'
import { ownerOf, type ReceiptKeys } from '#protocol/report/receipt'
import type { PlainReport } from '#protocol/report/plain-report'
import { addReporterMac } from '#protocol/report/reporter-mac'
import type { Deps } from '#worker/deps'
import type { FormText } from './read-form.ts'

export async function sealForm(
  deps: Deps,
  keys: SealingKeys,
  header: ReportHeader,
  lang: string,
  words: FormText & Pick<PlainReport, 'files'>,
  own: ReceiptKeys | null,
) {
  const plainReport: PlainReport = {
    v: 1,
    lang,
    at: minuteOf(deps.now()),
    ...words,
    ...(own && {
      down: toB64(own.down),
      up: toB64(own.up),
      owner: toB64(await ownerOf(own.lookup)),
    }),
  }
  const json = JSON.stringify(plainReport)
  const { headerId } = header
  // Each form counts as a separate visit, because the edge does not remember earlier forms.
  const place = { visit: deps.random(VISIT_BYTES), n: 0 }
  const addMac =
    own && header.kind === KIND.followUp
      ? (commitment: Bytes) => addReporterMac(own.up, { headerId, commitment }, place, json)
      : undefined
  try {
    return await sealEnvelope(keys, header, json, addMac)
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    // Drops the cause of the error, because the cause may quote the person's words.
    throw new Refusal('sealing_failed')
  }
}
