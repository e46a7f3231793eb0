// Enters letters for people who telephoned or came to the office.
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { inboxBody } from '#protocol/report/reply'
import { Queue } from '#protocol/staff/list/queue'
import {
  changeAs,
  freshCasework,
  openedBy,
  replyAs,
  take,
  type Casework,
} from '../support/casework.ts'
import { rowsOfWholeChain } from '../support/chains.ts'
import { organisation } from '#test/protocol/support/organisation.ts'
import {
  ask,
  db,
  expectRefusal,
  idOf,
  octets,
  reporter,
  rowsIn,
  sealed,
  sealedBySuite2,
  submit,
  type Reporter,
} from '../support/edge.ts'
import { asStaff, getAs, noise, person, signed, type Person } from '../support/staff.ts'
import { enterAs } from '../support/teamwork.ts'

let made: Casework
let staff: Person
let caller: Reporter
beforeEach(async () => {
  made = await freshCasework()
  staff = made.staff
  caller = await reporter()
})

const letter = (header = {}) =>
  sealed(made.org, { ...caller.hashes, kind: KIND.helpForMe, ...header })
const stored = async () => [await rowsIn('reports'), await rowsIn('case_log')]

describe('entering', () => {
  test('A letter is stored as a report, and the first row of its log says by whom', async () => {
    const envelope = await letter()
    const id = await idOf(envelope)
    expect((await enterAs(staff, envelope)).status).toBe(201)
    const opened = await openedBy(staff, id)
    expect(opened.envelope).toBe(toB64(envelope))
    expect(opened).toMatchObject({
      item: { status: 'new', sealedBy: 'device', grade: 2, rows: 1, assignee: null },
      answerable: true,
    })
    expect(JSON.parse(opened.log[0]?.statement ?? '')).toMatchObject({
      ...{ action: 'letter.enter', actor: staff.id, subject: id },
    })
    expect(await rowsOfWholeChain(id)).toBe(1)
    expect((await changeAs(staff, 'status.set', id, take)).status).toBe(204)
    const { arrivals } = Queue.parse(await (await getAs(staff, 'reports')).json())
    expect(arrivals).toEqual({ reports: 2, followUps: 0 })
  })

  test('The number of a caller works: staff reply, and the caller writes again', async () => {
    const envelope = await letter()
    const id = await idOf(envelope)
    await enterAs(staff, envelope)
    const reply = { index: 0, sealed: noise(4096), followUps: 0 }
    expect((await replyAs(staff, id, reply)).status).toBe(201)
    const read = await ask('/api/inbox', octets(inboxBody(caller.keys.lookup, 0)))
    expect(toB64(new Uint8Array(await read.arrayBuffer()))).toBe(reply.sealed)
    const followUp = await sealed(made.org, { ...caller.hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(caller.keys.write) })
    expect((await openedBy(staff, id)).item).toMatchObject({ followUps: 1, waitsFor: 'us' })
  })

  test('A letter of suite 2 is stored, and danger raises an alert', async () => {
    const envelope = await sealedBySuite2(made.org, { ...caller.hashes, danger: true })
    expect((await enterAs(staff, envelope)).status).toBe(201)
    expect((await openedBy(staff, await idOf(envelope))).item.danger).toBe(true)
    expect(await env.FILES.head('alerts/open')).not.toBeNull()
  })

  test('A letter that is sent again after a lost answer is stored once', async () => {
    const envelope = await letter()
    for (let sent = 0; sent < 3; sent++) expect((await enterAs(staff, envelope)).status).toBe(201)
    expect(await stored()).toEqual([2, 1])
  })
})

describe('refusals', () => {
  test('A follow-up, a wrong hash or a signature for another letter is refused', async () => {
    const envelope = await letter()
    await expectRefusal(await enterAs(staff, envelope, noise(32)), 400, 'malformed')
    const followUp = await letter({ kind: KIND.followUp })
    await expectRefusal(await enterAs(staff, followUp), 400, 'envelope_kind')
    await expectRefusal(await enterAs(staff, envelope.slice(1)), 400, 'envelope_length')
    const other = await signedForAnother(envelope)
    await expectRefusal(other, 403, 'signature_refused')
    expect(await stored()).toEqual([1, 0])
  })

  test('A letter to a retired or unknown epoch, or to another key, is refused', async () => {
    const foreign = await sealed(await organisation(Date.now()), caller.hashes)
    await expectRefusal(await enterAs(staff, foreign), 409, 'key_unknown')
    const envelope = await letter()
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await expectRefusal(await enterAs(staff, envelope), 409, 'epoch_retired')
    await db.prepare('DELETE FROM epochs').run()
    await expectRefusal(await enterAs(staff, envelope), 409, 'epoch_unknown')
    expect(await stored()).toEqual([1, 0])
  })

  test('A caseworker and an admin enter no letter', async () => {
    const envelope = await letter()
    for (const role of ['caseworker', 'admin'] as const)
      await expectRefusal(await enterAs(await person(role), envelope), 403, 'not_allowed')
    expect(await stored()).toEqual([1, 0])
  })
})

/** Sends a letter with the signed change for a different letter. */
async function signedForAnother(envelope: Bytes): Promise<Response> {
  const change = await signed(staff, 'letter.enter', made.id, { contentHash: noise(32) })
  const body = { signed: change, envelope: toB64(envelope) }
  return asStaff('letters', 'POST', body, staff.cookie)
}
