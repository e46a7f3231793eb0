// Reads and writes the scripted member's file, and unlocks the member's keys, so that a program can
// use them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { fromB64, type Bytes } from '#protocol/bytes'
import { nameSalt } from '#protocol/staff/fields'
import { Me } from '#protocol/staff/people/people'
import { unlockKeys, type KeysBeforeProof } from '#site/staff/crypto/unlock.ts'

const FILE = 'member.json'

const MemberFile = z.object({
  me: Me,
  /** see nameHashOf; base64url */
  nameSalt,
  /** the key that opens the sealed private keys; base64url of 32 bytes */
  master: z.string(),
  /** the value of the session cookie, base64url of 32 bytes */
  session: z.string(),
})
type MemberFile = z.infer<typeof MemberFile>

export interface ScriptedMember extends MemberFile {
  /** SHA-256 of the session's token */
  sessionHash: Bytes
  /** last day of the keeper certificate, in days since 1970 */
  keeperLastDay: number
  /** the first generation of the team key, sealed to the recovery key */
  teamForRecovery: Bytes
}

/** A scripted member whose keys are unlocked. */
export interface UnlockedMember {
  me: Me
  session: string
  keys: KeysBeforeProof
}

/** Returns the name and the text of the member's file. */
export const memberFile = ({
  me,
  nameSalt: salt,
  master,
  session,
}: ScriptedMember): [string, string] => [
  FILE,
  `${JSON.stringify({ me, nameSalt: salt, master, session } satisfies MemberFile, null, 2)}\n`,
]

export const unlockMember = async ({
  me,
  master,
  session,
}: Pick<MemberFile, 'me' | 'master' | 'session'>): Promise<UnlockedMember> => ({
  me,
  session,
  keys: await unlockKeys(me, fromB64(master)),
})

/** Returns true when this version can read the member's file, or when no such file exists. */
export function isMemberUsable(folder: string): boolean {
  const file = join(folder, FILE)
  if (!existsSync(file)) return true
  try {
    return MemberFile.safeParse(JSON.parse(readFileSync(file, 'utf8'))).success
  } catch {
    return false
  }
}

/** Reads the scripted member of the organisation in `folder`. */
export const readScriptedMember = (folder: string): Promise<UnlockedMember> =>
  unlockMember(MemberFile.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8'))))
