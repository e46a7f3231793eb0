// Parses external text into values, or refuses the text as malformed.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'

/** Any object that has a `parse` method like that of a zod schema. */
export interface Parser<T> {
  parse: (value: unknown) => T
}

/** Parses JSON with a schema. Throws Refusal `malformed`. */
export function parseJson<T>(parser: Parser<T>, text: string): T {
  try {
    return parser.parse(JSON.parse(text))
  } catch (cause) {
    throw new Refusal('malformed', { cause })
  }
}

/** Decodes base64url in canonical form. Throws Refusal `malformed` for any other text. */
export function parseB64(text: string): Bytes {
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
