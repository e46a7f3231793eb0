import { beforeEach, describe, expect, test } from 'vitest'
import { inboxBody, openAnswer, sealAnswer } from '#protocol/answer'
import { fromB64, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { destroyBody } from '#protocol/receipt'
import {
  changeAs,
  countsFor,
  freshCasework,
  NONE,
  openedBy,
  take,
  type Change,
} from './casework.ts'
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
} from './edge.ts'
import { getAs, noise, type Person } from './staff.ts'

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
const change = (action: Change, plainChange: unknown, subject = id) =>
  changeAs(staff, action, subject, plainChange)

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
