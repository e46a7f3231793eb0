// Writes a new organisation for the edge as SQL: the keys of the first epoch and the first
// invitation. All values are public, hashed or sealed.
// A second load of the same keys changes nothing, so that a used invitation stays used.
// The key of the table refuses a load over other keys, and then nothing of the file is stored.
import type { Bytes } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import type { Organisation } from '#scripts/org/organisation'

const blob = (bytes: Bytes): string => `X'${Buffer.from(bytes).toString('hex')}'`
const text = (words: string): string => `'${words.replaceAll("'", "''")}'`

/** Returns single statements, without a semicolon. */
export function publishStatements({
  epoch,
  manifest,
  hybridKey,
  sealedForRecovery,
  invitation,
}: Organisation): string[] {
  const expiresDay = new Date(invitation.expiresDay * DAY_MS).toISOString().slice(0, 10)
  const { tokenHash, roles, sealedIntake } = invitation
  const values = [
    blob(tokenHash),
    text(JSON.stringify(roles)),
    text(JSON.stringify(sealedIntake)),
    text(expiresDay),
  ]
  const unlessStored = `WHERE NOT EXISTS (
  SELECT 1 FROM epochs WHERE epoch = ${epoch} AND manifest = ${blob(manifest)}
)`
  // The epoch is last, because the invitation is only stored together with the epoch.
  return [
    `INSERT INTO invitations (token_hash, roles, sealed_intake, expires_day)
SELECT ${values.join(', ')}
${unlessStored}`,
    `INSERT INTO epochs (epoch, manifest, hybrid_key, sealed_for_recovery)
SELECT ${epoch}, ${blob(manifest)}, ${blob(hybridKey)}, ${blob(sealedForRecovery)}
${unlessStored}`,
  ]
}

/** Returns all statements as the text of a file. */
export const publishSql = (organisation: Organisation): string =>
  publishStatements(organisation)
    .map((statement) => `${statement};\n`)
    .join('')
