// Makes the people and the objects that the matrix of staff routes uses.
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { OwnKeys } from '#protocol/staff/people/slots'
import { addAlert } from '#worker/store/calls/open-alert'
import { makeKeyAs } from '../casework.ts'
import { predicate } from '../discards.ts'
import { db, deps, freshEdge, idOf, rowsIn, sealed, submit, type Organisation } from '../edge.ts'
import {
  asStaff,
  getAs,
  newcomer,
  noise,
  person,
  sheetSlot,
  signed,
  type Person,
} from '../staff.ts'
import { checkpointOf } from './checkpoint.ts'

export const ALERT = noise(16)
/** The id of a person who has left and whose name is stored. */
export const LEAVER = noise(16)
export const FILE = toB64(fileId(new Uint8Array(16).fill(7), 0))
/** An id that no object has. */
export const NOWHERE = noise(16)
/** An id that is too short. */
export const SHORT = 'A'.repeat(21)

export interface World {
  org: Organisation
  people: Record<'admin' | 'intake' | 'caseworker' | 'both' | 'waiting', Person>
  /** a colleague with both roles, who owns every object of "another person" */
  colleague: Person
  /** row number of a checkpoint */
  checkpointRow: number
}

let world: World | null = null

export function theWorld(): World {
  if (!world) throw new Error('the world is not made')
  return world
}

/** Makes the world once for a test file. */
export async function makeWorld(): Promise<World> {
  const org = await freshEdge()
  const people = {
    admin: await person('admin'),
    intake: await person('intake'),
    caseworker: await person('caseworker'),
    both: await person('admin', 'intake'),
    waiting: await newcomer('admin', 'intake'),
  }
  const colleague = await person('admin', 'intake')
  await db.prepare('UPDATE people SET keeper_last_day = 99999').run()
  await db
    .prepare('INSERT INTO former_names (person, name, salt) VALUES (?, ?, ?)')
    .bind(fromB64(LEAVER), 'Чолпон', randomBytes(16))
    .run()
  await deps.bucket.put(`files/${FILE}/0`, randomBytes(8208))
  await deps.bucket.put('pieces/1/0', randomBytes(20))
  await addAlert(deps.bucket, {
    ...{ id: ALERT, letter: noise(16), since: Date.now() },
    ...{ rounds: 1, roundAt: Date.now(), calledAt: Date.now(), reached: [] },
    ...{ after: null, taken: null },
  })
  await asStaff('checkpoints', 'POST', await checkpointOf(colleague), colleague.cookie)
  world = { org, people, colleague, checkpointRow: await rowsIn('ledger') }
  return world
}

/**
 * Stores a report. This person makes the first case key; for a person without intake, a colleague
 * makes the key.
 */
export async function reportOf(who: Person): Promise<string> {
  const { org, people, colleague } = theWorld()
  const envelope = await sealed(org)
  await submit(envelope)
  const id = await idOf(envelope)
  const canRead = who === people.intake || who === people.both || who === colleague
  await makeKeyAs(canRead ? who : colleague, id)
  if (who === people.caseworker) await give(id, who)
  return id
}

/** Stores a report as reportOf does, and gives it to the person. */
export async function heldReportOf(who: Person): Promise<string> {
  const id = await reportOf(who)
  await give(id, who)
  return id
}

/** Gives a case to a person. */
export async function give(id: string, who: Person): Promise<void> {
  await db
    .prepare('UPDATE reports SET assignee = ? WHERE id = ?')
    .bind(fromB64(who.id), fromB64(id))
    .run()
}

/** Stores a report without a case key. */
export async function newReport(): Promise<string> {
  const envelope = await sealed(theWorld().org)
  await submit(envelope)
  return idOf(envelope)
}

/** Puts a report into R2. @returns its id, which is also its name in the partition */
export async function waitingReport(): Promise<string> {
  const envelope = await sealed(theWorld().org)
  const id = await idOf(envelope)
  const customMetadata = {
    'sealed-by': 'device',
    'received-day': '2026-11-01',
    'report-id': id,
  }
  await deps.bucket.put(`overflow/0/${id}`, envelope, { customMetadata })
  return id
}

/** Adds a paper sheet to a person's slots. @returns the id of the slot */
export async function slotOf(who: Person): Promise<string> {
  const { slot } = await sheetSlot()
  await db
    .prepare(
      `INSERT INTO slots (id, person, kind, salt, memory_kib, passes, sealed_master, added_day,
        tried_day) VALUES (?, ?, 'passphrase', ?, 65536, 3, ?, '2026-11-26', '2026-11-26')`,
    )
    .bind(...[slot.id, who.id, slot.salt, slot.sealedMaster].map(fromB64))
    .run()
  return slot.id
}

/** Signs in a person again. @returns the id of the new session */
export async function sessionOf(who: Person): Promise<string> {
  await asStaff('sign-in/paper', 'POST', who.paper)
  const { sessions } = OwnKeys.parse(await (await getAs(who, 'me/keys')).json())
  const other = sessions.find(({ isThis }) => !isThis)
  if (!other) throw new Error('the new session is missing')
  return other.id
}

/** Makes an invitation from the person, or from a colleague if the person may not invite. */
export async function invitationOf(who: Person): Promise<string> {
  const { people, colleague } = theWorld()
  const by = who === people.admin || who === people.both ? who : colleague
  const tokenHash = noise(32)
  const change = { tokenHash, roles: ['admin'], expiresAt: Date.now() + 3_600_000 }
  const body = await signed(by, 'invitation.create', tokenHash, change)
  await asStaff('invitations', 'POST', body, by.cookie)
  return tokenHash
}

/** Opens a discard signed by the person, or by a colleague if the person may not sign one. */
export async function discardOf(who: Person): Promise<string> {
  const { people, colleague } = theWorld()
  const by = who === people.intake || who === people.both ? who : colleague
  await db.prepare('DELETE FROM discards').run()
  const id = noise(16)
  const change = { ...predicate, stored: 0, waiting: 0 }
  const body = await signed(by, 'reports.discard', id, change)
  await asStaff(`discards/${id}`, 'POST', body, by.cookie)
  return id
}
