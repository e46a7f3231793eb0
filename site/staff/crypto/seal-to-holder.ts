// Seals keys to their future holder: a person in the replayed roster, or the recovery key.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { sealTo } from './seal-to.ts'
import { type Member } from '#protocol/staff/ledger/roster-state'

/**
 * Seals bytes with HPKE and X-Wing.
 *
 * @param hpkePublic  base64url, from the replayed roster, never from a table
 * @returns enc ‖ ciphertext, base64url
 */
export const sealToHolder = async (
  hpkePublic: string,
  info: Bytes,
  plaintext: Bytes,
): Promise<string> => toB64(await sealTo(fromB64(hpkePublic), info, plaintext))

/** Copies of one key: one for each reader, and one for the recovery key. */
export interface Copies {
  sealed: { person: string; sealed: string }[]
  sealedForRecovery: string
}

/**
 * Seals a copy to each reader and one to the recovery key.
 *
 * @param readers  the readers in the replayed roster
 * @param recovery  public half of the recovery key, base64url
 */
export async function sealCopies(
  readers: readonly Pick<Member, 'id' | 'hpkePublic'>[],
  recovery: string,
  info: Bytes,
  plaintext: Bytes,
): Promise<Copies> {
  const sealed = await Promise.all(
    readers.map(async ({ id, hpkePublic }) => ({
      person: id,
      sealed: await sealToHolder(hpkePublic, info, plaintext),
    })),
  )
  return { sealed, sealedForRecovery: await sealToHolder(recovery, info, plaintext) }
}
