// Page `tell`: a report is sealed here, sent, and answered with a return number.
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { HASH_BYTES } from '#protocol/limits'
import { groupReceipt, makeReceipt, receiptKeys } from '#protocol/receipt'
import {
  hasWords,
  type Consent,
  type Need,
  type SafeContact,
  type SealedFile,
  type Sign,
} from '#protocol/report'
import { callAt } from './call.ts'
import { keepDraft } from './draft.ts'
import { keyRing } from './keys.ts'
import { proved, searchProof } from './proved.ts'
import { watchReceipt } from './receipt.ts'
import { sealSaid, withCrypto, type Said, type SealedReport } from './seal.ts'
import { sendReport } from './send.ts'
import { showWords, watchSteps } from './steps.ts'
import { useTool, watchTools, type Desk } from './tools.ts'
import { takeOver, byId, goTo, page } from './view.ts'
import { form, requireWords, sendPlainly, text, watchWriting } from './writing.ts'

/** Where the page of the check finds what was sent: an address would stay in the history of a phone. The name stands in both. */
interface CheckLink extends HTMLElement {
  report?: Bytes
}

const PAUSE_IN_TYPING_MS = 1500

callAt(page.hosts)
const ring = keyRing(page)
let timer = 0

const desk: Desk = {
  seal: async () => (await draft().sealed).envelope,
  files: [],
  receipt: makeReceipt(),
}

/** What was written or chosen under a name; '' for nothing. */
const field = (name: string): string =>
  ((new FormData(form).get(name) as string | null) || '').trim()

const chosen = (name: string): string[] => new FormData(form).getAll(name) as string[]

/** Nothing said is '', an empty list or an empty object: sealing leaves those out. */
function said(): Said & Pick<Listing, 'files'> {
  const contact: SafeContact = {}
  for (const name of ['how', 'when', 'avoid', 'name', 'word', 'lang'] as const) {
    const words = field('contact.' + name)
    if (words) contact[name] = words
  }
  return {
    lang: document.documentElement.lang,
    text: field('text'),
    place: field('place'),
    consent: field('consent') as Consent | '',
    signs: chosen('signs') as Sign[],
    needs: chosen('needs') as Need[],
    contact,
    files: desk.files,
  }
}

interface Listing extends SealedReport {
  /** those that the report lists, in this order */
  files: SealedFile[]
}

/** Whatever is sent from this page comes from `seal`, which lists its files. */
const listedIn = (sealed: SealedReport): SealedFile[] => (sealed as Listing).files

const choices = (): string[] => ['danger', 'door', 'noReceipt'].map(field)

/** Listed and written in the same moment: nothing that comes while it is being sealed gets into it. */
const seal = (): Promise<Listing> => {
  const [danger, door, numberless] = choices()
  const receipt = numberless ? '' : desk.receipt
  const report = said()
  return withCrypto(async () => {
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
    return {
      envelope: await sealSaid(ring, open, report),
      headers: {},
      receipt,
      files: report.files,
    }
  })
}

const draft = keepDraft(
  () => JSON.stringify([said(), choices(), desk.receipt]),
  seal,
  searchProof(() => useTool('prove')),
)

watchReceipt()
watchWriting(
  async (onRetry) => {
    clearTimeout(timer)
    try {
      await desk.ready
      if (!desk.files.length) requireWords()
      return await sendReport(ring, (anew) => proved(draft(anew)), onRetry)
    } catch (failure) {
      // What was waited for and failed is told once.
      delete desk.ready
      showWords()
      throw failure
    }
  },
  (sealed) => {
    const { receipt, envelope, check } = sealed
    byId('receipt').textContent = groupReceipt(receipt)
    byId(receipt ? 'unnumbered' : 'numbered').hidden = true
    byId('writing').hidden = true
    const door = byId<CheckLink>('check')
    door.hidden = !check
    door.report = envelope
    byId('done').hidden = false
    goTo(byId('arrived'))
    if (desk.upload) void desk.upload(envelope, listedIn(sealed))
  },
  true,
)
sendPlainly(form)
form.addEventListener('input', () => {
  clearTimeout(timer)
  if (hasWords(text.value)) timer = setTimeout(draft, PAUSE_IN_TYPING_MS)
})
watchSteps()
watchTools(desk)
takeOver()
try {
  // The tool `keep` has kept something at an earlier visit: it asks for the number.
  if (localStorage['k']) {
    showWords()
    byId('keep').click()
  }
} catch {
  // No storage, nothing kept.
}
