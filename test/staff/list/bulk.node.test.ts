import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { type ErrorCode } from '#protocol/errors'
import { isSignedBy } from '#protocol/keys/signatures'
import { BULK_MAX, CaseChanges, CaseHeadsOf } from '#protocol/staff/list/bulk'
import { NO_ROW, rowHash, statementMessage } from '#protocol/staff/chain'
import { type QueueItem } from '#protocol/staff/list/queue'
import { Statement } from '#protocol/staff/statement'
import {
  linesWithout,
  markSeen,
  planRead,
  takeMarksBack,
  type SetMark,
} from '#site/staff/list/bulk/mark-seen.ts'
import { knownRows } from '#site/staff/api/own-rows.ts'
import { afterChange, planFor } from '#site/staff/list/bulk/plan-bulk.ts'
import { sendBulk, type CaseChange, type CaseOutcome } from '#site/staff/list/bulk/send-bulk.ts'
import { unreadOf } from '#site/staff/list/unread.ts'
import { lineItem, TODAY } from '../support/lines.ts'
import { openedWith, staffed, tell, type Staffed } from '../support/people.ts'

let staff: Staffed
beforeAll(async () => {
  staff = await staffed()
})
afterEach(() => vi.unstubAllGlobals())

const seen = { followUps: 0, rows: 0 }

describe('what an act means for a case', () => {
  test('Closing names the reason and the letters that were read', () => {
    const item = lineItem('a', { seen: { followUps: 2, rows: 0 }, followUps: 2 })
    expect(planFor(item, { is: 'close', reason: 'spam' })).toEqual({
      change: {
        action: 'status.set',
        change: { from: 'new', to: 'closed', followUps: 2, absorbed: 0, reason: 'spam' },
      },
    })
  })

  test('A case with unread letters is left out, and so is a case that is already as asked', () => {
    const close = { is: 'close', reason: 'helped' } as const
    expect(planFor(lineItem('a', { seen, followUps: 1 }), close)).toEqual({ left: 'unread' })
    expect(planFor(lineItem('a'), close)).toEqual({ left: 'unread' })
    expect(planFor(lineItem('a', { seen, status: 'closed' }), close)).toEqual({ left: 'already' })
    const take = { is: 'status', to: 'in_progress' } as const
    expect(planFor(lineItem('a'), take)).toEqual({ left: 'unread' })
  })

  test('A case in danger is closed on its page, unless as a joke or a test', () => {
    const item = lineItem('a', { seen, danger: true })
    expect(planFor(item, { is: 'close', reason: 'helped' })).toEqual({ left: 'danger' })
    for (const reason of ['spam', 'test'] as const)
      expect(planFor(item, { is: 'close', reason })).toMatchObject({
        change: { change: { reason } },
      })
    expect(planFor(item, { is: 'status', to: 'in_progress' })).toHaveProperty('change')
  })

  test('A case can be given unread, from a colleague too, and to nobody', () => {
    const held = lineItem('a', { assignee: 'old' })
    const change = { from: 'old', to: 'new', isGranted: false }
    expect(planFor(held, { is: 'assign', to: 'new' })).toEqual({
      change: { action: 'case.assign', change },
    })
    // If the reader has read the case, the change records this, because taking the case is then an
    // act.
    expect(planFor({ ...held, seen }, { is: 'assign', to: 'new' })).toEqual({
      change: { action: 'case.assign', change: { ...change, followUps: 0, absorbed: 0 } },
    })
    expect(planFor(held, { is: 'assign', to: 'old' })).toEqual({ left: 'already' })
    expect(planFor(lineItem('a'), { is: 'assign', to: null })).toEqual({ left: 'already' })
  })

  test('The line shows the change, and a reopened case waits as it did before', () => {
    const waits = { waitsFor: 'person', waitsSince: '2026-01-02' } as const
    const item = lineItem('a', { seen, rows: 0, ...waits })
    const closed = afterChange(
      item,
      {
        action: 'status.set',
        change: { from: 'new', to: 'closed', followUps: 0, reason: 'helped' },
      },
      { by: 'me', day: TODAY },
    )
    expect(closed).toMatchObject({
      ...{ status: 'closed', closeReason: 'helped', touchedDay: TODAY },
      ...{ rows: 1, seen: { followUps: 0, rows: 1 } },
    })
    const reopened = afterChange(
      closed,
      {
        action: 'status.set',
        change: { from: 'closed', to: 'in_progress', followUps: 0 },
      },
      { by: 'me', day: TODAY },
    )
    expect(reopened).toMatchObject({ status: 'in_progress', closeReason: null, ...waits })
  })

  test('The line shows who acted and who gave the case, as the edge will', () => {
    const waits = { waitsFor: 'person', waitsSince: '2026-01-02' } as const
    const item = lineItem('a', { seen, assignee: 'me', givenBy: 'giver', ...waits })
    const place = { by: 'me', day: TODAY }
    const up = { from: 'new', to: 'in_progress', followUps: 0 } as const
    const taken = afterChange(item, { action: 'status.set', change: up }, place)
    expect(taken).toMatchObject({ acted: true, givenBy: null })
    const assigned = (to: string | null, read = {}) =>
      afterChange(
        item,
        { action: 'case.assign', change: { from: null, to, isGranted: false, ...read } },
        place,
      )
    expect(assigned('other')).toMatchObject({ assignee: 'other', givenBy: 'me', acted: false })
    expect(assigned('other')).toMatchObject({ waitsFor: 'us', waitsSince: TODAY })
    expect(assigned('me', { followUps: 0 })).toMatchObject({ givenBy: null, acted: true })
    expect(assigned('me')).toMatchObject({ givenBy: null, acted: false, ...waits })
    expect(assigned(null)).toMatchObject({ assignee: null, givenBy: null })
  })
})

