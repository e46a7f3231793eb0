// The page with the answers of a typed number, for a person without JavaScript.
import type { ErrorCode } from '#protocol/errors'
import type { PlainAnswer } from '#protocol/report'
import { barePage } from './bare.ts'
import { errorSentence, sentence } from './language.ts'
import { answerWith, fetchPage, type Site } from './page.ts'
import { escaped, refill, showSlot } from './slots.ts'

export interface AnswerPage {
  /** null when the number was not read: then neither answers nor their absence are shown */
  answers: PlainAnswer[] | null
  /** the digits for writing again; null after the end of the thread or when they are wrong */
  receipt: string | null
  done: 'written' | 'destroyed' | null
  refused: { code: ErrorCode; status: number } | null
  /** what was written and could not be sent */
  fields: ReadonlyMap<string, string>
}

/** Whatever happens to the page, what was done is said: or it would be done again. */
export async function answerPage(site: Site, lang: string, shown: AnswerPage): Promise<Response> {
  try {
    return await builtAnswerPage(site, lang, shown)
  } catch (error) {
    if (!shown.done) throw error
    const done = sentence(lang, `answer.${shown.done}`)
    return barePage(lang, done, `<p>${escaped(done)}</p>`, 200)
  }
}

async function builtAnswerPage(site: Site, lang: string, shown: AnswerPage): Promise<Response> {
  const page = await fetchPage(site, `/${lang}/answer/`)
  const rewriter = new HTMLRewriter()
  if (shown.answers?.length) showAnswers(rewriter, lang, shown.answers)
  else if (shown.answers && !shown.done) showSlot(rewriter, 'none')
  if (shown.done) showSlot(rewriter, 'done', sentence(lang, `answer.${shown.done}`))
  if (shown.refused) {
    showSlot(rewriter, 'error', errorSentence(lang, shown.refused.code))
    refill(rewriter, shown.fields)
  }
  if (shown.receipt !== null) keepReceipt(rewriter, shown.receipt)
  return answerWith(rewriter.transform(page), shown.refused?.status ?? 200)
}

const showAnswers = (rewriter: HTMLRewriter, lang: string, answers: PlainAnswer[]): HTMLRewriter =>
  rewriter.on('[data-slot="messages"]', {
    element(list) {
      list.removeAttribute('hidden')
      for (const { at, text, files } of answers) {
        const note = files?.length ? `<p>${escaped(sentence(lang, 'answer.files'))}</p>` : ''
        list.append(
          `<li><small>${escaped(at.slice(0, 10))}</small><p dir="auto">${escaped(text)}</p>${note}</li>`,
          { html: true },
        )
      }
    },
  })

const keepReceipt = (rewriter: HTMLRewriter, receipt: string): HTMLRewriter =>
  rewriter.on('input[name="receipt"][data-keep]', {
    element(input) {
      input.setAttribute('value', receipt)
    },
  })
