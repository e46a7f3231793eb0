// Page `tell`: a report is sealed here, sent, and answered with a return number.
import { randomBytes, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { HASH_BYTES } from '#protocol/limits'
import { groupReceipt, makeReceipt, receiptKeys } from '#protocol/receipt'
import { hasWords } from '#protocol/report'
import { keepDraft } from './draft.ts'
import { keyRing } from './keys.ts'
import { lettersLeft } from './measure.ts'
import { proved, searchProof } from './prove.ts'
import { watchReceipt } from './receipt.ts'
import { sealSaid, withCrypto, type Said, type SealedReport } from './seal.ts'
import { sendReport } from './send.ts'
import { takeOver, byId, goTo, page, say } from './view.ts'
import { sendPlainly, text, watchWriting } from './writing.ts'

const PAUSE_IN_TYPING_MS = 1500
/** The count of letters is shown from here on: before, it would only be one more thing to read. */
const NEARLY_FULL = 500

const form = byId<HTMLFormElement>('form')
const count = byId('count')
const ring = keyRing(page)
let timer = 0

/** The words of a field, '' for a choice that was not made. No field of this form is a file. */
const field = (name: string): string =>
  ((new FormData(form).get(name) as string | null) || '').trim()

function said(): Said {
  const [text, place, how, when, avoid] = [
    'text',
    'place',
    'contactHow',
    'contactWhen',
    'contactAvoid',
  ].map(field) as [string, string, string, string, string]
  const contact = how + when + avoid && { how, when, avoid }
  return { lang: document.documentElement.lang, text, place, contact }
}

const choices = (): string[] => ['danger', 'door', 'noReceipt'].map(field)

const seal = (): Promise<SealedReport> =>
  withCrypto(async () => {
    const [danger, door, numberless] = choices()
    const receipt = numberless ? '' : makeReceipt()
    const report = said()
    const open = {
      kind: door === 'me' ? KIND.helpForMe : door === 'other' ? KIND.helpForAnother : KIND.tip,
      danger: danger === 'yes',
      lookupHash: randomBytes(HASH_BYTES),
      writeHash: randomBytes(HASH_BYTES),
    }
    if (receipt) {
      const keys = await receiptKeys(receipt)
      open.lookupHash = await sha256(keys.lookup)
      open.writeHash = await sha256(keys.write)
      report.down = toB64(keys.down)
      report.up = toB64(keys.up)
    }
    return { envelope: await sealSaid(ring, open, report), headers: {}, receipt }
  })

const written = (): string => JSON.stringify(said())
const draft = keepDraft(() => written() + String(choices()), seal, searchProof)
const room = (): number => lettersLeft(text.value, written())

watchReceipt()
watchWriting(
  (onRetry) => {
    clearTimeout(timer)
    if (room() < 0) throw new Refusal('text_too_long')
    return sendReport(ring, (anew) => proved(draft(anew)), onRetry)
  },
  ({ receipt }) => {
    byId('receipt').textContent = groupReceipt(receipt)
    byId(receipt ? 'unnumbered' : 'numbered').hidden = true
    byId('writing').hidden = true
    byId('done').hidden = false
    goTo(byId('arrived'))
  },
  true,
)
sendPlainly(form)
form.addEventListener('input', () => {
  const left = room()
  count.textContent = left > NEARLY_FULL ? '' : say(left < 0 ? 'over' : 'left', Math.abs(left))
  clearTimeout(timer)
  if (left >= 0 && hasWords(text.value)) timer = setTimeout(draft, PAUSE_IN_TYPING_MS)
})
takeOver()
