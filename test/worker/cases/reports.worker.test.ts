import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { inboxBody, openReply, sealReply } from '#protocol/report/reply'
import { fromB64, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { destroyBody } from '#protocol/report/receipt'
import { Queue } from '#protocol/staff/list/queue'
import {
  addEntryAs,
  changeAs,
  countsFor,
  freshCasework,
  growthFor,
  makeKeyAs,
  NONE,
  openedBy,
  readersFor,
  replyAs,
  take,
  takeAs,
} from '../support/casework.ts'
import {
  ask,
  expectRefusal,
  idOf,
  octets,
  rowsIn,
  sealed,
  submit,
  type Organisation,
  type Reporter,
} from '../support/edge.ts'
import { getAs, noise, person, type Person } from '../support/staff.ts'
import { assignAs, recordAs } from '../support/teamwork.ts'

let org: Organisation
let staff: Person
let known: Reporter
let id: string
beforeEach(async () => {
  ;({ org, staff, known, id } = await freshCasework())
})

const get = (path: string) => getAs(staff, path)
const opened = () => openedBy(staff, id)
const counts = () => countsFor(staff)
/** Adds a follow-up from the reporter. */
async function add(header: { danger?: boolean } = {}): Promise<void> {
  const followUp = await sealed(org, { ...known.hashes, kind: KIND.followUp, ...header })
  await submit(followUp, { 'oasis-write': toB64(known.keys.write) })
}
const change = (action: Parameters<typeof changeAs>[1], plainChange: unknown, subject = id) =>
  changeAs(staff, action, subject, plainChange)
const reply = (answer: Parameters<typeof replyAs>[2], subject = id) =>
  replyAs(staff, subject, answer)

describe('a report', () => {
  test('A report is returned sealed, with its thread', async () => {
    const followUp = await sealed(org, { ...known.hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(known.keys.write) })
    const report = await opened()
    expect(report.item).toMatchObject({ id, followUps: 1, status: 'new' })
    expect(await idOf(fromB64(report.envelope))).toBe(id)
    expect(report.followUps).toMatchObject([
      { id: await idOf(followUp), envelope: toB64(followUp), sealedBy: 'device' },
    ])
    expect(report).toMatchObject({
      ...{ log: [], taken: [], caseKeys: [], secrets: [], entries: [] },
      ...{ answers: [], answerable: true },
    })
  })

  test('An unknown report gets not_found, and its log gets no row', async () => {
    await expectRefusal(await get(`reports/${noise(16)}`), 404, 'not_found')
    await expectRefusal(await get('reports/short'), 400, 'malformed')
    const unknown = noise(16)
    const stranger = await sealed(org)
    for (const answer of [
      await change('status.set', take, unknown),
      await makeKeyAs(staff, unknown),
      await takeAs(staff, unknown, [stranger]),
      await addEntryAs(staff, unknown),
      await reply({ index: 0, sealed: noise(4096), followUps: 0 }, unknown),
    ])
      await expectRefusal(answer, 404, 'not_found')
    expect((await env.FILES.list({ prefix: 'secrets/' })).objects).toEqual([])
    expect(await rowsIn('case_log')).toBe(0)
  })
})

describe('a status', () => {
  test('A status changes once, is counted and adds a row to the log of its case', async () => {
    expect(await counts()).toEqual({ new: 1, in_progress: 0, closed: 0, danger: 1, ...NONE })
    expect((await change('status.set', take)).status).toBe(204)
    expect((await opened()).item.status).toBe('in_progress')
    expect(await counts()).toEqual({ new: 0, in_progress: 1, closed: 0, danger: 1, ...NONE })
    await expectRefusal(await change('status.set', take), 409, 'status_changed')
    expect(
      (
        await change('status.set', {
          from: 'in_progress',
          to: 'closed',
          followUps: 0,
          reason: 'helped',
        })
      ).status,
    ).toBe(204)
    expect(await counts()).toEqual({ new: 0, in_progress: 0, closed: 1, danger: 0, ...NONE })
    expect(await rowsIn('case_log')).toBe(2)
  })

  test('A status that is changed ten times at once changes once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => change('status.set', take)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(9).fill(409)])
    expect(await rowsIn('case_log')).toBe(1)
  })

  test.each(['new', 'in_progress'] as const)(
    'R37: The status of a report that is %s does not change while a follow-up is unread',
    async (from) => {
      if (from === 'in_progress') await change('status.set', take)
      const rows = await rowsIn('case_log')
      await add({ danger: true })
      for (const to of ['closed', from === 'new' ? 'in_progress' : 'new'])
        await expectRefusal(
          await change('status.set', {
            from,
            to,
            followUps: 0,
            ...(to === 'closed' && { reason: 'helped' }),
          }),
          409,
          'report_grew',
        )
      expect((await opened()).item).toMatchObject({ status: 'new', danger: true, followUps: 1 })
      expect(await rowsIn('case_log')).toBe(rows)
      const read = { from: 'new', to: 'closed', followUps: 1, reason: 'helped' }
      expect((await change('status.set', read)).status).toBe(204)
    },
  )

  test('A status change without the right number of follow-ups is refused', async () => {
    await expectRefusal(await change('status.set', { ...take, followUps: 1 }), 409, 'report_grew')
    await expectRefusal(
      await change('status.set', { ...take, followUps: 64 * 32 + 1 }),
      400,
      'malformed',
    )
    const unread = { from: 'new', to: 'in_progress' }
    await expectRefusal(await change('status.set', unread), 400, 'malformed')
    expect(await rowsIn('case_log')).toBe(0)
  })

  test('A status change to the same or an unknown status is malformed', async () => {
    await expectRefusal(
      await change('status.set', { from: 'new', to: 'new', followUps: 0 }),
      400,
      'malformed',
    )
    await expectRefusal(
      await change('status.set', { from: 'new', to: 'gone', followUps: 0 }),
      400,
      'malformed',
    )
    const closed = { from: 'closed', to: 'closed', followUps: 0, reason: 'helped' }
    await expectRefusal(await change('status.set', closed), 400, 'malformed')
    expect(await rowsIn('case_log')).toBe(0)
  })
})

