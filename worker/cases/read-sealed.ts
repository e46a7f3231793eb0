// Returns many sealed cases in one response, for the search index of a device. Only a device can
// open them.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import {
  SEALED_AT_ONCE,
  SEALED_LETTERS,
  SEALED_ROWS,
  type SealedCases,
} from '#protocol/staff/list/sealed-cases'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { bytesOfHex, hexOf } from '#worker/hex'
import { parseB64 } from '#worker/parse'
import {
  listSealedLines,
  readSealedRows,
  type SealedLine,
  type SealedRows,
} from '#worker/store/list/sealed-cases'
import { findCaseSecret } from '#worker/store/cases/secrets'
import { buildSealedCase, partsOf } from './build-sealed-case.ts'
import { onlyAssignedTo } from './read-tally.ts'

/**
 * Reads the cases that exist and that the actor may see.
 *
 * @param ids  base64url ids, joined by commas
 * @throws Refusal `not_allowed`; `malformed` for no ids or too many; `unavailable` when R2 does
 *   not return a secret
 */
export async function readSealedCases(deps: StaffDeps, ids: string): Promise<SealedCases> {
  requireRole(deps.actor, 'intake', 'caseworker')
  const asked = ids.split(',')
  if (asked.length > SEALED_AT_ONCE) throw new Refusal('malformed')
  const wanted = [...new Set(asked)].map(parseB64)
  const { id: reader } = deps.actor
  // The lines are read before the sealed words. If a letter arrives in between, the device sees a
  // count that is too low, and reads the case again.
  const lines = await listSealedLines(deps.db, wanted, onlyAssignedTo(deps))
  const now = lines.slice(0, roomFor(lines))
  const left = lines.slice(now.length).map(({ id }) => toB64(id))
  if (now.length === 0) return { cases: [], left }
  const rows = await readSealedRows(
    deps.db,
    now.map(({ id }) => id),
    reader,
  )
  const [parts, secrets] = [partsOf(rows), await secretsOf(deps, rows)]
  // A colleague may have deleted a report between the two queries.
  const there = now.filter(({ id }) => parts.envelopes.has(hexOf(id)))
  return { cases: there.map((line) => buildSealedCase(line, parts, secrets)), left }
}

/** Counts the cases that fit on a page: always the first, then as many as still fit. */
function roomFor(lines: readonly SealedLine[]): number {
  let [letters, rows] = [0, 0]
  const full = lines.findIndex((line, at) => {
    letters += 1 + line.followUps
    rows += line.rows
    return at > 0 && (letters > SEALED_LETTERS || rows > SEALED_ROWS)
  })
  return full < 0 ? lines.length : full
}

/**
 * Reads the secrets of all cases that have a key, keyed by the hexadecimal digits of the case id.
 */
async function secretsOf(
  { bucket }: StaffDeps,
  { caseKeys }: SealedRows,
): Promise<ReadonlyMap<string, string>> {
  const cases = [...new Set(caseKeys.map((row) => String(row['case_id'])))]
  try {
    const found = await Promise.all(
      cases.map(async (id) => [id, await findCaseSecret(bucket, bytesOfHex(id))] as const),
    )
    return new Map(found.flatMap(([id, secret]) => (secret ? [[id, toB64(secret)] as const] : [])))
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}
