// Seals and opens the record of a receiver. The label contains the receiver's id, so that a server
// cannot swap two records. The ledger contains a salted hash of the record, so that a server cannot
// forge one.
import * as z from 'zod/mini'
import { fromB64, randomBytes, sha256, toB64, utf8 } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { Refusal } from '#protocol/errors'
import { ReceiverKind } from '#protocol/staff/case-log/referral-fields'
import { RECEIVER_BYTES } from '#protocol/staff/receivers'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { type TeamKey } from './team-key.ts'

/** An organisation or an authority to which cases are referred. */
export const Receiver = z.object({
  v: z.literal(1),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  kind: ReceiverKind,
  place: z.string().check(z.maxLength(200)),
  contact: z.string().check(z.maxLength(400)),
})
export type Receiver = z.infer<typeof Receiver>

const SALT_BYTES = 16
/** The hash covers the exact text of the record, so that all browsers hash the same bytes. */
const Salted = z.object({ salt: z.string(), record: z.string() })

const labelOf = (id: string): string => `oasis/v1/receiver ${id}`

/** Hashes a record: SHA-256(`oasis/v1/receiver` ‖ salt (16) ‖ UTF-8 of its JSON). */
const receiverHash = async ({ salt, record }: z.infer<typeof Salted>): Promise<string> =>
  toB64(await sha256(utf8('oasis/v1/receiver'), fromB64(salt), utf8(record)))

/**
 * Seals a record with a new salt.
 *
 * @returns base64url
 * @throws Refusal `text_too_long`
 */
export async function sealReceiver(
  team: TeamKey,
  id: string,
  record: Receiver,
): Promise<{ sealed: string; recordHash: string }> {
  const salted = { salt: toB64(randomBytes(SALT_BYTES)), record: JSON.stringify(record) }
  return { sealed: await sealText(team, id, salted), recordHash: await receiverHash(salted) }
}

const sealText = async (
  { key }: TeamKey,
  id: string,
  salted: z.infer<typeof Salted>,
): Promise<string> =>
  toB64(await sealWithKey(key, labelOf(id), padText(JSON.stringify(salted), RECEIVER_BYTES)))

/** @throws Refusal `cannot_open`, including for a record other than the one in the ledger */
export async function openReceiver(
  team: TeamKey,
  { id, recordHash }: { id: string; recordHash: string },
  sealed: string,
): Promise<Receiver> {
  return Receiver.parse(JSON.parse((await openSalted(team, { id, recordHash }, sealed)).record))
}

async function openSalted(
  { key }: TeamKey,
  { id, recordHash }: { id: string; recordHash: string },
  sealed: string,
): Promise<z.infer<typeof Salted>> {
  try {
    const padded = await openWithKey(key, labelOf(id), fromB64(sealed))
    const salted = Salted.parse(JSON.parse(unpadText(padded)))
    if ((await receiverHash(salted)) !== recordHash) throw new Refusal('cannot_open')
    return salted
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

/**
 * Seals the same record, with the same salt, under another generation.
 *
 * @throws the codes of openReceiver
 */
export const moveReceiver = async (
  [from, to]: readonly [TeamKey, TeamKey],
  of: { id: string; recordHash: string },
  sealed: string,
): Promise<string> => sealText(to, of.id, await openSalted(from, of, sealed))
