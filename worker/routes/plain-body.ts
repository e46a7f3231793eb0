// Reads the body of a plain form, bounded, and keeps what can be read of a broken one, so that nothing written is lost.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { MAX_PLAIN_FILE_BYTES } from '#protocol/limits'
import type { ChosenFile } from '#worker/reports/plain-file'
import { choose } from '#worker/reports/choices'
import { boundedBytes, bytesUpTo, mediaTypeOf } from './body.ts'
import { readMultipart, readWords } from './multipart.ts'

/** Far more than the longest text takes as %XX: a text that is too long shall come back to its author whole. */
const MAX_FORM_BYTES = 512 * 1024

/** No form of ours has as many: what comes after them costs nothing. */
const MAX_PAIRS = 32

/** Fields that a form may send more than once. */
const SEVERAL = new Set(['signs', 'needs'])

/** The field of the one file; it stands last in its form, so that a file that is too large cuts off no words. */
const FILE_FIELD = 'file'

export interface PlainBody {
  fields: Map<string, string>
  /** some bytes were no UTF-8, or a field was no text: the fields hold the nearest thing that can be shown again */
  broken: boolean
  /** null when none was chosen */
  file: ChosenFile | null
}

/** Throws Refusal `wrong_content_type` or `too_large`; the latter not for a file, which is only not kept. */
export async function readPlainBody(request: Request): Promise<PlainBody> {
  const mediaType = mediaTypeOf(request)
  if (mediaType === 'multipart/form-data') {
    const { bytes, whole } = await bytesUpTo(request, MAX_FORM_BYTES + MAX_PLAIN_FILE_BYTES)
    return fromMultipart(bytes, whole, request.headers.get('content-type') ?? '')
  }
  if (mediaType !== 'application/x-www-form-urlencoded') throw new Refusal('wrong_content_type')
  return fromUrlEncoded(await boundedBytes(request, MAX_FORM_BYTES))
}

function fromUrlEncoded(bytes: Bytes): PlainBody {
  const fields = new Map<string, string>()
  const words = readWords(bytes)
  // One more than may be: whether there is more is all that the rest could tell.
  const pairs = words.text.split('&', MAX_PAIRS + 1)
  let broken = words.broken || pairs.length > MAX_PAIRS
  for (const pair of pairs.slice(0, MAX_PAIRS)) {
    const [[name, lenient] = ['', '']] = new URLSearchParams(pair)
    broken ||= !decodes(pair)
    add(fields, name, lenient)
  }
  return { fields, broken, file: null }
}

function fromMultipart(bytes: Bytes, allCame: boolean, contentType: string): PlainBody {
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
      // A browser sends a field without a choice as a file without a name.
      if (filename || content.length) file = { name: filename, type, content: cut ? null : content }
    } else broken ||= content.length > 0
  }
  // Cut off by the bound, at the file: the file is known to be too large, and the words before it are all there.
  return { fields, broken: broken || (!whole && (allCame || file?.content !== null)), file }
}

// Browsers send line ends as CR LF, and several choices under one name; of all others the first counts.
function add(fields: Map<string, string>, name: string, value: string): void {
  const before = fields.get(name)
  if (before !== undefined && SEVERAL.has(name)) fields.set(name, choose(before, value))
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
