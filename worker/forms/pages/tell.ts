// Fills the pages that are sent in response to a submitted report form. The first page confirms
// that the report was sent. The second page shows the form again with everything that the person
// wrote.
import type { EdgeSentence } from '#content/edge-sentences.ts'
import type { ErrorCode } from '#protocol/errors'
import { groupReceipt } from '#protocol/report/receipt'
import { fallbackPage, urgentNumbers } from './fallback-page.ts'
import { errorSentence, sentence } from './language.ts'
import { answerWith, fetchPage, type Site } from './fetch-page.ts'
import { escaped, keepOnlyVariants, refill, showPlace } from './fill-page.ts'

/**
 * Builds the response for a report that has been stored. If the built page is missing, a minimal
 * page shows the receipt.
 *
 * @param sent  `receipt` is 28 digits, or null when the person wanted none
 */
export async function sentPage(site: Site, lang: string, sent: Sent): Promise<Response> {
  try {
    return await builtSentPage(site, lang, sent)
  } catch {
    return fallbackSentPage(lang, sent)
  }
}

interface Sent {
  receipt: string | null
  fileLost: boolean
  /** true when a person is in danger now; the page then shows the numbers to call */
  danger: boolean
}

async function builtSentPage(
  site: Site,
  lang: string,
  { receipt, fileLost, danger }: Sent,
): Promise<Response> {
  const page = await fetchPage(site, `/${lang}/tell/sent/`)
  const rewriter = new HTMLRewriter()
  keepOnlyVariants(rewriter, [
    receipt === null ? 'no-receipt' : 'receipt',
    ...(fileLost ? ['file-lost'] : []),
    ...(danger ? ['danger'] : []),
  ])
  if (receipt !== null) showPlace(rewriter, 'receipt', groupReceipt(receipt))
  return answerWith(rewriter.transform(page), 201)
}

function fallbackSentPage(lang: string, { receipt, fileLost, danger }: Sent): Response {
  const first: EdgeSentence[] = ['done.heading', ...(fileLost ? (['done.file_lost'] as const) : [])]
  const lines =
    receipt === null
      ? [sentence(lang, 'done.numberless')]
      : [sentence(lang, 'done.number'), groupReceipt(receipt), sentence(lang, 'done.keep')]
  const markup = [...first.map((key) => sentence(lang, key)), ...lines]
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')
  const numbers = danger ? urgentNumbers(lang) : ''
  return fallbackPage(lang, sentence(lang, 'tell.title'), markup + numbers, 201)
}

/** Shows the form again with the reason for the refusal and everything that the person wrote. */
export async function tellAgainPage(
  site: Site,
  lang: string,
  refused: { code: ErrorCode; status: number },
  fields: ReadonlyMap<string, string>,
): Promise<Response> {
  const page = await fetchPage(site, `/${lang}/tell/form/`)
  const rewriter = new HTMLRewriter()
  showPlace(rewriter, 'error', errorSentence(lang, refused.code))
  refill(rewriter, fields)
  return answerWith(rewriter.transform(page), refused.status)
}
