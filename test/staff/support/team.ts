// Makes generations of the team key that a roster lists.
import { randomBytes } from '#protocol/bytes'
import { importTeam, TeamKey } from '#site/staff/crypto/team-key.ts'

/**
 * Proves a key against a roster that is made for the purpose and lists the key under this
 * generation.
 */
export async function teamKey(generation: number, bytes = randomBytes(32)): Promise<TeamKey> {
  const copy = await importTeam(generation, bytes)
  const named = { generation, commitment: copy.commitment, openedBy: '', row: 1, hasEnded: false }
  const key = TeamKey.prove(copy, { teams: new Map([[generation, named]]) })
  if (!key) throw new Error('the roster names another key')
  return key
}
