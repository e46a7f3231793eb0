import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { fetchReport, putSeen } from '#site/staff/api/case-api.ts'
import { openKeysOf } from '#site/staff/case/read/key-hashes.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { EMPTY_SUMMARY, openRecord, sealRecord } from '#site/staff/crypto/case-record.ts'
import { type CaseOutcome } from '#site/staff/list/bulk/send-bulk.ts'
import { tagCases } from '#site/staff/list/bulk/tag-cases.ts'
import { unreadOf } from '#site/staff/list/unread.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { tell } from '../support/people.ts'
import { TeamEdge } from '../support/team-edge.ts'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})

let edge: TeamEdge
let ids: string[]
/** runs before a record is stored */
let meanwhile: () => Promise<void>

// The app remembers rows for each case, so each test has its own cases.
beforeEach(async () => {
  meanwhile = () => Promise.resolve()
  edge = await TeamEdge.begin(team)
  ids = []
  for (const text of ['Биринчи', 'Экинчи'])
    ids.push((await edge.post(await tell(team.staff, { text }))).id)
  edge.wire = async ({ path, pass }) => {
    if (path.endsWith('/records')) await meanwhile()
    return pass()
  }
})
afterEach(() => vi.unstubAllGlobals())

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
  const opened = await edge.stored(id)
  const [stored] = opened.records
  if (!stored) return []
  const open = await openKeysOf(team.bermet, [opened])
  const key = open.get(caseKeyName({ caseId: id, keyNo: stored.keyNo }))
  if (!key) throw new Error('the case key does not open')
  const record = await openRecord(key, stored, stored.sealed)
  return record.kind === 'summary' ? record.tags : []
}

test('A tag comes to each case once, beside the tags that are already there', async () => {
  expect(await tag('карыз')).toEqual(ids.map((id) => ({ id, code: null })))
  await tag('18ге чыга элек', team.bermet)
  await tag('карыз')
  for (const id of ids) {
    expect(await tagsOf(id)).toEqual(['карыз', '18ге чыга элек'])
    expect((await edge.stored(id)).records[0]?.revision).toBe(2)
  }
})

test('Rows of one’s own tag are not news to oneself, and earlier changes stay news', async () => {
  const [first = '', second = ''] = ids
  for (const id of ids) {
    await putSeen(id, { followUps: 0, rows: 0 })
    await writeIn(team.bermet, await fetchReport(id)).entry(noteOf('Белги'))
  }
  const unread = async (id: string) => unreadOf((await edge.stored(id)).item)
  expect([await unread(first), await unread(second)]).toEqual(['changes', 'changes'])
  await putSeen(first, { followUps: 0, rows: (await edge.stored(first)).log.length })
  await tag('карыз')
  expect([await unread(first), await unread(second)]).toEqual([null, 'changes'])
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
  const [, other = ''] = ids
  const gone = toB64(randomBytes(16))
  ids = [gone, other]
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

test('R48: A summary that the log does not have gets no tag, and nothing is signed', async () => {
  await tag('карыз')
  const [id = ''] = ids
  const opened = await edge.stored(id)
  const [stored] = opened.records
  const open = await openKeysOf(team.bermet, [opened])
  const key = stored && open.get(caseKeyName({ caseId: id, keyNo: stored.keyNo }))
  if (!stored || !key) throw new Error('the case key does not open')
  const forged = await sealRecord(key, stored, { ...EMPTY_SUMMARY, title: 'Жалган' })
  const { fetch } = globalThis
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const answer = await fetch(path, init)
    if (!path.endsWith(id) || init.method !== 'GET') return answer
    const told = (await answer.json()) as StoredCase
    return Response.json({ ...told, records: [{ ...told.records[0], sealed: forged }] })
  })
  expect(await tag('18ге чыга элек')).toContainEqual({ id, code: 'ledger_broken' })
  vi.stubGlobal('fetch', fetch)
  expect((await edge.stored(id)).log).toHaveLength(opened.log.length)
})
