// Reads the last signed state of a case from the texts of a sealed case. The case's leaf in a
// checkpoint proves the state, see lineDiffers.
import * as z from 'zod/mini'
import { DangerChange, KeyMake, StatusChange } from '#protocol/staff/case-log/changes'
import { factsHash, recordHashOf, type CaseFacts } from '#protocol/staff/case-log/facts'
import { encodeB64 } from '#protocol/staff/native-b64'
import { Statement } from '#protocol/staff/statement'
import { CloseReason, Status } from '#protocol/staff/fields'
import type { SealedCase } from '#protocol/staff/list/sealed-cases'

/** The state that the newest rows of a case record, unproven. */
export const ReadState = z.object({
  status: Status,
  closeReason: z.nullable(CloseReason),
  /** UTC day on which the status was last set, which no checkpoint proves; null for a new case */
  statusDay: z.nullable(z.string()),
  /** number of follow-ups that the colleague who set the status had read */
  followUps: z.int(),
  /** null while only the letters report danger */
  danger: z.nullable(z.boolean()),
  /** number of follow-ups that the colleague who set `danger` had read */
  dangerFollowUps: z.int(),
  /** see factsHash, base64url */
  facts: z.string(),
})
export type ReadState = z.infer<typeof ReadState>

/** The state, and the hash of each key of the case, beginning with key 1. */
export interface SignedTexts {
  state: ReadState
  keys: readonly string[]
}

/** Returns null for a text that is not a change, because the server may send any text. */
export async function readSigned(sealed: SealedCase): Promise<SignedTexts | null> {
  try {
    const { signed, id } = sealed
    const status = signed.status === null ? null : StatusChange.parse(JSON.parse(signed.status))
    const danger = signed.danger === null ? null : DangerChange.parse(JSON.parse(signed.danger))
    const facts: CaseFacts = {
      status: status?.to ?? 'new',
      closeReason: status?.reason ?? null,
      danger: danger?.danger ?? null,
      keys: keysIn(ownRows(sealed)),
      records: await recordsIn(sealed),
    }
    const { status: to, closeReason, danger: isDanger, keys } = facts
    return {
      keys,
      state: {
        ...{ status: to, closeReason, danger: isDanger, statusDay: signed.statusDay },
        followUps: status?.followUps ?? 0,
        dangerFollowUps: danger?.followUps ?? 0,
        facts: encodeB64(await factsHash(id, facts)),
      },
    }
  } catch {
    return null
  }
}

const keysIn = (rows: SealedCase['keyRows']): string[] =>
  rows
    .map(({ change }) => KeyMake.parse(JSON.parse(change)))
    .sort((one, other) => one.keyNo - other.keyNo)
    .map(({ keyHash }) => keyHash)

const recordsIn = ({ records }: SealedCase): Promise<CaseFacts['records']> =>
  Promise.all(
    records.map(
      async ({ record, revision, sealed }) =>
        [record, revision, await recordHashOf(sealed)] as const,
    ),
  )

/**
 * Returns the `key.make` rows that belong to the case itself. Most cases contain no letter that is
 * sealed under another case's key. For such a case, no row is parsed.
 */
export const ownRows = ({ id, caseKeys, keyRows }: SealedCase): SealedCase['keyRows'] =>
  caseKeys.every(({ caseId }) => caseId === id)
    ? keyRows
    : keyRows.filter(({ statement }) => subjectOf(statement) === id)

function subjectOf(statement: string): string {
  try {
    return Statement.parse(JSON.parse(statement)).subject
  } catch {
    return ''
  }
}
