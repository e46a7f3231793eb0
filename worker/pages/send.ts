// The page on which somebody without JavaScript passes letters on: arrived, or the form again with what has not arrived.
import type { ErrorCode } from '#protocol/errors'
import { countsOf, leftOf, type HandedOn } from '#protocol/hand-over'
import { errorSentence } from './language.ts'
import { answerWith, fetchPage, type Site } from './page.ts'
import { refill, showCount, showSlot } from './slots.ts'

/** @param outcome what became of the letters, or why none was taken */
export async function sendPage(
  site: Site,
  lang: string,
  outcome: HandedOn | { code: ErrorCode; status: number },
  fields: ReadonlyMap<string, string>,
): Promise<Response> {
  const page = await fetchPage(site, `/${lang}/send/`)
  const rewriter = new HTMLRewriter()
  if ('code' in outcome) {
    showSlot(rewriter, 'error', errorSentence(lang, outcome.code))
    refill(rewriter, fields)
    return answerWith(rewriter.transform(page), outcome.status)
  }
  const left = leftOf(outcome)
  if (!left) {
    showSlot(rewriter, 'done')
    return answerWith(rewriter.transform(page), 201)
  }
  showSlot(rewriter, 'part')
  const counts = countsOf(outcome)
  for (const [name, count] of Object.entries(counts)) if (count) showCount(rewriter, name, count)
  refill(rewriter, new Map([['text', left]]))
  return answerWith(rewriter.transform(page), counts.arrived ? 201 : counts.waiting ? 503 : 400)
}
