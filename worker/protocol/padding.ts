// [Note: padding] A plaintext is u32 length ‖ JSON ‖ zeros up to a fixed size, so that a sealed length tells only the bucket.
import { concat, fromUtf8, readU32, u32, utf8, type Bytes } from './bytes.ts'
import { LENGTH_BYTES } from './limits.ts'
import { Refusal } from './errors.ts'

/**
 * @param size  length of the padded plaintext in bytes, the four length bytes included
 * @throws Refusal `text_too_long` when the text does not fit
 */
export function padText(text: string, size: number): Bytes {
  const bytes = utf8(text)
  if (bytes.length > size - LENGTH_BYTES) throw new Refusal('text_too_long')
  return concat(u32(bytes.length), bytes, new Uint8Array(size - LENGTH_BYTES - bytes.length))
}

/** The text of a padded plaintext. Throws Refusal `cannot_open` when the length or the UTF-8 is impossible. */
export function unpadText(padded: Uint8Array): string {
  const length = padded.length < LENGTH_BYTES ? Infinity : readU32(padded)
  if (length > padded.length - LENGTH_BYTES) throw new Refusal('cannot_open')
  try {
    return fromUtf8(padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
