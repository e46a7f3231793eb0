// Tool: handles the forms in a thread, and shows whether a colleague is reading the messages now.
// The `answer` page fetches this tool after the page has read a number. The page does not contain
// the tool, because the size of the page is limited.
import { toB64, type Bytes } from '#protocol/bytes'
import { READING_INDEX } from '#protocol/limits'
import { hasWords } from '#protocol/report/plain-report'
import { ownerHashOf, type ReceiptKeys } from '#protocol/report/receipt'
import { inboxBody, openReply } from '#protocol/report/reply'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { addThreadForms, type ThreadForms } from '../form/thread-forms.ts'
import { call, callAt } from '../network/api.ts'
import { keyRing } from '../reporting/key-ring.ts'
import { sealOwnFollowUp, type Visit } from '../reporting/seal-follow-up.ts'
import { withCrypto } from '../reporting/seal-report.ts'
import { memoizeSealed } from '../reporting/sealed-draft.ts'
import { sendReport } from '../reporting/send-report.ts'
import { endOwnThread } from '../reporting/thread.ts'
import { byId } from '../dom/by-id.ts'
import { make, word } from '../dom/elements.ts'
import { guardUnload } from '../dom/guard-unload.ts'
import { goTo, on, type Page } from '../dom/page.ts'
import { registerTool } from './register.ts'
import type { useTool } from '../dom/loader.ts'

/** The keys of a receipt as a list, because the page's bundle has shortened field names. */
export type NumberKeys = [lookup: Bytes, write: Bytes, down: Bytes, up: Bytes]

/**
 * The page's own parts. The tool does not contain copies of these parts, because the originals hold
 * the page's state.
 */
export type ThreadPage = [
  page: Page,
  fetchTool: typeof useTool,
  clearProblem: () => void,
  showProblem: (code: ErrorCode, form: HTMLFormElement) => void,
  showTypo: (field: HTMLTextAreaElement, code: ErrorCode) => void,
  /** adds the person's own message to the messages shown */
  show: (words: string) => void,
]

/** Shows the forms of the thread that these keys belong to. Words in the field are kept. */
export type FollowUp = (keys: NumberKeys, from: ThreadPage) => void

const thread = byId('thread')
const messages = byId('messages')
const none = byId('none')
const reading = make('p', word('answer.now'), 'note')
let forms: ThreadForms | null = null
let visit: Visit

/**
 * Shows that a colleague is reading the messages now. A response to a request from an earlier visit
 * is ignored.
 */
async function showReading(asked: Visit): Promise<void> {
  reading.remove()
  const { lookup, down } = asked.keys
  const { bytes } = await call('/api/inbox', inboxBody(lookup, READING_INDEX))
  if (!(await openReply(down, await ownerHashOf(lookup), READING_INDEX, bytes))) return
  if (asked === visit) thread.prepend(reading)
}

const showNote = (key: string): void => {
  const note = byId('note')
  note.textContent = word(key)
  goTo(note)
}

function serve([page, fetchTool, ...shown]: ThreadPage): ThreadForms {
  const [clearProblem, showProblem, showTypo, show] = shown
  callAt(page.hosts)
  // Lets the page show these sentences as well as its own.
  Object.assign(page.say, {
    text_empty: word('say.text_empty'),
    text_too_long: word('say.text_too_long'),
  })
  const ring = keyRing(page, () => fetchTool('renew'))
  const made = addThreadForms(thread)
  const { form, text, danger, status, endForm, endStatus, empty } = made

  /**
   * The follow-up that the person sent with the last press of the button. A retry seals exactly
   * this follow-up, and ignores later changes to the number, the checkbox or the words.
   */
  let pressed: [own: Visit, isDanger: boolean, words: string]
  const draft = memoizeSealed(
    () => {
      const [{ keys, stored }, isDanger, words] = pressed
      return toB64(keys.lookup) + words + String(isDanger) + String(stored)
    },
    () => withCrypto(() => sealOwnFollowUp(ring, () => fetchTool('pq'), ...pressed)),
  )

  /** Runs one form's action at a time. A failure is shown, and the person can retry. */
  const watch = (
    submitted: HTMLFormElement,
    said: HTMLElement,
    work: (own: Visit, onRetry: (attempt: number) => void) => Promise<void>,
  ): void => {
    const run = async (): Promise<void> => {
      if (text.readOnly) return
      clearProblem()
      text.readOnly = true
      said.textContent = word('say.sending')
      try {
        await work(visit, (attempt) => {
          said.textContent = word('say.retry', { n: attempt })
        })
        empty()
      } catch (failure) {
        const code = failure instanceof Refusal ? failure.code : 'network'
        if (/^text/.test(code)) showTypo(text, code)
        else showProblem(code, submitted)
      }
      said.textContent = ''
      text.readOnly = false
    }
    on('submit', submitted, () => void run())
  }

  // In the meantime the person may have opened the messages for another number, which then stay on
  // the page.
  watch(form, status, async (own, onRetry) => {
    if (!hasWords(text.value)) throw new Refusal('text_empty')
    pressed = [own, danger.checked, text.value]
    await sendReport(ring.renew, draft, onRetry)
    own.stored++
    if (own === visit) {
      show(text.value)
      none.hidden = true
    }
    showNote('answer.written')
  })
  watch(endForm, endStatus, async (own, onRetry) => {
    await endOwnThread(own.keys, onRetry)
    if (own === visit) {
      byId<HTMLTextAreaElement>('receipt').value = messages.textContent = ''
      thread.hidden = messages.hidden = none.hidden = true
    }
    showNote('answer.destroyed')
  })
  guardUnload(() => text.value || danger.checked)
  return made
}

const followUp: FollowUp = ([lookup, write, down, up], from) => {
  const keys: ReceiptKeys = { lookup, write, down, up }
  visit = { keys, stored: 0 }
  forms = forms || serve(from)
  thread.hidden = false
  showReading(visit).catch(() => null)
}

registerTool(followUp)
