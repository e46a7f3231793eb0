// Makes a string from the codes of folded characters.

/** Maximum number of codes in one call, because the number of arguments is limited. */
const AT_ONCE = 8192
/** Up to this many codes, spreading an array is faster than using the decoder. */
const SHORT = 64

const decoder = new TextDecoder()

/** Returns codes as a string. A pure ASCII string is decoded in one call, and is fast to search. */
export function textOfCodes(codes: Uint16Array, length: number, isAscii: boolean): string {
  if (isAscii && length > SHORT) {
    const bytes = new Uint8Array(length)
    bytes.set(codes.subarray(0, length))
    return decoder.decode(bytes)
  }
  let text = ''
  for (let at = 0; at < length; at += AT_ONCE) {
    // Spreading an array is eight times faster than spreading part of the buffer.
    const some: number[] = []
    for (let each = at; each < Math.min(length, at + AT_ONCE); each++) some.push(codes[each] ?? 0)
    text += String.fromCharCode(...some)
  }
  return text
}
