// How long is too long, in the words of a person: letters, not bytes.
import { utf8 } from '#protocol/bytes'
import { MAX_REPORT_BYTES, MAX_TEXT_BYTES } from '#protocol/limits'

/** What a report's JSON holds beside the words: names, language, minute, keys of the return number. */
const FRAME_BYTES = 400

/**
 * Letters that still fit, about; negative when there are too many. Counted as the report will carry them: in JSON, where a
 * line break or a quotation mark takes two bytes.
 *
 * @param writing  JSON of all that is written, the text among it
 */
export function lettersLeft(text: string, writing: string): number {
  const bytes = utf8(JSON.stringify(text)).length
  const left = Math.min(
    MAX_TEXT_BYTES - bytes,
    MAX_REPORT_BYTES - FRAME_BYTES - utf8(writing).length,
  )
  return Math.floor((left * (text.length || 1)) / bytes)
}
