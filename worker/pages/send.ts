// The page on which somebody without JavaScript passes a letter on: arrived, or the form again with what was pasted.
import type { ErrorCode } from '#protocol/errors'
import { errorSentence } from './language.ts'
import { answerWith, fetchPage, type Site } from './page.ts'
import { refill, showSlot } from './slots.ts'

/** @param refused null when the letter is kept */
export async function sendPage(
  site: Site,
  lang: string,
  refused: { code: ErrorCode; status: number } | null,
  fields: ReadonlyMap<string, string>,
): Promise<Response> {
  const page = await fetchPage(site, `/${lang}/send/`)
  const rewriter = new HTMLRewriter()
  if (refused === null) {
    showSlot(rewriter, 'done')
    return answerWith(rewriter.transform(page), 201)
  }
  showSlot(rewriter, 'error', errorSentence(lang, refused.code))
  refill(rewriter, fields)
  return answerWith(rewriter.transform(page), refused.status)
}
