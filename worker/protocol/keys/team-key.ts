// Describes the team key, which seals the case keys for all readers. Each generation is an
// independent random key. Staff browsers and the recovery tool share these two functions.
import { concat, sha256, toB64, u32, utf8, type Bytes } from '../bytes.ts'

export const TEAM_KEY_BYTES = 32

/** Builds the HPKE info for sealing a generation: `oasis/v1/team` ‖ generation (4, big endian). */
export const teamInfo = (generation: number): Bytes =>
  concat(utf8('oasis/v1/team'), u32(generation))

/** Computes the base64url commitment of TeamOpen: SHA-256(`oasis/v1/team` ‖ key). */
export const teamCommitment = async (key: Bytes): Promise<string> =>
  toB64(await sha256(utf8('oasis/v1/team'), key))
