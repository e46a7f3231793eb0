// Reads the body of a form up to a limit. The readable part of a broken body is kept, so that no
// words are lost.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { MAX_FORM_FILE_BYTES } from '#protocol/limits'
import type { ChosenFile } from '#worker/forms/seal-file'
import { choose, joinWords } from '#worker/forms/form-fields'
import { boundedBytes, bytesUpTo, mediaTypeOf } from './body.ts'
import { readMultipart, readWords } from './multipart.ts'

/**
 * The limit is far above the length of the longest text after percent-encoding. A text that is too
 * long must be returned to its author in full.
 */
const MAX_FORM_BYTES = 512 * 1024

/**
 * This number is higher than the number of fields in any form. The edge ignores further fields, so
 * that the work is bounded.
 */
const MAX_PAIRS = 32

/** Fields that a form may send more than once. */
const SEVERAL = new Set(['signs', 'needs'])

/**
 * Fields that contain both the choices and the words for one question. Staff read the values of
 * such a field on one line.
 */
const JOINED = new Set(['contact.how', 'contact.when', 'contact.avoid'])

/**
 * The field for the single file. The field comes last in the form, so that no words are lost when a
 * large file exceeds the limit.
 */
const FILE_FIELD = 'file'

export interface FormBody {
  fields: Map<string, string>
  /**
   * true when the body was truncated, was not UTF-8 or had too many fields; `fields` then contains
   * what was readable
   */
  broken: boolean
  /** null when no file was chosen */
  file: ChosenFile | null
}

/**
 * Reads the fields and the file of a form. A file that was truncated at the limit is returned
 * without its content.
 *
 * @throws Refusal `wrong_content_type`; `too_large` for a body that cannot contain a file
 */
export async function readFormBody(request: Request): Promise<FormBody> {
  const mediaType = mediaTypeOf(request)
  if (mediaType === 'multipart/form-data') {
    const { bytes, whole } = await bytesUpTo(request, MAX_FORM_BYTES + MAX_FORM_FILE_BYTES)
    return fromMultipart(bytes, whole, request.headers.get('content-type') ?? '')
  }
  if (mediaType !== 'application/x-www-form-urlencoded') throw new Refusal('wrong_content_type')
  return fromUrlEncoded(await boundedBytes(request, MAX_FORM_BYTES))
}

function fromUrlEncoded(bytes: Bytes): FormBody {
  const fields = new Map<string, string>()
  const words = readWords(bytes)
  // Splits off one more pair than is allowed, because a single extra pair marks the body as broken.
  const pairs = words.text.split('&', MAX_PAIRS + 1)
  let broken = words.broken || pairs.length > MAX_PAIRS
  for (const pair of pairs.slice(0, MAX_PAIRS)) {
    const [[name, lenient] = ['', '']] = new URLSearchParams(pair)
    broken ||= !decodes(pair)
    add(fields, name, lenient)
  }
  return { fields, broken, file: null }
}

function fromMultipart(bytes: Bytes, allCame: boolean, contentType: string): FormBody {
  const { parts, whole } = readMultipart(bytes, contentType, MAX_PAIRS)
  const fields = new Map<string, string>()
  let file: ChosenFile | null = null
  let broken = false
  for (const [place, { name, filename, type, content }] of parts.entries()) {
    if (filename === null) {
      const words = readWords(content)
      broken ||= words.broken
      add(fields, name, words.text)
    } else if (name === FILE_FIELD && file === null) {
      const cut = !whole && place === parts.length - 1
      // If no file was chosen, a browser sends the field as a file without a name.
      if (filename || content.length) file = { name: filename, type, content: cut ? null : content }
    } else broken ||= content.length > 0
  }
  // A body that the limit cuts off inside the file is not broken, because all the words have
  // arrived.
  return { fields, broken: broken || (!whole && (allCame || file?.content !== null)), file }
}

// Adds a value to a field. Browsers send line breaks as CR LF, and several choices under the same
// name. If a field takes only a single value, the first value counts.
function add(fields: Map<string, string>, name: string, value: string): void {
  const before = fields.get(name)
  if (before !== undefined && SEVERAL.has(name)) fields.set(name, choose(before, value))
  else if (before !== undefined && JOINED.has(name)) fields.set(name, joinWords([before, value]))
  else if (name && before === undefined) fields.set(name, value.replaceAll('\r\n', '\n'))
}

function decodes(pair: string): boolean {
  try {
    decodeURIComponent(pair)
    return true
  } catch {
    return false
  }
}
