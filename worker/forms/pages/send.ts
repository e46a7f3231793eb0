// Fills the page on which a person without JavaScript sends carried letters. The page either
// confirms that all letters have arrived, or shows the form with the missing ones.
import type { ErrorCode } from '#protocol/errors'
import { countsOf, remainingText, type CarriedOutcome } from '#protocol/report/carried-letter'
import { errorSentence } from './language.ts'
import { answerWith, fetchPage, type Site } from './fetch-page.ts'
import { refill, showCount, showPlace } from './fill-page.ts'

/**
 * Fills the page with an outcome.
 *
 * @param outcome  the outcome of each letter, or the reason why the edge stored none of them
 */
export async function sendPage(
  site: Site,
  lang: string,
  outcome: CarriedOutcome | { code: ErrorCode; status: number },
  fields: ReadonlyMap<string, string>,
): Promise<Response> {
  const page = await fetchPage(site, `/${lang}/send/`)
  const rewriter = new HTMLRewriter()
  if ('code' in outcome) {
    showPlace(rewriter, 'error', errorSentence(lang, outcome.code))
    refill(rewriter, fields)
    return answerWith(rewriter.transform(page), outcome.status)
  }
  const remaining = remainingText(outcome)
  if (!remaining) {
    showPlace(rewriter, 'done')
    return answerWith(rewriter.transform(page), 201)
  }
  showPlace(rewriter, 'part')
  const counts = countsOf(outcome)
  for (const [name, count] of Object.entries(counts)) if (count) showCount(rewriter, name, count)
  refill(rewriter, new Map([['text', remaining]]))
  return answerWith(rewriter.transform(page), counts.arrived ? 201 : counts.waiting ? 503 : 400)
}