describe('a reply', () => {
  test('A reply reaches the reporter; a second reply at that index gets slot_taken', async () => {
    const answer = { v: 1 as const, at: '2026-11-24T21:05Z', text: 'Биз сизди угуп жатабыз' }
    const bytes = toB64(await sealReply(known.keys.down, known.hashes.ownerHash, 0, answer))
    expect((await reply({ index: 0, sealed: bytes, followUps: 0 })).status).toBe(201)
    const read = await ask('/api/inbox', octets(inboxBody(known.keys.lookup, 0)))
    const received = new Uint8Array(await read.arrayBuffer())
    expect(await openReply(known.keys.down, known.hashes.ownerHash, 0, received)).toEqual(answer)
    await expectRefusal(
      await reply({ index: 0, sealed: noise(4096), followUps: 0 }),
      409,
      'slot_taken',
    )
    expect((await opened()).answers).toMatchObject([{ index: 0, sealed: bytes }])
    expect(await rowsIn('case_log')).toBe(1)
  })

  test('R37: A reply is refused while a follow-up is unread, and stored afterwards', async () => {
    await add()
    const answer = { index: 0, sealed: noise(4096) }
    await expectRefusal(await reply({ ...answer, followUps: 0 }), 409, 'report_grew')
    expect([await rowsIn('answers'), await rowsIn('case_log')]).toEqual([0, 0])
    expect((await reply({ ...answer, followUps: 1 })).status).toBe(201)
    await expectRefusal(await reply(answer), 400, 'malformed')
  })

  test('A reply to a destroyed number is refused with no_return_number', async () => {
    await ask('/api/inbox/destroy', octets(destroyBody(known.keys)))
    await expectRefusal(
      await reply({ index: 0, sealed: noise(4096), followUps: 0 }),
      409,
      'no_return_number',
    )
    expect((await opened()).answerable).toBe(false)
    expect([await rowsIn('answers'), await rowsIn('case_log')]).toEqual([0, 0])
  })

  test('A reply of another length or at an index that does not exist is malformed', async () => {
    for (const wrong of [
      { index: 64, sealed: noise(4096), followUps: 0 },
      { index: -1, sealed: noise(4096), followUps: 0 },
      { index: 0, sealed: noise(4095), followUps: 0 },
    ])
      await expectRefusal(await reply(wrong), 400, 'malformed')
    expect(await rowsIn('answers')).toBe(0)
  })
})

describe('arrivals and growth', () => {
  test('The arrivals count never falls while staff work, and is on each queue page', async () => {
    const none = { followUps: 0, answers: 0, entries: 0, revisions: 0 }
    expect(await growthFor(staff, id)).toEqual({
      arrivals: { reports: 1, followUps: 0 },
      report: { id, ...none, rows: 0, status: 'new', assignee: null, writers: [] },
    })
    await add()
    await submit(await sealed(org))
    await change('status.set', { from: 'new', to: 'closed', followUps: 1, reason: 'helped' })
    await makeKeyAs(staff, id)
    await addEntryAs(staff, id)
    for (const place of [{}, { revision: 2 }, { record: 1 }]) await recordAs(staff, id, place)
    await assignAs(staff, id, { to: staff.id })
    await reply({ index: 0, sealed: noise(4096), followUps: 1 })
    const arrivals = { reports: 2, followUps: 1 }
    expect(await growthFor(staff, id)).toEqual({
      arrivals,
      report: {
        ...{ id, followUps: 1, answers: 1, entries: 1, revisions: 3 },
        ...{ rows: 8, status: 'closed', assignee: staff.id, writers: [] },
      },
    })
    expect(Queue.parse(await (await get('reports')).json()).arrivals).toEqual(arrivals)
  })

  test('An envelope that is sent twice counts as one arrival', async () => {
    const envelope = await sealed(org)
    await submit(envelope)
    await ask('/api/reports', octets(envelope))
    expect((await growthFor(staff, id)).arrivals).toEqual({ reports: 2, followUps: 0 })
  })

  test('The growth of a report needs intake, and is null for an unknown report', async () => {
    const admin = await person('admin')
    await expectRefusal(await getAs(admin, `counts?report=${id}`), 403, 'not_allowed')
    expect((await growthFor(staff, noise(16))).report).toBeNull()
    await expectRefusal(await get('counts?report=*'), 400, 'malformed')
  })
})

test('The count of people who can open reports excludes admins without intake', async () => {
  expect(await readersFor(staff)).toBe(1)
  const admin = await person('admin')
  expect(await readersFor(admin)).toBe(1)
  await person('admin', 'intake')
  expect(await readersFor(admin)).toBe(2)
})
