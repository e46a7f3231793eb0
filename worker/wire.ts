// Text from outside becomes values here, or it is malformed.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'

/** Whatever parses as a zod schema does. */
export interface Parser<T> {
  parse: (value: unknown) => T
}

/** Throws Refusal `malformed`. */
export function parseJson<T>(parser: Parser<T>, text: string): T {
  try {
    return parser.parse(JSON.parse(text))
  } catch (cause) {
    throw new Refusal('malformed', { cause })
  }
}

/** Bytes of base64url text, of which each has one spelling only. Throws Refusal `malformed`. */
export function bytesOf(text: string): Bytes {
  const bytes = decoded(text)
  if (toB64(bytes) !== text) throw new Refusal('malformed')
  return bytes
}

function decoded(text: string): Bytes {
  try {
    return fromB64(text)
  } catch (cause) {
    throw new Refusal('malformed', { cause })
  }
}
