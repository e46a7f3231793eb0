import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { Counts, WAITING_SHOWN } from '#protocol/staff/list/counts'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Queue } from '#protocol/staff/list/queue'
import { countsFor, freshCasework, NONE } from '../support/casework.ts'
import {
  ask,
  db,
  expectRefusal,
  idOf,
  reporter,
  sealed,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { goneBucket } from '../support/failing.ts'
import { drain, fullLookAfter } from '../support/overflow.ts'
import { getAs, type Person } from '../support/staff.ts'

let staff: Person
let id: string
let org: Organisation
beforeEach(async () => {
  ;({ staff, id, org } = await freshCasework())
})

/** The case id at the end of a valid cursor. */
const ID = 'A'.repeat(22)
const PLACE = `2026-01-01.us.3.2026-01-01.${ID}`

const get = (path: string) => getAs(staff, path)
const counts = () => countsFor(staff)

describe('the queue', () => {
  test('The queue puts danger first and closed reports last, and repeats no report', async () => {
    await db.prepare('DELETE FROM reports').run()
    const rows = [
      ['closed', 1, '2026-01-01'],
      ['new', 0, '2026-01-03'],
      ['in_progress', 0, '2026-01-02'],
      ['new', 0, '2026-01-01'],
      ['in_progress', 1, '2026-01-09'],
      ['new', 1, '2026-01-08'],
    ] as const
    for (let copy = 0; copy < 20; copy++)
      for (const [status, danger, day] of rows)
        await db
          .prepare(
            `INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
              header_id, owner_hash, envelope)
            VALUES (?, 1, ?, 1, 3, 'device', ?, ?, x'00', x'00', x'00')`,
          )
          .bind(randomBytes(16), danger, status, day)
          .run()

    const items = []
    let next: string | null = null
    const lengths = []
    do {
      const page: Queue = Queue.parse(
        await (await get(`reports${next === null ? '' : `?after=${next}`}`)).json(),
      )
      items.push(...page.items)
      lengths.push(page.items.length)
      next = page.next
    } while (next !== null)
    expect(lengths).toEqual([50, 50, 20])
    expect(new Set(items.map((item) => item.id)).size).toBe(120)
    const order = items.map(({ status, danger, day }) => `${status} ${Number(danger)} ${day}`)
    expect(order.filter((line, at) => line !== order[at - 1])).toEqual(
      [rows[5], rows[4], rows[3], rows[2], rows[1], rows[0]].map((row) => row.join(' ')),
    )
    expect(await counts()).toEqual({ new: 60, in_progress: 40, closed: 20, danger: 40, ...NONE })
  })

  test('The queue shows of a new report only what it carries in cleartext', async () => {
    const { items } = Queue.parse(await (await get('reports')).json())
    const day = new Date().toISOString().slice(0, 10)
    expect(items).toEqual([
      {
        id,
        kind: 2,
        danger: true,
        day,
        grade: 0,
        sealedBy: 'device',
        status: 'new',
        followUps: 0,
        absorbed: 0,
        assignee: null,
        waitsFor: 'us',
        waitsSince: day,
        touchedDay: day,
        acted: false,
        givenBy: null,
        dangerDay: day,
        dueDay: null,
        closeReason: null,
        rows: 0,
        seen: null,
      },
    ])
  })

  test('The queue, the counts and a report count the follow-ups of one thread only', async () => {
    const [own, other] = [await reporter(), await reporter()]
    await submit(await sealed(org, own.hashes))
    const envelope = await sealed(org, other.hashes)
    await submit(envelope)
    for (let times = 0; times < 2; times++)
      await submit(await sealed(org, { ...own.hashes, kind: KIND.followUp }), {
        'oasis-write': toB64(own.keys.write),
      })
    const { items } = Queue.parse(await (await get('reports')).json())
    expect(items.map(({ followUps }) => followUps).sort()).toEqual([0, 0, 2])
    const of = await idOf(envelope)
    const counted = Counts.parse(await (await get(`counts?report=${of}`)).json())
    expect(counted.report?.followUps).toBe(0)
    const opened = StoredCase.parse(await (await get(`reports/${of}`)).json())
    expect([opened.item.followUps, opened.followUps]).toEqual([0, []])
  })

  test('The queue refuses an invalid cursor with malformed', async () => {
    expect((await get(`reports?after=calm.${PLACE}`)).status).toBe(200)
    for (const cursor of [
      '',
      'x',
      '0.2026-01-01.AAAAAAAAAAAAAAAAAAAAAA',
      ...['storm', '', 'Flood'].map((state) => `${state}.${PLACE}`),
      ...['calm.today', 'calm.2026-1-1'].map((begin) => `${begin}.us.3.2026-01-01.${ID}`),
      ...['new.3', 'toString.3', '0.3', 'us.4', 'us.A', 'us.', 'us'].map(
        (group) => `calm.2026-01-01.${group}.2026-01-01.${ID}`,
      ),
      ...['x.AAAAAAAAAAAAAAAAAAAAAA', "2026-01-01.'--", '2026-01-01'].map(
        (end) => `calm.2026-01-01.us.3.${end}`,
      ),
    ])
      await expectRefusal(
        await get(`reports?after=${encodeURIComponent(cursor)}`),
        400,
        'malformed',
      )
  })
})

describe('the counts', () => {
  test('The counts hold waiting and quarantined reports, bounded, or null without R2', async () => {
    const put = (folder: string, many: number) =>
      Promise.all(Array.from({ length: many }, (_, at) => env.FILES.put(`${folder}${at}`, 'x')))
    await Promise.all([
      put('overflow/0/', 2),
      put('overflow/urgent-followup/', 1),
      put('quarantine/0/', 1),
    ])
    const looked = { now: () => fullLookAfter(0) }
    await drain(looked)
    expect(await counts()).toMatchObject({ new: 1, waiting: 3, aside: 1 })
    await put('overflow/0/more', WAITING_SHOWN)
    await drain(looked)
    expect(await counts()).toMatchObject({ waiting: WAITING_SHOWN })
    const headers = { cookie: staff.cookie }
    const answer = await ask('/api/staff/counts', { headers }, { FILES: goneBucket })
    expect(await answer.json()).toMatchObject({ new: 1, waiting: null, aside: null })
  })
})
