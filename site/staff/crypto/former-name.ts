// Seals and opens the name of a person who has left, for the team and for a caseworker. The label
// contains the person's id, so that a server cannot swap two names.
import * as z from 'zod/mini'
import { fromB64, toB64, utf8, type Bytes } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { Refusal } from '#protocol/errors'
import { FORMER_NAME_BYTES } from '#protocol/staff/people/former-name'
import type { SaltedName } from '#protocol/staff/people/person-name'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'
import { sealToHolder } from './seal-to-holder.ts'
import { type TeamKey } from './team-key.ts'

const NONE: Bytes = new Uint8Array(0)
const Salted = z.object({ name: z.string(), salt: z.string() })

/** @param person  id of the person who has left, base64url */
const labelOf = (person: string): string => `oasis/v1/former-name ${person}`

const bytesOf = ({ name, salt }: SaltedName): Bytes =>
  padText(JSON.stringify({ name, salt }), FORMER_NAME_BYTES)

/** @returns base64url */
export const sealFormerName = async (
  { key }: TeamKey,
  person: string,
  name: SaltedName,
): Promise<string> => toB64(await sealWithKey(key, labelOf(person), bytesOf(name)))

/** @throws Refusal `cannot_open` */
export const openFormerName = (
  { key }: TeamKey,
  person: string,
  sealed: string,
): Promise<SaltedName> => readName(() => openWithKey(key, labelOf(person), fromB64(sealed)))

/** @param hpkePublic  base64url, from the replayed roster, never from a table */
export const sealNameCopy = (
  hpkePublic: string,
  person: string,
  name: SaltedName,
): Promise<string> => sealToHolder(hpkePublic, utf8(labelOf(person)), bytesOf(name))

/** @throws Refusal `cannot_open` */
export const openNameCopy = (
  own: OpeningKey,
  person: string,
  sealed: string,
): Promise<SaltedName> =>
  readName(() => hpkeOpen(own, utf8(labelOf(person)), NONE, fromB64(sealed)))

async function readName(open: () => Promise<Bytes>): Promise<SaltedName> {
  try {
    return Salted.parse(JSON.parse(unpadText(await open())))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
