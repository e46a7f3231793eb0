// Seals a person's private keys under the master key. The public halves are sealed too, so that
// unlocking detects a server that swaps them.
import * as z from 'zod/mini'
import { fromUtf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'

export const PERSON_LABEL = 'oasis/v1/person'

const PrivateHalves = z.object({
  v: z.literal(1),
  /** the seed of the hybrid key, base64url of 32 bytes */
  hpke: z.string(),
  /** PKCS #8, base64url */
  sign: z.string(),
  hpkePublic: z.string(),
  signPublic: z.string(),
})
export type PrivateHalves = z.infer<typeof PrivateHalves>

/** @throws Refusal `cannot_open` */
export function readPrivateHalves(json: Bytes): PrivateHalves {
  try {
    return PrivateHalves.parse(JSON.parse(fromUtf8(json)))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
