// When not even a page of the build can be had: the words go back in the plainest page there is, so that they can be copied, with
// the numbers to call.
import type { ErrorCode } from '#protocol/errors'
import { barePage, urgentNumbers } from './bare.ts'
import { errorSentence } from './language.ts'
import { escaped } from './slots.ts'

export function wordsBackPage(
  lang: string,
  refused: { code: ErrorCode; status: number },
  fields: ReadonlyMap<string, string>,
): Response {
  const sentence = errorSentence(lang, refused.code)
  const written = escaped(fields.get('text') ?? '')
  const markup = `<p id="why">${escaped(sentence)}</p><textarea name="text" rows="12" cols="36" aria-labelledby="why">
${written}</textarea>${urgentNumbers(lang)}`
  return barePage(lang, sentence, markup, refused.status)
}
