import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { inboxBody, openAnswer, sealAnswer } from '#protocol/answer'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { destroyBody } from '#protocol/receipt'
import {
  Counts,
  OpenedReport,
  Queue,
  WAITING_SHOWN,
  type Action,
  type SignedChange,
} from '#protocol/staff'
import {
  ask,
  db,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Organisation,
  type Reporter,
} from './edge.ts'
import { goneBucket } from './failing.ts'
import { asStaff, noise, person, signatureOf, signed, statementOf, type Person } from './staff.ts'

let org: Organisation
let staff: Person
let known: Reporter
let id: string

beforeEach(async () => {
  org = await freshEdge()
  staff = await person('intake')
  known = await reporter()
  const envelope = await sealed(org, { ...known.hashes, danger: true, kind: KIND.helpForMe })
  id = idOf(envelope)
  await submit(envelope)
})

const get = (path: string) => asStaff(path, 'GET', undefined, staff.cookie)
const opened = async () => OpenedReport.parse(await (await get(`reports/${id}`)).json())
/** Nothing is in R2. */
const NONE = { waiting: 0, aside: 0 }
const counts = async () => Counts.parse(await (await get('counts')).json())

const ROUTES = {
  'status.set': ['PUT', 'status'],
  'case.save': ['PUT', 'case'],
  'answer.send': ['POST', 'answers'],
} as const
type Change = keyof typeof ROUTES

const sendSigned = (action: Change, body: SignedChange, subject = id) => {
  const [method, path] = ROUTES[action]
  return asStaff(`reports/${subject}/${path}`, method, body, staff.cookie)
}
const change = async (action: Change, plainChange: unknown, subject = id) =>
  sendSigned(action, await signed(staff, action, subject, plainChange), subject)

const take = { from: 'new', to: 'in_progress' }

