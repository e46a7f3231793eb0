// Performs the casework of several people for a test: assigns and merges cases, changes records,
// and sets or lifts danger. Sealed parts consist of random bytes, because the edge opens nothing.
import { fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { contentHashOf } from '#protocol/report/letter-content'
import type { CaseGrant } from '#protocol/staff/case-log/bodies'
import { type SignedChange } from '#protocol/staff/chain'
import { type SeenBack } from '#protocol/staff/list/queue'
import { Statement } from '#protocol/staff/statement'
import { changeAs } from './casework.ts'
import { idOf } from './edge.ts'
import { asStaff, noise, signed, type Person } from './staff.ts'

/** Makes a copy of a case key for a caseworker. */
export const grantOf = (caseId: string, keyNo = 1): CaseGrant => ({
  caseId,
  keyNo,
  sealed: noise(32 + 28 + 1120 + 16),
})

interface Given {
  from?: string | null
  to: string | null
  isGranted?: boolean
  grants?: CaseGrant[]
  followUps?: number
  /** the sealed reason, and the key that the row records */
  reason?: { sealed: string; keyNo?: number }
}

export async function assignAs(
  by: Person,
  id: string,
  { from = null, isGranted = false, grants = [], reason, ...given }: Given,
): Promise<Response> {
  const { sealed, keyNo = 1 } = reason ?? {}
  const entryHash = sealed && toB64(await sha256(fromB64(sealed)))
  const change = { from, isGranted, ...given, ...(sealed && { reason: { keyNo, entryHash } }) }
  return changeAs(by, 'case.assign', id, change, { grants, ...(sealed && { reason: sealed }) })
}

/** Gives a case that has one key to a caseworker. */
export const giveTo = (by: Person, id: string, { id: to }: Person, from: string | null = null) =>
  assignAs(by, id, { from, to, isGranted: true, grants: [grantOf(id)] })

export async function recordAs(
  by: Person,
  id: string,
  { record = 0, revision = 1, keyNo = 1, sealed = noise(540) } = {},
): Promise<Response> {
  const recordHash = toB64(await sha256(fromB64(sealed)))
  return changeAs(by, 'record.set', id, { record, revision, keyNo, recordHash }, { sealed })
}

export async function dangerAs(
  by: Person,
  id: string,
  { danger = true, keyNo = 1, sealed = noise(540), ...read }: DangerParts = {},
): Promise<Response> {
  const entryHash = toB64(await sha256(fromB64(sealed)))
  return changeAs(by, 'danger.set', id, { danger, keyNo, entryHash, ...read }, { sealed })
}

interface DangerParts {
  danger?: boolean
  keyNo?: number
  sealed?: string
  followUps?: number
}

export const seenAs = ({ cookie }: Person, id: string, followUps: number, rows: number) =>
  asStaff(`reports/${id}/seen`, 'PUT', { followUps, rows }, cookie)

export const seenBackAs = ({ cookie }: Person, id: string, body: SeenBack) =>
  asStaff(`reports/${id}/seen/back`, 'PUT', body, cookie)

interface MergeParts {
  also?: string[]
  grants?: CaseGrant[]
  /** a hash that differs from the head that the row of the merged log follows */
  head?: string
}

/** Signs both rows of a merge at the heads of both logs. */
export async function mergingOf(
  by: Person,
  from: string,
  into: string,
  { also = [], grants = [], head }: MergeParts = {},
): Promise<{ merged: SignedChange; absorbed: SignedChange; grants: CaseGrant[] }> {
  const merged = await signed(by, 'case.merge', from, { into })
  const { prev } = Statement.parse(JSON.parse(merged.statement))
  const absorbed = await signed(by, 'case.absorb', into, { from, head: head ?? prev, also })
  return { merged, absorbed, grants }
}

export const mergeAs = async (
  by: Person,
  from: string,
  into: string,
  parts: MergeParts = {},
): Promise<Response> =>
  asStaff(`reports/${from}/merge`, 'POST', await mergingOf(by, from, into, parts), by.cookie)

/** Enters a letter that a person dictated by telephone. */
export async function enterAs(by: Person, envelope: Bytes, contentHash?: string) {
  const hash = contentHash ?? toB64(await contentHashOf(envelope))
  const change = await signed(by, 'letter.enter', await idOf(envelope), { contentHash: hash })
  return asStaff('letters', 'POST', { signed: change, envelope: toB64(envelope) }, by.cookie)
}
