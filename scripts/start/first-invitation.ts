// Finds the invitation for the first person of a local organisation. The scripted member makes a
// new invitation if the earlier invitation expired before anybody joined.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileOfDatabase } from '#scripts/shared/database'
import { inviteNewcomer } from '#scripts/local/invite-newcomer'

type FirstInvitation = 'open' | 'used' | 'expired'

/** Asks the local database whether a person has joined, and whether an invitation is valid. */
function stateOfInvitation(state: string): FirstInvitation {
  const file = fileOfDatabase(state)
  if (file === undefined) return 'open'
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const count = (sql: string, ...values: number[]): number =>
      Number(database.prepare(sql).get(...values)?.['total'])
    // The scripted member counts as a person.
    if (count('SELECT count(*) AS total FROM people') > 1) return 'used'
    const open = 'SELECT count(*) AS total FROM invitations WHERE expires_at > ?'
    return count(open, Date.now()) === 0 ? 'expired' : 'open'
  } finally {
    database.close()
  }
}

/**
 * Returns the path of the invitation, or null when a person has joined.
 *
 * @param origin  the local server, which must be running
 * @param state   the folder of its database
 * @param orgDir  the folder of its organisation
 */
export async function firstInvitation(
  origin: string,
  state: string,
  orgDir: string,
): Promise<string | null> {
  const found = stateOfInvitation(state)
  if (found === 'used') return null
  const file = join(orgDir, 'invitation.txt')
  if (found === 'expired') writeFileSync(file, `${await inviteNewcomer(origin, orgDir)}\n`)
  return /\/staff\/#invite=\S+/.exec(readFileSync(file, 'utf8'))?.[0] ?? null
}
