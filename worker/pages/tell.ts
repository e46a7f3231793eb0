// The pages that answer the plain form: sent, or the form again with all that was written.
import type { ErrorCode } from '#protocol/errors'
import { groupReceipt } from '#protocol/receipt'
import { errorSentence } from './language.ts'
import { answerWith, fetchPage, type Site } from './page.ts'
import { keepVariants, refill, showSlot } from './slots.ts'

/** @param sent `receipt`: 28 digits, or null when the person wanted none */
export async function sentPage(
  site: Site,
  lang: string,
  { receipt, fileLost }: { receipt: string | null; fileLost: boolean },
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
