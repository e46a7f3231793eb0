// The pages that answer the plain form: sent, or the form again with all that was written.
import type { ErrorCode } from '#protocol/errors'
import { groupReceipt } from '#protocol/receipt'
import { barePage } from './bare.ts'
import { errorSentence, sentence } from './language.ts'
import { answerWith, fetchPage, type Site } from './page.ts'
import { escaped, keepVariants, refill, showSlot } from './slots.ts'

/**
 * For a report that is stored: whatever happens to the page, its number is shown.
 *
 * @param sent `receipt`: 28 digits, or null when the person wanted none
 */
export async function sentPage(site: Site, lang: string, sent: Sent): Promise<Response> {
  try {
    return await builtSentPage(site, lang, sent)
  } catch {
    return bareSentPage(lang, sent)
  }
}

interface Sent {
  receipt: string | null
  fileLost: boolean
}

async function builtSentPage(
  site: Site,
  lang: string,
  { receipt, fileLost }: Sent,
): Promise<Response> {
  const page = await fetchPage(site, `/${lang}/tell/sent/`)
  const rewriter = new HTMLRewriter()
  keepVariants(rewriter, [
    receipt === null ? 'no-receipt' : 'receipt',
    ...(fileLost ? ['file-lost'] : []),
  ])
  if (receipt !== null) showSlot(rewriter, 'receipt', groupReceipt(receipt))
  return answerWith(rewriter.transform(page), 201)
}

function bareSentPage(lang: string, { receipt, fileLost }: Sent): Response {
  const first = ['done.heading', ...(fileLost ? ['done.file_lost'] : [])]
  const lines =
    receipt === null
      ? [sentence(lang, 'done.numberless')]
      : [sentence(lang, 'done.number'), groupReceipt(receipt), sentence(lang, 'done.keep')]
  const markup = [...first.map((key) => sentence(lang, key)), ...lines]
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')
  return barePage(lang, sentence(lang, 'tell.title'), markup, 201)
}

export async function tellAgainPage(
  site: Site,
  lang: string,
  refused: { code: ErrorCode; status: number },
  fields: ReadonlyMap<string, string>,
): Promise<Response> {
  const page = await fetchPage(site, `/${lang}/tell/`)
  const rewriter = new HTMLRewriter()
  showSlot(rewriter, 'error', errorSentence(lang, refused.code))
  refill(rewriter, fields)
  return answerWith(rewriter.transform(page), refused.status)
}
