// Makes, opens and hands on generations of the team key. The bytes of a key are readable only in
// these functions, which wipe them.
import { fromB64, randomBytes, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { TEAM_KEY_BYTES, teamCommitment, teamInfo } from '#protocol/keys/team-key'
import { type Member, type Roster } from '#protocol/staff/roster-state'
import type { SealedTeam } from '#protocol/staff/sealed-keys'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'
import { pieceRoot } from './piece.ts'
import { sealCopies, sealToHolder, type Copies } from './seal-to-holder.ts'

const NONE: Bytes = new Uint8Array(0)

/** The generations that a person holds, and what each one commits to. */
export interface TeamKeys {
  /** AES-256-GCM by generation: encrypts and decrypts, and cannot be exported */
  team: ReadonlyMap<number, CryptoKey>
  /** by generation, base64url: see teamCommitment */
  commitments: ReadonlyMap<number, string>
  /** by generation: derives the keys of pieces, and cannot be exported */
  pieces: ReadonlyMap<number, CryptoKey>
}

/** @throws Refusal `cannot_open` */
async function openCopy(own: OpeningKey, { generation, sealed }: SealedTeam): Promise<Bytes> {
  const key = await hpkeOpen(own, teamInfo(generation), NONE, fromB64(sealed))
  if (key.length !== TEAM_KEY_BYTES) throw new Refusal('cannot_open')
  return key
}

/** Opens every copy that the server has for a person. @throws Refusal `cannot_open` */
export async function openTeamKeys(
  own: OpeningKey,
  copies: readonly SealedTeam[],
): Promise<TeamKeys> {
  const team = new Map<number, CryptoKey>()
  const commitments = new Map<number, string>()
  const pieces = new Map<number, CryptoKey>()
  for (const copy of copies) {
    const key = await openCopy(own, copy)
    commitments.set(copy.generation, await teamCommitment(key))
    team.set(
      copy.generation,
      await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']),
    )
    pieces.set(copy.generation, await pieceRoot(key))
    key.fill(0)
  }
  return { team, commitments, pieces }
}

/**
 * Finds the key under which new case keys are sealed.
 *
 * @returns null without a copy of the roster's newest generation. null also for a copy of another
 *   key than the roster names.
 */
export function newestTeam(
  { teams }: Pick<Roster, 'teams'>,
  { team, commitments }: TeamKeys,
): { generation: number; key: CryptoKey } | null {
  const generation = Math.max(0, ...teams.keys())
  const key = team.get(generation)
  const isNamed = commitments.get(generation) === teams.get(generation)?.commitment
  return key && isNamed ? { generation, key } : null
}

/** A new generation, without the signature. */
export interface MadeTeam extends Copies {
  commitment: string
}

/**
 * Makes a generation and seals a copy to each reader and to the recovery key.
 *
 * @param readers   of the replayed roster
 * @param recovery  public half of the recovery key, base64url
 */
export async function makeTeam(
  generation: number,
  readers: readonly Pick<Member, 'id' | 'hpkePublic'>[],
  recovery: string,
): Promise<MadeTeam> {
  const key = randomBytes(TEAM_KEY_BYTES)
  const copies = await sealCopies(readers, recovery, teamInfo(generation), key)
  const commitment = await teamCommitment(key)
  key.fill(0)
  return { commitment, ...copies }
}

/**
 * Opens a copy and seals it to a person whom the colleague confirms.
 *
 * @param hpkePublic  base64url, from the replayed roster, never from a table
 * @throws Refusal `cannot_open` also for a copy of another key than the roster names. `chain_moved`
 *   for a generation that the roster does not name yet.
 */
export async function sealTeamKeyFor(
  own: OpeningKey,
  copy: SealedTeam,
  hpkePublic: string,
  { teams }: Pick<Roster, 'teams'>,
): Promise<SealedTeam> {
  const { generation } = copy
  const key = await openCopy(own, copy)
  try {
    const named = teams.get(generation)
    // A colleague opened this generation after the roster was replayed.
    if (!named) throw new Refusal('chain_moved')
    if ((await teamCommitment(key)) !== named.commitment) throw new Refusal('cannot_open')
    return { generation, sealed: await sealToHolder(hpkePublic, teamInfo(generation), key) }
  } finally {
    key.fill(0)
  }
}
