import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fromB64 } from '#protocol/bytes'
import { caseKeyName, NewRecord } from '#protocol/staff/case-log/bodies'
import { RecordSet } from '#protocol/staff/case-log/changes'
import { rowHash } from '#protocol/staff/chain'
import { openKeysOf } from '#site/staff/case/read/key-hashes.ts'
import { openRecord } from '#site/staff/crypto/case-record.ts'
import { type CaseOutcome } from '#site/staff/list/bulk/send-bulk.ts'
import { tagCases } from '#site/staff/list/bulk/tag-cases.ts'
import { unreadOf } from '#site/staff/list/unread.ts'
import { CaseEdge } from '../support/case-edge.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { openedWith, tell } from '../support/people.ts'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})

/** The edge's cases, by id. */
let edges: Map<string, CaseEdge>
let ids: string[]
/** runs before a record is stored */
let meanwhile: () => Promise<void>

beforeEach(async () => {
  meanwhile = () => Promise.resolve()
  edges = new Map()
  for (const text of ['Биринчи', 'Экинчи']) {
    const reported = await tell(team.staff, { text })
    edges.set(reported.id, new CaseEdge(openedWith(reported)))
  }
  ids = [...edges.keys()]
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit) => {
    const [, id = ''] = /reports\/([^/]+)/.exec(path) ?? []
    const edge = edges.get(id)
    if (!edge) return Response.json({ error: { code: 'not_found' } }, { status: 404 })
    if (path.endsWith('/records')) {
      const given = NewRecord.parse(JSON.parse(body as string))
      await meanwhile()
      return setRecord(edge, given)
    }
    return edge.answer(path, method, body as string | undefined)
  })
})
afterEach(() => vi.unstubAllGlobals())

/** Stores a record as the edge does, which refuses a stale revision. */
async function setRecord(edge: CaseEdge, { signed, sealed }: NewRecord): Promise<Response> {
  const { record, revision, keyNo } = RecordSet.parse(JSON.parse(signed.change))
  const now = edge.stored.records.find((each) => each.record === record)?.revision ?? 0
  if (revision !== now + 1)
    return Response.json({ error: { code: 'record_changed' } }, { status: 409 })
  const row = { ...signed, signature: fromB64(signed.signature) }
  edge.head = await rowHash(edge.head, row)
  edge.stored = {
    ...edge.stored,
    log: [...edge.stored.log, signed],
    records: [{ record, revision, keyNo, sealed }],
  }
  return new Response(null, { status: 204 })
}

const tag = async (
  word: string,
  by: Colleagues['aigul'] = team.aigul,
  signal = new AbortController().signal,
): Promise<CaseOutcome[]> => {
  const outcomes: CaseOutcome[] = []
  await tagCases(by, { tag: word, ids }, (each) => outcomes.push(each), signal)
  return outcomes
}

/** Opens the summary of a case as a colleague does. */
async function tagsOf(id: string): Promise<readonly string[]> {
  const opened = edges.get(id)?.stored
  const [stored] = opened?.records ?? []
  if (!opened || !stored) return []
  const open = await openKeysOf(team.bermet, [opened])
  const key = open.get(caseKeyName({ caseId: id, keyNo: stored.keyNo }))
  if (!key) throw new Error('the case key does not open')
  const record = await openRecord(key, stored, stored.sealed)
  return record.kind === 'summary' ? record.tags : []
}

test('A tag comes to each case once, beside the tags that stand there', async () => {
  expect(await tag('карыз')).toEqual(ids.map((id) => ({ id, code: null })))
  await tag('18ге чыга элек', team.bermet)
  await tag('карыз')
  for (const id of ids) {
    expect(await tagsOf(id)).toEqual(['карыз', '18ге чыга элек'])
    expect(edges.get(id)?.stored.records[0]?.revision).toBe(2)
  }
})

test('Rows of an own tag are no news to the author, and earlier changes stay news', async () => {
  const [first = '', second = ''] = ids
  const withRows = (id: string, seenRows: number): void => {
    const edge = edges.get(id)
    if (edge)
      edge.stored.item = { ...edge.stored.item, rows: 1, seen: { followUps: 0, rows: seenRows } }
  }
  withRows(first, 1)
  withRows(second, 0)
  await tag('карыз')
  const unread = (id: string) => {
    const stored = edges.get(id)?.stored
    return stored && unreadOf({ ...stored.item, rows: 1 + stored.log.length })
  }
  expect([unread(first), unread(second)]).toEqual([null, 'changes'])
})

test('Two colleagues who tag a case at once both keep their tag', async () => {
  await tag('карыз')
  let isFirst = true
  meanwhile = async () => {
    if (!isFirst) return
    isFirst = false
    await tag('юрист', team.bermet)
  }
  expect(await tag('Түркия')).toEqual(ids.map((id) => ({ id, code: null })))
  for (const id of ids)
    expect([...(await tagsOf(id))].sort()).toEqual(['карыз', 'Түркия', 'юрист'].sort())
})

test('A case that is gone is named, and the others get the tag', async () => {
  const [gone = '', other = ''] = ids
  edges.delete(gone)
  expect(await tag('карыз')).toEqual([
    { id: gone, code: 'not_found' },
    { id: other, code: null },
  ])
  expect(await tagsOf(other)).toEqual(['карыз'])
})

test('A tag that does not fit is refused, and the summary stays', async () => {
  const long = 'Ы'.repeat(2000)
  await tag(long)
  const [id = ''] = ids
  const outcomes = await tag(long.replace('Ы', 'Э') + 'Э'.repeat(2000))
  expect(outcomes[0]).toEqual({ id, code: 'text_too_long' })
  expect(await tagsOf(id)).toEqual([long])
})

test('The person stops the act between two cases, and the rest has no tag', async () => {
  const stopping = new AbortController()
  meanwhile = () => {
    stopping.abort()
    return Promise.resolve()
  }
  await expect(tag('карыз', team.aigul, stopping.signal)).rejects.toMatchObject({
    name: 'AbortError',
  })
  const [first = '', second = ''] = ids
  expect([await tagsOf(first), await tagsOf(second)]).toEqual([['карыз'], []])
})
