// What the edge must know of a new organisation, as SQL: the first epoch's signed manifest and the first invitation. All of it
// is public, hashed or sealed. Loading it twice changes nothing.
import type { Bytes } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import type { Organisation } from '#scripts/org/organisation'

const blob = (bytes: Bytes): string => `X'${Buffer.from(bytes).toString('hex')}'`
const text = (words: string): string => `'${words.replaceAll("'", "''")}'`

/** Each by itself, without a semicolon. */
export function publishStatements({ epoch, manifest, invitation }: Organisation): string[] {
  const expiresDay = new Date(invitation.expiresDay * DAY_MS).toISOString().slice(0, 10)
  const { tokenHash, roles, sealedIntake } = invitation
  return [
    `INSERT OR IGNORE INTO epochs (epoch, manifest)
VALUES (${epoch}, ${blob(manifest)})`,
    `INSERT OR IGNORE INTO invitations (token_hash, roles, sealed_intake, expires_day)
VALUES (${blob(tokenHash)}, ${text(JSON.stringify(roles))}, ${text(JSON.stringify(sealedIntake))}, ${text(expiresDay)})`,
  ]
}

/** All of them as the text of a file. */
export const publishSql = (organisation: Organisation): string =>
  publishStatements(organisation)
    .map((statement) => `${statement};\n`)
    .join('')
