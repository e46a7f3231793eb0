// Page `tell`: seals a report, sends it and shows the return number.
import '../dom/scripted.ts'
import { randomBytes, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { HASH_BYTES, ID_BYTES } from '#protocol/limits'
import { groupReceipt, makeReceipt, ownerOf, receiptKeys } from '#protocol/report/receipt'
import { hasWords, type SealedFile } from '#protocol/report/plain-report'
import { callAt } from '../network/api.ts'
import { memoizeSealed } from '../reporting/sealed-draft.ts'
import { keyRing } from '../reporting/key-ring.ts'
import { beginSearch, withProof } from '../reporting/proof-of-work.ts'
import type { Search } from '../reporting/search-proof.ts'
import { jsonOf, withCrypto, type FormValues, type SealedReport } from '../reporting/seal-report.ts'
import { sendReport } from '../reporting/send-report.ts'
import { trySuite2 } from '../reporting/try-suite-2.ts'
import { askMore, showWords, watchSteps } from '../form/steps.ts'
import { useTool, watchTools, type ToolContext } from '../dom/loader.ts'
import type { SaveReceipt } from '../tools/save-receipt.ts'
import type { ShowCheckLink } from '../tools/turnstile-link.ts'
import { byId } from '../dom/by-id.ts'
import { guardUnload } from '../dom/guard-unload.ts'
import { firstCalls, placeCalls } from '../dom/calls.ts'
import { enableScript, goTo, page } from '../dom/page.ts'
import { form, isBegun, requireWords, sendPlainly, watchText } from '../form/text-form.ts'
import { text } from '../dom/page-state.ts'

/** The build sets this value: see loader.ts. */
declare const IS_SAVED: boolean

callAt(page.hosts)
const ring = keyRing(page, () => useTool('renew'))

const newSearch = (): Search => ({ headerId: randomBytes(ID_BYTES) })
/**
 * The search for a proof of work for the current draft. All unsent drafts share the header id of
 * that search.
 */
let search = newSearch()
const begin = (): void => beginSearch(search, () => useTool('prove'))

const context: ToolContext = {
  // A letter leaves the page just as a sent report does, so different words need a new header id.
  seal: async () => (await withDraft()).envelope,
  files: [],
  receipt: makeReceipt(),
  more: askMore,
  answers: () => ({}),
  leave: (address) => {
    location.replace(address)
  },
}

/**
 * Returns the trimmed value of a field, or '' for an empty field. The fields that this function
 * reads contain text.
 */
const field = (name: string): string =>
  ((new FormData(form).get(name) as string | null) || '').trim()

/** Returns the values of the form. Sealing omits the empty values: '', [] and {}. */
const formValues = (): Omit<FormValues, 'lang'> & Pick<Listing, 'files'> => ({
  text: field('text'),
  ...context.answers(),
  files: context.files,
})

interface Listing extends SealedReport {
  /** the files that the report lists, in this order */
  files: SealedFile[]
}

/** Returns the files of a report, which is a Listing because `seal` made it. */
const listedIn = (sealed: SealedReport): SealedFile[] => (sealed as Listing).files

const choices = (): string[] => ['danger', 'door', 'noReceipt'].map(field)

/**
 * Seals the current words and files. Words and files that are added later do not become part of the
 * report.
 */
const seal = (anew?: boolean): Promise<Listing> => {
  if (search.isTaken && !anew) search = newSearch()
  begin()
  const { headerId } = search
  const [danger, door, numberless] = choices()
  const receipt = numberless ? '' : context.receipt
  // The language is kept separate from the values, so that a language change does not reseal the
  // same words.
  const lang = document.body.lang || document.documentElement.lang
  const report: FormValues & Pick<Listing, 'files'> = { lang, ...formValues() }
  return withCrypto(async () => {
    const header = {
      headerId,
      kind: door === 'me' ? KIND.helpForMe : door === 'other' ? KIND.helpForAnother : KIND.tip,
      danger: danger === 'yes',
      ownerHash: randomBytes(HASH_BYTES),
      writeHash: randomBytes(HASH_BYTES),
    }
    if (receipt) {
      const keys = await receiptKeys(receipt)
      const owner = await ownerOf(keys.lookup)
      header.ownerHash = await sha256(owner)
      header.writeHash = await sha256(keys.write)
      report.owner = toB64(owner)
      report.down = toB64(keys.down)
      report.up = toB64(keys.up)
    }
    const keys = await ring.trusted()
    const json = jsonOf(report)
    return {
      envelope:
        (await trySuite2(() => useTool('pq'), keys, header, json)) ||
        (await sealEnvelope(keys, header, json)),
      headers: {},
      receipt,
      files: report.files,
    }
  })
}

const draft = memoizeSealed(() => JSON.stringify([formValues(), choices(), context.receipt]), seal)

const withDraft = (anew?: boolean): Promise<Listing> => {
  const sealing = draft(anew)
  return withProof(search, sealing)
}

watchText(
  async (onRetry) => {
    try {
      await context.ready
      if (!context.files.length && !context.isWordless) requireWords()
      return await sendReport(ring.renew, withDraft, onRetry)
    } catch (failure) {
      // The failure of a tool is shown only once. The next "Send" does not wait for that tool.
      delete context.ready
      showWords()
      throw failure
    }
  },
  (sealed) => {
    const { receipt, envelope, check } = sealed
    byId('receipt').textContent = groupReceipt(receipt)
    byId('numbered').hidden = !receipt
    const urgent = byId('urgent')
    urgent.hidden = choices()[0] !== 'yes'
    if (!urgent.hidden) {
      urgent.appendChild(firstCalls())
      placeCalls(byId('done'))
    }
    byId('writing').hidden = true
    byId('done').hidden = false
    goTo(byId('arrived'))
    scrollTo(0, 0)
    useTool<SaveReceipt>('hold')
      .then((save) => {
        save()
      })
      .catch(() => null)
    // If this tool fails to load, the report is read later but is not lost.
    if (check)
      useTool<ShowCheckLink>('check')
        .then((offer) => offer(envelope))
        .catch(() => null)
    if (context.upload) void context.upload(envelope, listedIn(sealed))
  },
)
// Guards against the loss of words, answers, files and the number, which is shown only once.
guardUnload(
  () =>
    isBegun() ||
    byId('receipt').textContent ||
    context.isUploading ||
    (context.files.length && !byId('writing').hidden),
)
sendPlainly()
// The search for a proof begins with the first words.
form.addEventListener('input', () => {
  if (hasWords(text.value)) begin()
})
watchSteps(context)
watchTools(context)
// A wide window has room for a second column beside the questions. A saved page fetches nothing
// unless the person requests it.
if (!IS_SAVED && innerWidth > 959) useTool('aside').catch(() => null)
enableScript((address) => {
  context.leave(address)
})
try {
  // The `keep` tool saved a draft earlier, and now asks for the number of the draft.
  if (localStorage['k']) {
    showWords()
    byId('keep').click()
  }
} catch {
  // A browser without storage has no saved draft.
}