describe('the queue', () => {
  test('puts danger first, then new, closed last, the oldest day first, and turns its pages', async () => {
    await db.prepare('DELETE FROM reports').run()
    const rows = [
      ['closed', 1, '2026-01-01'],
      ['in_progress', 0, '2026-01-01'],
      ['new', 0, '2026-01-03'],
      ['new', 0, '2026-01-02'],
      ['in_progress', 1, '2026-01-09'],
      ['new', 1, '2026-01-09'],
    ] as const
    for (let copy = 0; copy < 20; copy++)
      for (const [status, danger, day] of rows)
        await db
          .prepare(
            "INSERT INTO reports (id, kind, danger, epoch, lane, sealed_by, status, received_day, envelope_hash, envelope) VALUES (?, 1, ?, 1, 'A', 'device', ?, ?, x'00', x'00')",
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

  test('shows lane A before lane B within a rank, whatever the day', async () => {
    await db.prepare('DELETE FROM reports').run()
    for (const [lane, danger, day] of [
      ['B', 0, '2026-01-01'],
      ['A', 0, '2026-01-09'],
      ['B', 1, '2026-01-09'],
    ] as const)
      await db
        .prepare(
          "INSERT INTO reports (id, kind, danger, epoch, lane, sealed_by, received_day, envelope_hash, envelope) VALUES (?, 1, ?, 1, ?, 'device', ?, x'00', x'00')",
        )
        .bind(randomBytes(16), danger, lane, day)
        .run()
    const { items } = Queue.parse(await (await get('reports')).json())
    expect(items.map(({ lane, danger }) => `${lane}${Number(danger)}`)).toEqual(['B1', 'A0', 'B0'])
  })

  test('shows nothing that only a key opens', async () => {
    const { items } = Queue.parse(await (await get('reports')).json())
    const day = new Date().toISOString().slice(0, 10)
    expect(items).toEqual([
      {
        id,
        kind: 2,
        danger: true,
        day,
        lane: 'B',
        sealedBy: 'device',
        status: 'new',
        followUps: 0,
      },
    ])
  })

  test('refuses a cursor that is none', async () => {
    for (const cursor of [
      '',
      'x',
      '9.A.2026-01-01.AAAAAAAAAAAAAAAAAAAAAA',
      '0.C.2026-01-01.AAAAAAAAAAAAAAAAAAAAAA',
      "0.A.2026-01-01.'--",
    ])
      await expectRefusal(
        await get(`reports?after=${encodeURIComponent(cursor)}`),
        400,
        'malformed',
      )
  })
})

describe('a report', () => {
  test('is handed over sealed, with its thread', async () => {
    const followUp = await sealed(org, { ...known.hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(known.keys.write) })
    const report = await opened()
    expect(report.item).toMatchObject({ id, followUps: 1, status: 'new' })
    expect(idOf(fromB64(report.envelope))).toBe(id)
    expect(report.followUps).toMatchObject([
      { id: idOf(followUp), envelope: toB64(followUp), sealedBy: 'device' },
    ])
    expect(report).toMatchObject({ caseFile: null, answers: [], answerable: true })
  })

  test('that is not there is not found', async () => {
    await expectRefusal(await get(`reports/${noise(16)}`), 404, 'not_found')
    await expectRefusal(await get('reports/short'), 400, 'malformed')
    for (const [action, plain] of [
      ['status.set', take],
      ['case.save', { revision: 0, sealed: noise(40) }],
      ['case.save', { revision: 3, sealed: noise(40) }],
      ['answer.send', { slot: 0, sealed: noise(4096) }],
    ] as const)
      await expectRefusal(await change(action, plain, noise(16)), 404, 'not_found')
    expect(await rowsIn('audit')).toBe(1)
  })
})

describe('the counts', () => {
  test('say how many reports wait in R2 and lie aside, bounded, and that nobody knows when R2 fails', async () => {
    const put = (folder: string, many: number) =>
      Promise.all(Array.from({ length: many }, (_, at) => env.FILES.put(`${folder}${at}`, 'x')))
    await Promise.all([put('overflow/b/', 2), put('overflow/df/', 1), put('aside/b/', 1)])
    expect(await counts()).toMatchObject({ new: 1, waiting: 3, aside: 1 })
    await put('overflow/b/more', WAITING_SHOWN)
    expect(await counts()).toMatchObject({ waiting: WAITING_SHOWN })
    const headers = { cookie: staff.cookie }
    const answer = await ask('/api/staff/counts', { headers }, { FILES: goneBucket })
    expect(await answer.json()).toMatchObject({ new: 1, waiting: null, aside: null })
  })
})

describe('a status', () => {
  test('moves once, is counted, and leaves an audit row', async () => {
    expect(await counts()).toEqual({ new: 1, in_progress: 0, closed: 0, danger: 1, ...NONE })
    expect((await change('status.set', take)).status).toBe(204)
    expect((await opened()).item.status).toBe('in_progress')
    expect(await counts()).toEqual({ new: 0, in_progress: 1, closed: 0, danger: 1, ...NONE })
    await expectRefusal(await change('status.set', take), 409, 'status_changed')
    expect((await change('status.set', { from: 'in_progress', to: 'closed' })).status).toBe(204)
    expect(await counts()).toEqual({ new: 0, in_progress: 0, closed: 1, danger: 0, ...NONE })
    expect(await rowsIn('audit')).toBe(3)
  })

  test('moved by ten at once moves once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => change('status.set', take)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(9).fill(409)])
    expect(await rowsIn('audit')).toBe(2)
  })

  test('that moves to itself or to nothing known is malformed', async () => {
    await expectRefusal(await change('status.set', { from: 'new', to: 'new' }), 400, 'malformed')
    await expectRefusal(await change('status.set', { from: 'new', to: 'gone' }), 400, 'malformed')
    expect(await rowsIn('audit')).toBe(1)
  })
})

describe('a case file', () => {
  test('is saved with a revision, and a stale one is refused', async () => {
    const [first, second] = [noise(100), noise(65_536)]
    expect((await change('case.save', { revision: 0, sealed: first })).status).toBe(204)
    expect((await opened()).caseFile).toEqual({ revision: 1, sealed: first })
    await expectRefusal(
      await change('case.save', { revision: 0, sealed: second }),
      409,
      'case_changed',
    )
    await expectRefusal(
      await change('case.save', { revision: 2, sealed: second }),
      409,
      'case_changed',
    )
    expect((await change('case.save', { revision: 1, sealed: second })).status).toBe(204)
    expect((await opened()).caseFile).toEqual({ revision: 2, sealed: second })
    expect(await rowsIn('audit')).toBe(3)
  })

  test('that is too large or no base64url is malformed', async () => {
    await expectRefusal(
      await change('case.save', { revision: 0, sealed: 'A'.repeat(90_000) }),
      400,
      'malformed',
    )
    await expectRefusal(await change('case.save', { revision: 0, sealed: '*' }), 400, 'malformed')
    // The last two bits of `AB` are no part of a byte.
    await expectRefusal(await change('case.save', { revision: 0, sealed: 'AB' }), 400, 'malformed')
    await expectRefusal(
      await change('case.save', { revision: 0, sealed: 'abcde' }),
      400,
      'malformed',
    )
    expect(await rowsIn('case_files')).toBe(0)
  })
})

describe('an answer', () => {
  test('reaches the reporter, and its slot is taken', async () => {
    const answer = { v: 1 as const, at: '2026-11-24T21:05Z', text: 'Биз сизди угуп жатабыз' }
    const bytes = toB64(await sealAnswer(known.keys.down, known.hashes.lookupHash, 0, answer))
    expect((await change('answer.send', { slot: 0, sealed: bytes })).status).toBe(201)
    const read = await ask('/api/inbox', octets(inboxBody(known.keys.lookup, 0)))
    const received = new Uint8Array(await read.arrayBuffer())
    expect(await openAnswer(known.keys.down, known.hashes.lookupHash, 0, received)).toEqual(answer)
    await expectRefusal(
      await change('answer.send', { slot: 0, sealed: noise(4096) }),
      409,
      'slot_taken',
    )
    expect((await opened()).answers).toMatchObject([{ slot: 0, sealed: bytes }])
    expect(await rowsIn('audit')).toBe(2)
  })

  test('to a number that was destroyed is refused', async () => {
    await ask('/api/inbox/destroy', octets(destroyBody(known.keys)))
    await expectRefusal(
      await change('answer.send', { slot: 0, sealed: noise(4096) }),
      409,
      'no_return_number',
    )
    expect((await opened()).answerable).toBe(false)
    expect([await rowsIn('answers'), await rowsIn('audit')]).toEqual([0, 1])
  })

  test('of another length or in a slot that does not exist is malformed', async () => {
    for (const wrong of [
      { slot: 64, sealed: noise(4096) },
      { slot: -1, sealed: noise(4096) },
      { slot: 0, sealed: noise(4095) },
    ])
      await expectRefusal(await change('answer.send', wrong), 400, 'malformed')
    expect(await rowsIn('answers')).toBe(0)
  })
})

describe('a signed change is refused, and changes nothing, when', () => {
  const text = JSON.stringify(take)
  const now = () => new Date().toISOString()
  const signedAs = async (statement: string, who = staff): Promise<SignedChange> => ({
    change: text,
    statement,
    signature: await signatureOf(who.signing, statement),
  })

  test.each<[string, (other: Person) => Promise<SignedChange>]>([
    [
      'somebody else signed it',
      async (other) => signedAs(await statementOf(staff.id, 'status.set', id, text), other),
    ],
    [
      'it names another actor',
      async (other) => signedAs(await statementOf(other.id, 'status.set', id, text)),
    ],
    [
      'it is about another action',
      async () => signedAs(await statementOf(staff.id, 'case.save' satisfies Action, id, text)),
    ],
    [
      'it is about another report',
      async () => signedAs(await statementOf(staff.id, 'status.set', noise(16), text)),
    ],
    [
      'it is about another change',
      async () => signedAs(await statementOf(staff.id, 'status.set', id, `${text} `)),
    ],
    [
      'it is eleven minutes old',
      async () =>
        signedAs(
          await statementOf(
            staff.id,
            'status.set',
            id,
            text,
            new Date(Date.now() - 660_000).toISOString(),
          ),
        ),
    ],
    [
      'it is eleven minutes ahead',
      async () =>
        signedAs(
          await statementOf(
            staff.id,
            'status.set',
            id,
            text,
            new Date(Date.now() + 660_000).toISOString(),
          ),
        ),
    ],
    [
      'the signature is noise',
      async () => ({
        ...(await signedAs(await statementOf(staff.id, 'status.set', id, text, now()))),
        signature: noise(64),
      }),
    ],
    [
      'the statement was changed after signing',
      async () => {
        const body = await signedAs(await statementOf(staff.id, 'status.set', id, text))
        return { ...body, statement: body.statement.replace('"v":1', '"v": 1') }
      },
    ],
  ])('%s', async (_what, make) => {
    const other = await person('intake')
    await expectRefusal(await sendSigned('status.set', await make(other)), 403, 'signature_refused')
    expect((await opened()).item.status).toBe('new')
    expect(await rowsIn('audit')).toBe(2)
  })

  test('the statement is none, or the body is broken', async () => {
    const body = await signed(staff, 'status.set', id, take)
    await expectRefusal(
      await sendSigned('status.set', { ...body, statement: '{}' }),
      400,
      'malformed',
    )
    await expectRefusal(
      await sendSigned('status.set', { ...body, signature: 'x' }),
      400,
      'malformed',
    )
    const headers = { cookie: staff.cookie }
    for (const broken of ['{', '', '\ud800'] as const) {
      const answer = await ask(`/api/staff/reports/${id}/status`, {
        method: 'PUT',
        body: broken,
        headers: {
          ...headers,
          origin: 'https://oasis.example',
          'content-type': 'application/json',
        },
      })
      await expectRefusal(answer, 400, 'malformed')
    }
    const large = await asStaff(
      `reports/${id}/status`,
      'PUT',
      { change: 'x'.repeat(300_000) },
      staff.cookie,
    )
    await expectRefusal(large, 413, 'too_large')
    expect(await rowsIn('audit')).toBe(1)
  })
})
