// What the staff see of reports that are in no list.
import { render } from 'preact'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WAITING_SHOWN, type Counts } from '#protocol/staff'
import { CountsLine } from '#site/staff/desk/counts-line.tsx'
import { GivenWords, wordsFrom } from '#site/staff/words.tsx'
import { fakeDocument, makeRoot, nodesOf } from './fake-dom.ts'

const words = wordsFrom(
  { 'staff.counts.waiting': 'not listed', 'staff.counts.aside': 'set aside' },
  'ky',
  () => undefined,
)
beforeAll(() => vi.stubGlobal('document', fakeDocument))
afterAll(() => vi.unstubAllGlobals())

function shown(changes: Partial<Counts>): string {
  const counts = { new: 1, in_progress: 1, closed: 1, danger: 0, waiting: 0, aside: 0, ...changes }
  const root = makeRoot()
  render(
    <GivenWords value={words}>
      <CountsLine counts={counts} />
    </GivenWords>,
    // Guarantee: Preact asks a document only for what the fake one has.
    root,
  )
  return [...nodesOf(root)].map(({ data }) => data).join(' ')
}

test('reports that wait or lie aside are counted only when there are any', () => {
  expect(shown({})).not.toMatch(/not listed|set aside/)
  expect(shown({ waiting: 12, aside: 3 })).toMatch(/not listed +12 .*set aside +3/)
})

test('a bounded count says so, and one that is not known does not look like none', () => {
  expect(shown({ waiting: WAITING_SHOWN })).toContain(`${WAITING_SHOWN}+`)
  expect(shown({ waiting: null })).toMatch(/not listed +\?/)
})
