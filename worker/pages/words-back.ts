// When not even a page of the build can be had: the words go back in the plainest page there is, so that they can be copied.
import type { ErrorCode } from '#protocol/errors'
import { NO_STORE, pagePolicy } from '#protocol/security-headers'
import { errorSentence } from './language.ts'
import { escaped } from './slots.ts'

export function wordsBackPage(
  lang: string,
  refused: { code: ErrorCode; status: number },
  fields: ReadonlyMap<string, string>,
): Response {
  const sentence = escaped(errorSentence(lang, refused.code))
  const written = escaped(fields.get('text') ?? '')
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${sentence}</title><p id="why">${sentence}</p><textarea name="text" rows="12" cols="36" aria-labelledby="why">
${written}</textarea></html>`
  return new Response(html, {
    status: refused.status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pagePolicy({ scripts: [], styles: [] }),
      'Cache-Control': NO_STORE,
    },
  })
}
