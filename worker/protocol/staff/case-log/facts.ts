// Sums up what a case log proves. The case's leaf in a checkpoint contains the hash of these facts.
// A single signature can then prove the keys and the state of all cases without their logs.
import { sha256, utf8, type Bytes } from '../../bytes.ts'
import type { CaseLog } from './state.ts'
import type { CloseReason, Status } from '../fields.ts'
import { decodeB64, encodeB64 } from '../native-b64.ts'

/** The state of a case as staff last signed it. */
export interface SignedState {
  status: Status
  closeReason: CloseReason | null
  /** null while only the letters state whether there is danger */
  danger: boolean | null
}

export interface CaseFacts extends SignedState {
  /** the hash of each key, beginning with key 1 */
  keys: readonly string[]
  /** the newest revision of each record with its hash, in order of record number */
  records: readonly (readonly [record: number, revision: number, recordHash: string])[]
}

/** Must change whenever a fact is added, so that the hashes of different versions differ. */
const FACTS_VERSION = 1

export const caseFactsIn = ({ keys, records, ...log }: CaseLog): CaseFacts => ({
  status: log.status,
  closeReason: log.closeReason,
  danger: log.danger,
  keys: [...keys.values()].map(({ keyHash }) => keyHash),
  records: [...records]
    .map(([record, { revision, recordHash }]) => [record, revision, recordHash] as const)
    .sort(([one], [other]) => one - other),
})

/** Hashes the facts: SHA-256(`oasis/v1/case-facts` ‖ case id ‖ UTF-8 of their JSON list). */
export const factsHash = (
  caseId: string,
  { status, closeReason, danger, keys, records }: CaseFacts,
): Promise<Bytes> =>
  sha256(
    utf8('oasis/v1/case-facts'),
    decodeB64(caseId),
    utf8(JSON.stringify([FACTS_VERSION, status, closeReason, danger, keys, records])),
  )

/**
 * Returns the hash of a sealed record, in the form that its row contains.
 *
 * @param sealed  base64url
 */
export const recordHashOf = async (sealed: string): Promise<string> =>
  encodeB64(await sha256(decodeB64(sealed)))
