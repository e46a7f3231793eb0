// Tool: seals a follow-up, and says whether somebody reads the messages now. Page `answer` fetches
// this tool after a number was read. The page does not contain it, because its bytes are bounded.
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { sealEnvelope, type AddMac } from '#protocol/report/seal-envelope'
import { ID_BYTES, READING_SLOT, VISIT_BYTES } from '#protocol/limits'
import { ownerHashOf, ownerOf } from '#protocol/report/receipt'
import { inboxBody, openReply } from '#protocol/report/reply'
import { addReporterMac } from '#protocol/report/reporter-mac'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { call, callAt } from '../network/api.ts'
import { keyRing } from '../reporting/key-ring.ts'
import { jsonOf } from '../reporting/seal-report.ts'
import { trySuite2 } from '../reporting/try-suite-2.ts'
import type { Page } from '../dom/page.ts'
import { word } from '../dom/elements.ts'
import { registerTool } from './register.ts'
import type { useTool } from './loader.ts'

/** The keys of a receipt as a list, because the bundle of the page shortens the names of fields. */
export type NumberKeys = [lookup: Bytes, write: Bytes, down: Bytes, up: Bytes]

/**
 * Seals a follow-up, renews the keys, and shows the mark on top of `place`. The first two functions
 * return an error code on failure. Without a mark nothing is shown.
 */
export type Writer = [
  seal: (
    keys: NumberKeys,
    isDanger: boolean,
    text: string,
    /** number of follow-ups of this visit that were stored before; 0 begins a visit */
    stored: number,
  ) => Promise<Bytes | ErrorCode>,
  renew: () => Promise<ErrorCode | ''>,
  showReading: (keys: NumberKeys, place: Element) => Promise<void>,
]

export type FollowUp = (page: Page, fetchTool: typeof useTool) => Writer

const codeOf = (failure: unknown): ErrorCode =>
  failure instanceof Refusal ? failure.code : 'sealing_failed'

/** A call that fails hides nothing: the mark says only that somebody reads now. */
async function isBeingRead([lookup, , down]: NumberKeys): Promise<boolean> {
  try {
    const { bytes } = await call('/api/inbox', inboxBody(lookup, READING_SLOT))
    return !!(await openReply(down, await ownerHashOf(lookup), READING_SLOT, bytes))
  } catch {
    return false
  }
}

const followUp: FollowUp = (page, fetchTool) => {
  callAt(page.hosts)
  const ring = keyRing(page, () => fetchTool('renew'))
  let visit: Bytes
  const note = document.createElement('p')
  note.className = 'note'
  let asked = {}
  return [
    async ([lookup, write, down, up], isDanger, text, n) => {
      try {
        if (!n) visit = randomBytes(VISIT_BYTES)
        const headerId = randomBytes(ID_BYTES)
        const owner = await ownerOf(lookup)
        const header = {
          headerId,
          kind: KIND.followUp,
          danger: isDanger,
          ownerHash: await sha256(owner),
          writeHash: await sha256(write),
        }
        const json = jsonOf({
          lang: document.documentElement.lang,
          text,
          // If the receipt was ended elsewhere, these words begin a new thread.
          // The keys let staff reply in the new thread.
          down: toB64(down),
          up: toB64(up),
          owner: toB64(owner),
        })
        const addMac: AddMac = (commitment, sealedJson) =>
          addReporterMac(up, { headerId, commitment }, { visit, n }, sealedJson)
        const keys = await ring.trusted()
        return (
          (await trySuite2(() => fetchTool('pq'), keys, header, json, addMac)) ||
          (await sealEnvelope(keys, header, json, addMac))
        )
      } catch (failure) {
        return codeOf(failure)
      }
    },
    () => ring.renew().then(() => '', codeOf),
    async (keys, place) => {
      note.remove()
      const question = (asked = {})
      // A late response about a number that was read before shows nothing.
      if (!(await isBeingRead(keys)) || question !== asked) return
      note.textContent = word('answer.now')
      place.prepend(note)
    },
  ]
}

registerTool(followUp)
