// Splits a multipart body into parts without copying the body (RFC 7578; RFC 2046, section 5.1).
// The platform's own parser returns nothing when the end of the body is missing. This parser still
// returns the words of a body that was truncated at the limit.
import { fromUtf8, utf8 } from '#protocol/bytes'

export interface Part {
  name: string
  /** null for a field that is not a file */
  filename: string | null
  type: string
  /** a view of the body */
  content: Uint8Array<ArrayBuffer>
}

export interface MultipartParts {
  parts: Part[]
  /** true when the last part is complete and the closing delimiter is present */
  whole: boolean
}

const [DASH, LF, CR] = [0x2d, 0x0a, 0x0d]
const BLANK_LINE = utf8('\r\n\r\n')

/** Reads at most `most` parts. Ignores later parts. */
export function readMultipart(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
  most: number,
): MultipartParts {
  const parts: Part[] = []
  const boundary = boundaryIn(contentType)
  const delimiter = utf8(`\r\n--${boundary}`)
  // The first delimiter starts the body, so no line break precedes it.
  let at = boundary && startsAt(body, delimiter.subarray(2), 0) ? delimiter.length - 2 : -1
  while (at >= 0) {
    if (body[at] === DASH && body[at + 1] === DASH) return { parts, whole: true }
    const start = indexOf(body, BLANK_LINE, at)
    if (body[at] !== CR || body[at + 1] !== LF || start < 0 || parts.length === most) break
    const end = indexOf(body, delimiter, start + 2)
    const from = start + BLANK_LINE.length
    parts.push({
      ...readHeaders(body.subarray(at, start)),
      content: body.subarray(from, end < 0 ? body.length : Math.max(from, end)),
    })
    at = end < 0 ? -1 : end + delimiter.length
  }
  return { parts, whole: false }
}

/** Decodes UTF-8. Bytes that are not UTF-8 are replaced, and `broken` is set. */
export function readWords(bytes: Uint8Array): { text: string; broken: boolean } {
  try {
    return { text: fromUtf8(bytes), broken: false }
  } catch {
    return { text: new TextDecoder().decode(bytes), broken: true }
  }
}

const boundaryIn = (contentType: string): string =>
  /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)?.slice(1).find(Boolean) ?? ''

function readHeaders(bytes: Uint8Array): Omit<Part, 'content'> {
  const headers = readWords(bytes).text
  const parameter = (name: string): string | null => {
    const found = new RegExp(`[;\\s]${name}="([^"\\r\\n]*)"`, 'i').exec(headers)?.[1]
    return found === undefined ? null : unescaped(found)
  }
  return {
    name: parameter('name') ?? '',
    filename: parameter('filename'),
    type: /^content-type:[ \t]*([^\r\n;]+)/im.exec(headers)?.[1]?.trim().toLowerCase() ?? '',
  }
}

// Reverses a browser's escaping of CR, LF and the double quote: WHATWG HTML, "multipart/form-data
// encoding algorithm".
const unescaped = (text: string): string =>
  text.replace(/%0d%0a|%0a|%0d/gi, ' ').replace(/%22/g, '"')

// Searches with Horspool's algorithm (1980), but compares from the front. A line break occurs only
// at the start of a delimiter, so no body can make the search repeat comparisons. The platform's
// byte search would need one call for each hit, so a body full of hits would be costly.
function indexOf(body: Uint8Array, sought: Uint8Array, from: number): number {
  const last = sought.length - 1
  const skips = new Uint8Array(256).fill(sought.length)
  for (let at = 0; at < last; at++) skips[sought[at] ?? 0] = last - at
  for (let at = from; at + last < body.length; at += skips[body[at + last] ?? 0] ?? 1)
    if (startsAt(body, sought, at)) return at
  return -1
}

// Compares in a plain loop, which is fast even when a body is full of partial delimiters.
function startsAt(body: Uint8Array, sought: Uint8Array, at: number): boolean {
  let same = 0
  while (same < sought.length && body[at + same] === sought[same]) same++
  return same === sought.length
}
