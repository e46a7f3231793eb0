import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type StoredCase } from '#protocol/staff/case-log/stored-case'
import { type DiscardPredicate } from '#protocol/staff/list/discard'
import { reportsNaming } from '#site/staff/discard/naming-author.ts'
import { type IndexedCase } from '#site/staff/search/case-index.ts'
import { hasName } from '#site/staff/search/find-name.ts'
import { fold } from '#site/staff/search/fold.ts'
import { openedWith, staffed, tell, type Filed } from '../support/people.ts'
import { NO_CASE_COUNTS } from '#test/staff/search/support/no-counts.ts'

const PREDICATE: DiscardPredicate = {
  ...{ grade: 1, danger: false, sealedBy: 'both', keep: [] },
  ...{ from: '2026-11-24', to: '2026-11-24' },
}

let named: Filed, other: Filed
beforeAll(async () => {
  const org = await staffed()
  ;[named, other] = [await tell(org, { text: 'a' }), await tell(org, { text: 'b' })]
})
afterEach(() => vi.unstubAllGlobals())

const indexed = ({ id }: Filed, text: string): [string, IndexedCase] => [
  id,
  {
    ...{ id, title: '', tags: [], risk: null, language: 'ky', followUps: 0, rows: 0 },
    ...{
      isNamed: false,
      places: [],
      tasks: [],
      help: [],
      counts: NO_CASE_COUNTS,
      referrals: [],
      handovers: [],
    },
    folded: fold(text),
  },
]

/** Lists the edge's reports that contain the name Айгүл. */
function naming(
  predicate: Partial<DiscardPredicate> = {},
  item: Partial<StoredCase['item']> = {},
): Promise<string[]> {
  vi.stubGlobal('fetch', (path: string) => {
    const filed = [named, other].find(({ id }) => path.includes(id))
    if (!filed) throw new Error('an unknown report')
    const stored = openedWith(filed)
    return Promise.resolve(Response.json({ ...stored, item: { ...stored.item, ...item } }))
  })
  const cases = new Map([indexed(named, 'Айгулдун кызматкери алдады'), indexed(other, 'Айша')])
  return reportsNaming('Айгүл', { ...PREDICATE, ...predicate }, cases)
}

test('A discard that covers a report with its author’s name finds that report', async () => {
  expect(await naming()).toEqual([named.id])
})

test('A report that the discard does not cover does not count', async () => {
  for (const predicate of [
    { keep: [named.id] },
    { to: '2026-11-23', from: '2026-11-23' },
    { grade: 0 as const },
    { sealedBy: 'worker' as const },
  ])
    expect(await naming(predicate)).toEqual([])
  for (const item of [{ danger: true }, { status: 'closed' as const }, { rows: 1 }, { kind: 4 }])
    expect(await naming({}, item)).toEqual([])
  expect(await naming({ danger: true }, { danger: true })).toEqual([named.id])
})

test.each([
  ['Чолпон Асанова', 'бул чолпон эле', true],
  ['Чолпон Асанова', 'АСАНОВАГА айтпагыла', true],
  ['Чолпон Асанова', 'асан эле', false],
  ['Ли', 'ли деген киши', false],
])('The name %s in “%s”: %s', (name, text, isIn) => {
  expect(hasName(fold(text), name)).toBe(isIn)
})
