// Tests that a change that depends on a case's newest log is not signed against a truncated log.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { showing } from '../support/team-edge.ts'
import { workedCases } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
afterEach(() => vi.unstubAllGlobals())

test('R36: A danger is not signed before a row that this browser knows', async () => {
  const [one] = await workedCases(team, ['Мени кармап турушат'])
  if (!one) throw new Error('no case')
  const loaded = await one.openAndTake(team.aigul)
  await writeIn(team.aigul, loaded.sealed).entry(noteOf('Жумага чейин чалбагыла'))
  const posted: string[] = []
  let reads = 0
  // The server shows the whole case when the app fetches the key. When the app prepares the row,
  // the server shows a truncated log.
  const cut = showing(one.id, (stored) => ({ ...stored, log: stored.log.slice(0, -1) }))
  one.edge.wire = (sent) => {
    if (sent.method !== 'GET') posted.push(sent.path)
    reads += Number(sent.method === 'GET' && !sent.path.endsWith('/head'))
    return reads < 2 ? sent.pass() : cut(sent)
  }
  const { sealed } = await one.load(team.aigul)
  const entry = { v: 1, kind: 'danger', at: '2026-11-29T21:00Z', text: '', isDanger: true } as const
  await expect(writeIn(team.aigul, sealed).danger(entry)).rejects.toMatchObject({
    code: 'log_older',
  })
  expect(posted).toEqual([])
})
