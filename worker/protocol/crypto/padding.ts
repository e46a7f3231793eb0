// Pads text to a fixed size before it is sealed. [Note: padding] A plaintext is u32 length ‖ JSON ‖
// zeros up to a fixed size. The length of the sealed bytes therefore reveals only that size.
import { concat, fromUtf8, readU32, u32, utf8, type Bytes } from '../bytes.ts'
import { LENGTH_BYTES } from '../limits.ts'
import { Refusal } from '../errors.ts'

/**
 * Pads `text` as in [Note: padding].
 *
 * @param size  bytes of the padded plaintext, including the four bytes of its length
 * @throws Refusal `text_too_long` when the text does not fit
 */
export function padText(text: string, size: number): Bytes {
  const bytes = utf8(text)
  if (bytes.length > size - LENGTH_BYTES) throw new Refusal('text_too_long')
  return concat(u32(bytes.length), bytes, new Uint8Array(size - LENGTH_BYTES - bytes.length))
}

/**
 * Returns the text of a padded plaintext.
 *
 * @throws Refusal `cannot_open` when the length is impossible or the UTF-8 is broken
 */
export function unpadText(padded: Uint8Array): string {
  const length = padded.length < LENGTH_BYTES ? Infinity : readU32(padded)
  if (length > padded.length - LENGTH_BYTES) throw new Refusal('cannot_open')
  try {
    return fromUtf8(padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
