// Performs casework for a test. A member of intake reads one report and the counts, and signs
// changes to the report.
import { fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { contentHashOf } from '#protocol/report/letter-content'
import { requestOf, type CaseAction, type SentAction } from '#protocol/staff/actions'
import type { SignedChange } from '#protocol/staff/chain'
import { Counts } from '#protocol/staff/list/counts'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import {
  db,
  freshEdge,
  idOf,
  reporter,
  sealed,
  submit,
  type Organisation,
  type Reporter,
} from './edge.ts'
import { asStaff, getAs, noise, person, signed, type Person } from './staff.ts'
import { KEY_HASH } from '#test/protocol/support/case-log.ts'

export interface Casework {
  org: Organisation
  staff: Person
  known: Reporter
  id: string
}

/** Makes a database with one member of intake and one report of danger. */
export async function freshCasework(): Promise<Casework> {
  const org = await freshEdge()
  const staff = await person('intake')
  const known = await reporter()
  const envelope = await sealed(org, { ...known.hashes, danger: true, kind: KIND.helpForMe })
  await submit(envelope)
  return { org, staff, known, id: await idOf(envelope) }
}

/** Opens further generations of the team key, with zero bytes in place of the recovery copies. */
export async function openTeams(...generations: number[]): Promise<void> {
  for (const generation of generations)
    await db.prepare('INSERT INTO teams VALUES (?, zeroblob(9))').bind(generation).run()
}

export const openedBy = async (staff: Person, id: string): Promise<StoredCase> =>
  StoredCase.parse(await (await getAs(staff, `reports/${id}`)).json())

/** The R2 counts when R2 is empty. */
export const NONE = { waiting: 0, aside: 0 }
const readCounts = async (staff: Person, query = ''): Promise<Counts> =>
  Counts.parse(await (await getAs(staff, `counts${query}`)).json())
/** Reads the counts by status and in R2. */
export async function countsFor(staff: Person): Promise<Partial<Counts>> {
  const { new: fresh, in_progress, closed, danger, waiting, aside } = await readCounts(staff)
  return { new: fresh, in_progress, closed, danger, waiting, aside }
}
/** Reads how many people can open reports. */
export const readersFor = async (staff: Person): Promise<number> =>
  (await readCounts(staff)).readers
/** Reads the number of arrivals, and the growth of one report. */
export async function growthFor(
  staff: Person,
  id: string,
): Promise<Pick<Counts, 'arrivals' | 'report'>> {
  const { arrivals, report } = await readCounts(staff, `?report=${id}`)
  return { arrivals, report }
}

/** @param body  a SignedChange, or the signed change with the sealed bytes beside it */
export const sendSigned = (
  { cookie }: Person,
  action: CaseAction & SentAction,
  subject: string,
  body: SignedChange | object,
): Promise<Response> => {
  const { method, path } = requestOf(action, subject)
  return asStaff(path, method, body, cookie)
}

/** @param beside  the sealed bytes beside the signed change; absent for a status */
export async function changeAs(
  staff: Person,
  action: CaseAction & SentAction,
  subject: string,
  plainChange: unknown,
  beside?: object,
): Promise<Response> {
  const change = await signed(staff, action, subject, plainChange)
  return sendSigned(staff, action, subject, beside ? { signed: change, ...beside } : change)
}

export async function replyAs(
  staff: Person,
  subject: string,
  {
    sealed: bytes,
    ...change
  }: { index: number; sealed: string; followUps?: number; report?: string },
): Promise<Response> {
  const sealedHash = toB64(await sha256(fromB64(bytes)))
  return changeAs(staff, 'answer.send', subject, { ...change, sealedHash }, { sealed: bytes })
}

/** Makes a key of a case. The key is noise, because the edge opens nothing. */
export const makeKeyAs = (
  staff: Person,
  subject: string,
  { keyNo = 1, generation = 1, secret = toB64(new Uint8Array(32)), ...grant }: MadeKey = {},
): Promise<Response> =>
  changeAs(
    staff,
    'key.make',
    subject,
    { keyNo, generation, keyHash: KEY_HASH },
    { sealed: noise(88), secret, ...grant },
  )

interface MadeKey {
  keyNo?: number
  generation?: number
  secret?: string
  /** a copy for the caseworker who has the case */
  grant?: string
}

export async function takeAs(
  staff: Person,
  subject: string,
  envelopes: readonly Bytes[],
  keyNo = 1,
): Promise<Response> {
  const letters = await Promise.all(
    envelopes.map(async (envelope) => ({
      id: await idOf(envelope),
      contentHash: toB64(await contentHashOf(envelope)),
    })),
  )
  const beside = { sealed: envelopes.map(() => noise(60)) }
  return changeAs(staff, 'letters.take', subject, { keyNo, letters }, beside)
}

export async function addEntryAs(
  staff: Person,
  subject: string,
  { keyNo = 1, sealed: bytes = noise(540), ...facts }: AddedEntry = {},
): Promise<Response> {
  const entryHash = toB64(await sha256(fromB64(bytes)))
  return changeAs(staff, 'entry.add', subject, { keyNo, entryHash, ...facts }, { sealed: bytes })
}

interface AddedEntry {
  keyNo?: number
  sealed?: string
  dueDay?: string | null
  followUps?: number
}

/** The change that sets a new report without follow-ups in progress. */
export const take = { from: 'new', to: 'in_progress', followUps: 0 }
