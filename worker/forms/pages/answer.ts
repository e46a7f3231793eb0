// Fills the page that shows the replies for a typed receipt, for a person without JavaScript.
import { localMs } from '#content/clock.ts'
import type { ErrorCode } from '#protocol/errors'
import type { PlainReply } from '#protocol/report/plain-report'
import { messageDay } from '#protocol/time'
import { fallbackPage } from './fallback-page.ts'
import { errorSentence, sentence } from './language.ts'
import { answerWith, fetchPage, type Site } from './fetch-page.ts'
import { escaped, refill, showPlace } from './fill-page.ts'

export interface AnswerPage {
  /**
   * null when the receipt was not looked up; the page then does not reveal whether replies exist
   */
  answers: PlainReply[] | null
  /** true when a colleague is reading the person's messages now */
  isBeingRead: boolean
  /**
   * the receipt's digits, so that the person can send a follow-up; null for a wrong receipt or an
   * ended thread
   */
  receipt: string | null
  done: 'written' | 'destroyed' | null
  refused: { code: ErrorCode; status: number } | null
  /** words that could not be sent */
  fields: ReadonlyMap<string, string>
}

/**
 * Fills the page. If the built page is missing, a minimal page confirms the action, so that the
 * person does not repeat it.
 */
export async function answerPage(site: Site, lang: string, shown: AnswerPage): Promise<Response> {
  try {
    return await builtAnswerPage(site, lang, shown)
  } catch (error) {
    if (!shown.done) throw error
    const done = sentence(lang, `answer.${shown.done}`)
    return fallbackPage(lang, done, `<p>${escaped(done)}</p>`, 200)
  }
}

async function builtAnswerPage(site: Site, lang: string, shown: AnswerPage): Promise<Response> {
  // Refused words remain readable, even when their number was refused too.
  const hasThread = shown.receipt !== null || !!shown.fields.get('text')
  const page = await fetchPage(site, `/${lang}/answer/${hasThread ? 'thread/' : ''}`)
  const rewriter = new HTMLRewriter()
  if (shown.answers?.length) showReplies(rewriter, lang, shown.answers)
  else if (shown.answers && !shown.done) showPlace(rewriter, 'none')
  if (shown.isBeingRead) showReading(rewriter, lang)
  if (shown.done) showPlace(rewriter, 'done', sentence(lang, `answer.${shown.done}`))
  if (shown.refused) {
    showPlace(rewriter, 'error', errorSentence(lang, shown.refused.code))
    refill(rewriter, shown.fields)
  }
  if (hasThread) {
    showPlace(rewriter, 'thread')
    keepReceipt(rewriter, shown.receipt ?? '')
  }
  return answerWith(rewriter.transform(page), shown.refused?.status ?? 200)
}

const showReplies = (rewriter: HTMLRewriter, lang: string, replies: PlainReply[]): HTMLRewriter =>
  rewriter.on('[data-slot="messages"]', {
    element(list) {
      list.removeAttribute('hidden')
      for (const { at, text, files, arrived } of replies) {
        const day = `<small>${escaped(dayAtPlace(at))}</small>`
        const note = files?.length ? `<p>${escaped(sentence(lang, 'answer.files'))}</p>` : ''
        const count = arrived ? `<small>${escaped(arrivedNote(lang, arrived))}</small>` : ''
        list.append(`<li>${day}<p dir="auto">${escaped(text)}</p>${note}${count}</li>`, {
          html: true,
        })
      }
    },
  })

// The clock of workerd is UTC, and most people expect the organisation's time zone.
const dayAtPlace = (at: string): string => messageDay(new Date(localMs(Date.parse(at))))

// The built page has no slot for the sentence, because the size of the page is limited.
const showReading = (rewriter: HTMLRewriter, lang: string): HTMLRewriter =>
  rewriter.on('[data-slot="messages"]', {
    element(list) {
      list.before(`<p class="note">${escaped(sentence(lang, 'answer.now'))}</p>`, { html: true })
    },
  })

const arrivedNote = (lang: string, arrived: number): string =>
  sentence(lang, 'say.arrived').replace('{n}', String(arrived))

const keepReceipt = (rewriter: HTMLRewriter, receipt: string): HTMLRewriter =>
  rewriter.on('input[name="receipt"][data-keep]', {
    element(input) {
      input.setAttribute('value', receipt)
    },
  })