/** Imitates the routes for many cases, which check the signature, actor and head of each row. */
class BulkEdge {
  heads = new Map<string, Uint8Array<ArrayBuffer>>()
  requests: { path: string; cases: number }[] = []
  /** runs before the changes of a request are processed */
  meanwhile: () => void | Promise<void> = () => undefined
  /** codes with which this edge refuses a case for another reason, keyed by case id */
  refuse = new Map<string, ErrorCode>()

  constructor(ids: readonly string[]) {
    for (const id of ids) this.heads.set(id, NO_ROW)
  }

  async answer(path: string, body: string): Promise<Response> {
    const json: unknown = JSON.parse(body)
    if (path.endsWith('cases/heads')) {
      const { cases } = CaseHeadsOf.parse(json)
      this.requests.push({ path: 'heads', cases: cases.length })
      const heads = cases.flatMap((id) => {
        const head = this.heads.get(id)
        return head ? [{ case: id, head: toB64(head) }] : []
      })
      return Response.json({ heads })
    }
    const { changes } = CaseChanges.parse(json)
    this.requests.push({ path: 'changes', cases: changes.length })
    await this.meanwhile()
    const results = []
    for (const each of changes) results.push({ case: each.case, code: await this.#change(each) })
    return Response.json({ results })
  }

  async #change({ case: id, action, signed }: CaseChanges['changes'][number]) {
    const statement = Statement.parse(JSON.parse(signed.statement))
    const signature = fromB64(signed.signature)
    const message = statementMessage('case-log', signed.statement)
    const isOwn =
      statement.subject === id &&
      statement.action === action &&
      (await isSignedBy(fromB64(staff.me.keys.signPublic), signature, message))
    if (!isOwn) return 'signature_refused'
    const head = this.heads.get(id) ?? NO_ROW
    if (statement.prev !== toB64(head)) return 'chain_moved'
    const refused = this.refuse.get(id)
    if (refused) return refused
    this.heads.set(id, await rowHash(head, { statement: signed.statement, signature }))
    return null
  }
}

function edgeFor(ids: readonly string[]): BulkEdge {
  const edge = new BulkEdge(ids)
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => edge.answer(path, body))
  return edge
}

