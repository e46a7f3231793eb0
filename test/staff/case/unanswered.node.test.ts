// Tests that words are stored only once in a case if the response is lost and the person resends
// them.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Кат'])
})
let work: WorkedCase
beforeEach(async () => {
  const [one] = await copyCases(begun)
  work = one!
})
afterEach(() => vi.unstubAllGlobals())

type Fate = 'request lost' | 'answer lost' | 'refused'

/** Determines the outcome of the next change to the case. Reading still works. */
function meet(fate: Fate): void {
  const edge = globalThis.fetch
  let isMet = false
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (isMet || init.method === 'GET') return edge(path, init)
    isMet = true
    if (fate === 'refused')
      return Response.json({ error: { code: 'not_allowed' } }, { status: 403 })
    if (fate === 'answer lost') await edge(path, init)
    throw new TypeError('Failed to fetch')
  })
}

const textsIn = async (): Promise<unknown[]> =>
  (await work.load(team.bermet)).entries.map(({ entry }) => entry?.text)

test.each<Fate>(['request lost', 'answer lost', 'refused'])(
  'A note is stored once when it is sent again after: %s',
  async (fate) => {
    const { sealed } = await work.openAndTake(team.aigul)
    meet(fate)
    await expect(writeIn(team.aigul, sealed).entry(noteOf('Белги'))).rejects.toMatchObject({
      code: fate === 'refused' ? 'not_allowed' : 'network',
    })
    const key = await writeIn(team.aigul, sealed).entry(noteOf('Белги'))
    const { entries } = await work.load(team.bermet)
    expect(entries.map((each) => [each.key, each.entry?.text])).toEqual([[key, 'Белги']])
  },
)

test('A note is stored once, even when a colleague has written before the second try', async () => {
  const { sealed } = await work.openAndTake(team.aigul)
  meet('answer lost')
  await writeIn(team.aigul, sealed)
    .entry(noteOf('Белги'))
    .catch(() => undefined)
  await writeIn(team.bermet, sealed).entry(noteOf('Башка белги'))
  await writeIn(team.aigul, sealed).entry(noteOf('Белги'))
  expect(await textsIn()).toEqual(['Белги', 'Башка белги'])
})

test('The second try may have another minute', async () => {
  const { sealed } = await work.openAndTake(team.aigul)
  meet('answer lost')
  await writeIn(team.aigul, sealed)
    .entry({ ...noteOf('Белги'), at: '2026-11-26T10:00Z' })
    .catch(() => undefined)
  await writeIn(team.aigul, sealed).entry({ ...noteOf('Белги'), at: '2026-11-26T10:01Z' })
  expect(await textsIn()).toEqual(['Белги'])
})

test('Other words, a colleague’s words, and words sent twice on purpose all stay', async () => {
  const { sealed } = await work.openAndTake(team.aigul)
  meet('answer lost')
  await writeIn(team.aigul, sealed)
    .entry(noteOf('Белги'))
    .catch(() => undefined)
  await writeIn(team.aigul, sealed).entry(noteOf('Белги'))
  await writeIn(team.aigul, sealed).entry(noteOf('Башка белги'))
  await writeIn(team.bermet, sealed).entry(noteOf('Белги'))
  await writeIn(team.aigul, sealed).entry(noteOf('Белги'))
  expect(await textsIn()).toEqual(['Белги', 'Башка белги', 'Белги', 'Белги'])
})

test('A danger that a colleague has lifted since is set again with the same words', async () => {
  const { sealed } = await work.openAndTake(team.aigul)
  const entry = { v: 1, kind: 'danger', at: '2026-11-26T10:00Z', text: 'Себеп' } as const
  meet('answer lost')
  await writeIn(team.aigul, sealed)
    .danger({ ...entry, isDanger: true })
    .catch(() => undefined)
  const { sealed: seen } = await work.load(team.bermet)
  await writeIn(team.bermet, seen).danger({ ...entry, text: 'Өттү', isDanger: false })
  const { sealed: lifted } = await work.load(team.aigul)
  await writeIn(team.aigul, lifted).danger({ ...entry, isDanger: true })
  expect(await textsIn()).toEqual(['Себеп', 'Өттү', 'Себеп'])
  expect((await work.load(team.aigul)).danger).toBe(true)
})

test('A danger whose answer got lost is set once, with its reason', async () => {
  const { sealed } = await work.openAndTake(team.aigul)
  const entry = {
    v: 1,
    kind: 'danger',
    at: '2026-11-26T10:00Z',
    text: 'Себеп',
    isDanger: true,
  } as const
  meet('answer lost')
  await writeIn(team.aigul, sealed)
    .danger(entry)
    .catch(() => undefined)
  await writeIn(team.aigul, sealed).danger(entry)
  expect(await textsIn()).toEqual(['Себеп'])
  expect((await work.load(team.aigul)).danger).toBe(true)
})
