// Reads the body of a plain form, bounded, and keeps what can be read of a broken one, so that nothing written is lost.
import { fromUtf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { boundedBytes, mediaTypeOf } from './body.ts'

/** Far more than the longest text takes as %XX: a text that is too long shall come back to its author whole. */
const MAX_FORM_BYTES = 512 * 1024

/** No form of ours has as many: what comes after them costs nothing. */
const MAX_PAIRS = 32

export interface PlainBody {
  fields: Map<string, string>
  /** some bytes were no UTF-8, or a field was no text: the fields hold the nearest thing that can be shown again */
  broken: boolean
}

/** Throws Refusal `wrong_content_type` or `too_large`. */
export async function readPlainBody(request: Request): Promise<PlainBody> {
  const mediaType = mediaTypeOf(request)
  const multipart = mediaType === 'multipart/form-data'
  if (!multipart && mediaType !== 'application/x-www-form-urlencoded')
    throw new Refusal('wrong_content_type')
  const bytes = await boundedBytes(request, MAX_FORM_BYTES)
  return multipart
    ? fromMultipart(bytes, request.headers.get('content-type') ?? '')
    : fromUrlEncoded(bytes)
}

function fromUrlEncoded(bytes: Bytes): PlainBody {
  const fields = new Map<string, string>()
  let broken = !isUtf8(bytes)
  // One more than may be: whether there is more is all that the rest could tell.
  const pairs = new TextDecoder().decode(bytes).split('&', MAX_PAIRS + 1)
  broken ||= pairs.length > MAX_PAIRS
  for (const pair of pairs.slice(0, MAX_PAIRS)) {
    const [[name, lenient] = ['', '']] = new URLSearchParams(pair)
    broken ||= !decodes(pair)
    add(fields, name, lenient)
  }
  return { fields, broken }
}

async function fromMultipart(bytes: Bytes, contentType: string): Promise<PlainBody> {
  const fields = new Map<string, string>()
  let broken = !isUtf8(bytes)
  try {
    const form = await new Response(bytes, { headers: { 'Content-Type': contentType } }).formData()
    form.forEach((value, name) => {
      if (typeof value === 'string') add(fields, name, value)
      else broken = true
    })
  } catch {
    broken = true
  }
  return { fields, broken }
}

// Browsers send line ends as CR LF; the first field of a name counts.
function add(fields: Map<string, string>, name: string, value: string): void {
  if (name && !fields.has(name)) fields.set(name, value.replaceAll('\r\n', '\n'))
}

function isUtf8(bytes: Bytes): boolean {
  try {
    fromUtf8(bytes)
    return true
  } catch {
    return false
  }
}

function decodes(pair: string): boolean {
  try {
    decodeURIComponent(pair)
    return true
  } catch {
    return false
  }
}