const newIds = (many: number): string[] =>
  Array.from({ length: many }, () => toB64(randomBytes(16)))
const closing = (ids: readonly string[]): CaseChange[] =>
  ids.map((id) => ({
    id,
    planned: {
      action: 'status.set',
      change: { from: 'new', to: 'closed', followUps: 0, reason: 'spam' },
    },
  }))

/** Sends the changes, and returns all outcomes. */
async function send(changes: readonly CaseChange[], signal?: AbortSignal): Promise<CaseOutcome[]> {
  const outcomes: CaseOutcome[] = []
  await sendBulk(staff, changes, (each) => outcomes.push(...each), signal)
  return outcomes
}

describe('an act on many cases', () => {
  test('Each case gets a signed row of its own, and one request carries up to 40', async () => {
    const ids = newIds(BULK_MAX + 5)
    const edge = edgeFor(ids)
    expect(await send(closing(ids))).toEqual(ids.map((id) => ({ id, code: null })))
    expect(edge.requests).toEqual([
      { path: 'heads', cases: BULK_MAX },
      { path: 'changes', cases: BULK_MAX },
      { path: 'heads', cases: 5 },
      { path: 'changes', cases: 5 },
    ])
    for (const id of ids) expect(edge.heads.get(id)).not.toBe(NO_ROW)
  })

  test('A refused case and a case that is gone are named, and the others are done', async () => {
    const [fine, grown, gone] = newIds(3) as [string, string, string]
    const edge = edgeFor([fine, grown])
    edge.refuse.set(grown, 'report_grew')
    expect(await send(closing([grown, gone, fine]))).toEqual([
      { id: grown, code: 'report_grew' },
      { id: gone, code: 'not_found' },
      { id: fine, code: null },
    ])
  })

  test('R52: A case whose head lacks a row of this browser is left and named', async () => {
    const [fine, cut] = newIds(2) as [string, string]
    const edge = edgeFor([fine, cut])
    expect(await send(closing([cut]))).toEqual([{ id: cut, code: null }])
    // The server shows the log without the row.
    edge.heads.set(cut, NO_ROW)
    const report = openedWith(await tell(staff, { text: 'Кат' }))
    report.item.id = cut
    vi.stubGlobal('fetch', (path: string, { body }: { body: string }) =>
      path.endsWith(cut) ? Promise.resolve(Response.json(report)) : edge.answer(path, body),
    )
    expect(await send(closing([fine, cut]))).toEqual([
      { id: fine, code: null },
      { id: cut, code: 'log_older' },
    ])
    // The app asks the server three times, because a response may be older than the browser's own
    // newest row.
    expect(edge.requests.slice(-4)).toEqual([
      { path: 'heads', cases: 2 },
      { path: 'changes', cases: 1 },
      { path: 'heads', cases: 1 },
      { path: 'heads', cases: 1 },
    ])
  })

  test('A case that a colleague has just changed is signed again, up to three times', async () => {
    const [fine, moving] = newIds(2) as [string, string]
    const edge = edgeFor([fine, moving])
    let times = 1
    edge.meanwhile = () => {
      if (times-- > 0) edge.heads.set(moving, randomBytes(32))
    }
    expect(await send(closing([fine, moving]))).toEqual([
      { id: fine, code: null },
      { id: moving, code: null },
    ])
    const [other] = newIds(1) as [string]
    const busy = edgeFor([other])
    busy.meanwhile = () => void busy.heads.set(other, randomBytes(32))
    expect(await send(closing([other]))).toEqual([{ id: other, code: 'chain_moved' }])
    expect(busy.requests).toHaveLength(6)
  })

  test('Without a network every case is named as not done, and nothing is lost', async () => {
    const ids = newIds(BULK_MAX + 1)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
    expect(await send(closing(ids))).toEqual(ids.map((id) => ({ id, code: 'network' })))
  })

  test('A case that the response leaves out is not called done', async () => {
    const [id] = newIds(1) as [string]
    const edge = edgeFor([id])
    vi.stubGlobal('fetch', (path: string, { body }: { body: string }) =>
      path.endsWith('changes')
        ? Promise.resolve(Response.json({ results: [] }))
        : edge.answer(path, body),
    )
    expect(await send(closing([id]))).toEqual([{ id, code: 'unavailable' }])
  })

  test('An ended session stops the act, and so does the person between two requests', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json({ error: { code: 'signed_out' } }, { status: 401 })),
    )
    const ids = newIds(BULK_MAX + 1)
    await expect(send(closing(ids))).rejects.toMatchObject({ code: 'signed_out' })
    const edge = edgeFor(ids)
    const stopping = new AbortController()
    edge.meanwhile = () => stopping.abort()
    await expect(send(closing(ids), stopping.signal)).rejects.toMatchObject({ name: 'AbortError' })
    expect(edge.requests).toHaveLength(2)
  })
})

