// Declares what a person in the model sees, and generates the words that the person writes.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { Draw } from '#test/protocol/support/mutate-rows.ts'
import { noise, type Member, type World } from './casework-world.ts'
import { type Act, type Draft } from './drafts.ts'

const ENTRY_BYTES = 540

/** A person who is viewing a case. */
export interface Shown {
  world: World
  member: Member
  draw: Draw
  /** the two cases in the schedule */
  ids: readonly string[]
  view: StoredCase
}

export type Compose = (shown: Shown, act: Act) => Draft | null | Promise<Draft | null>

export const newestKey = ({ item, caseKeys }: StoredCase): number =>
  Math.max(0, ...caseKeys.filter((key) => key.caseId === item.id).map(({ keyNo }) => keyNo))

export const hashOf = async (sealed: string): Promise<string> =>
  toB64(await sha256(fromB64(sealed)))

export async function wordsOf(length = ENTRY_BYTES): Promise<{ sealed: string; hash: string }> {
  const sealed = noise(length)
  return { sealed, hash: await hashOf(sealed) }
}
