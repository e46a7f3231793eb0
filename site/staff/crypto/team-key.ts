// Makes, opens and passes on generations of the team key. The bytes of a key exist in readable form
// only in these functions, which wipe them.
import { fromB64, randomBytes, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { TEAM_KEY_BYTES, teamCommitment, teamInfo } from '#protocol/keys/team-key'
import { type Member, type Roster } from '#protocol/staff/ledger/roster-state'
import type { SealedTeam } from '#protocol/staff/people/sealed-keys'
import { importAeadKey } from './aead-key.ts'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'
import { isTeamKey } from './named-keys.ts'
import { pieceRoot } from './piece.ts'
import { sealCopies, sealToHolder, type Copies } from './seal-to-holder.ts'

const NONE: Bytes = new Uint8Array(0)

/**
 * A copy of a generation of the team key, opened but not yet proven. Only TeamKey.prove determines
 * whether the roster lists this key.
 */
export interface TeamCopy {
  generation: number
  /** base64url; see teamCommitment */
  commitment: string
  /** AES-256-GCM: encrypts and decrypts, but cannot be exported */
  key: CryptoKey
  /** derives the keys of pieces, but cannot be exported */
  pieces: CryptoKey
}

/** A generation of the team key that a roster lists. `prove` is the only way to obtain one. */
export class TeamKey {
  readonly #copy: TeamCopy

  private constructor(copy: TeamCopy) {
    this.#copy = copy
  }

  /** @returns null for a copy of a key that the roster does not list */
  static prove(copy: TeamCopy, roster: Pick<Roster, 'teams'>): TeamKey | null {
    return isTeamKey(roster, copy) ? new TeamKey(copy) : null
  }

  get generation(): number {
    return this.#copy.generation
  }

  /** base64url */
  get commitment(): string {
    return this.#copy.commitment
  }

  get key(): CryptoKey {
    return this.#copy.key
  }

  get pieces(): CryptoKey {
    return this.#copy.pieces
  }

  isNamedIn(roster: Pick<Roster, 'teams'>): boolean {
    return isTeamKey(roster, this.#copy)
  }
}

/** The proven generations that a person holds. */
export interface TeamKeys {
  team: ReadonlyMap<number, TeamKey>
}

/** @throws Refusal `cannot_open` */
async function openCopy(own: OpeningKey, { generation, sealed }: SealedTeam): Promise<Bytes> {
  const key = await hpkeOpen(own, teamInfo(generation), NONE, fromB64(sealed))
  if (key.length !== TEAM_KEY_BYTES) throw new Refusal('cannot_open')
  return key
}

/** Imports a generation. @param bytes  32 bytes, overwritten with zeros */
export async function importTeam(generation: number, bytes: Bytes): Promise<TeamCopy> {
  try {
    const commitment = await teamCommitment(bytes)
    const key = await importAeadKey(bytes)
    return { generation, commitment, key, pieces: await pieceRoot(bytes) }
  } finally {
    bytes.fill(0)
  }
}

/** Opens a copy that the server has for a person. @throws Refusal `cannot_open` */
export const openTeamCopy = async (own: OpeningKey, copy: SealedTeam): Promise<TeamCopy> =>
  importTeam(copy.generation, await openCopy(own, copy))

/** Returns a generation that the person holds and the roster lists, or null. */
export function namedTeam(
  roster: Pick<Roster, 'teams'>,
  { team }: TeamKeys,
  generation: number,
): TeamKey | null {
  const key = team.get(generation)
  return key?.isNamedIn(roster) ? key : null
}

/** Returns the newest generation in the roster, which seals new case keys, or null. */
export const newestTeam = (roster: Pick<Roster, 'teams'>, keys: TeamKeys): TeamKey | null =>
  namedTeam(roster, keys, Math.max(0, ...roster.teams.keys()))

/** A new generation whose row is not signed yet. */
export interface MadeTeam extends Copies {
  commitment: string
}

/**
 * Makes a generation, and seals a copy to each reader and to the recovery key.
 *
 * @param readers  the readers in the replayed roster
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
 * @throws Refusal `cannot_open`, including for a copy of a key that the roster does not list.
 *   `chain_moved` for a generation that the roster does not list yet.
 */
export async function sealTeamKeyFor(
  own: OpeningKey,
  copy: SealedTeam,
  hpkePublic: string,
  roster: Pick<Roster, 'teams'>,
): Promise<SealedTeam> {
  const { generation } = copy
  const key = await openCopy(own, copy)
  try {
    // A colleague opened this generation after the roster was replayed.
    if (!roster.teams.has(generation)) throw new Refusal('chain_moved')
    const commitment = await teamCommitment(key)
    if (!isTeamKey(roster, { generation, commitment })) throw new Refusal('cannot_open')
    return { generation, sealed: await sealToHolder(hpkePublic, teamInfo(generation), key) }
  } finally {
    key.fill(0)
  }
}