test('Taking marks back changes no other part of a line, and no newer mark', () => {
  const before = { followUps: 1, rows: 2 }
  const item = lineItem('a', { followUps: 2, rows: 3, seen: before })
  const mark = { item, mark: { followUps: 2, rows: 3 }, before, knownBefore: 0 }
  const lines = (...now: QueueItem[]) => new Map(now.map((each) => [each.id, each]))
  const closed = { ...item, seen: mark.mark, status: 'closed' as const, rows: 4 }
  expect(linesWithout([mark], ['a'], lines(closed))).toEqual([{ ...closed, seen: before }])
  expect(linesWithout([mark], [], lines(closed))).toEqual([])
  expect(linesWithout([mark], ['a'], lines())).toEqual([])
  const seenMore = { ...closed, seen: { followUps: 2, rows: 4 } }
  expect(linesWithout([mark], ['a'], lines(seenMore))).toEqual([])
})

test('Marking as read names unread dangers instead, and can be taken back', async () => {
  const sent: [string, unknown][] = []
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    sent.push([path, JSON.parse(body)])
    return Promise.resolve(
      path.includes('gone')
        ? Response.json({ error: { code: 'not_found' } }, { status: 404 })
        : new Response(null, { status: 204 }),
    )
  })
  const seen = { followUps: 1, rows: 2 }
  const items = [
    lineItem('a', { followUps: 2, rows: 3, seen }),
    lineItem('gone'),
    lineItem('danger', { danger: true }),
    lineItem('changed', { danger: true, followUps: 1, rows: 5, seen }),
    lineItem('closed', { danger: true, status: 'closed', followUps: 2, seen }),
    lineItem('read', { followUps: 1, rows: 2, seen }),
  ]
  const { unread, left } = planRead(items)
  expect(left).toEqual([{ id: 'danger', why: 'danger' }])
  expect(unread.map(({ id }) => id)).toEqual(['a', 'gone', 'changed', 'closed'])
  const outcomes: CaseOutcome[] = []
  const marks: SetMark[] = []
  await markSeen(unread, (each, set) => {
    outcomes.push(...each)
    marks.push(...set)
  })
  expect(outcomes.map(({ id, code }) => [id, code])).toEqual([
    ...[
      ['a', null],
      ['gone', 'not_found'],
      ['changed', null],
    ],
    ['closed', null],
  ])
  expect(sent[0]).toEqual(['/api/staff/reports/a/seen', { followUps: 2, rows: 3 }])
  expect([marks.length, knownRows('a')]).toEqual([3, 3])
  sent.length = 0
  await takeMarksBack(marks, () => undefined)
  const back = { mark: { followUps: 2, rows: 3 }, before: seen }
  expect(sent[0]).toEqual(['/api/staff/reports/a/seen/back', back])
  // The earlier line is unread again, although this tab has recorded its rows.
  expect(marks.map(({ item }) => unreadOf(item))).toEqual(['letters', 'changes', 'letters'])
})
