// Tests the counts of reports that are in no list, and the request for a second reader.
import { render } from 'preact'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WAITING_SHOWN, type Counts } from '#protocol/staff/list/counts'
import { type Role } from '#protocol/staff/fields'
import { countsFor, CountsSummary, FewReaders } from '#site/staff/workspace/counts.tsx'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { fakeDocument, makeRoot, nodesOf } from '../support/fake-dom.ts'

const words = messagesFrom(
  {
    'staff.counts.waiting': 'not listed',
    'staff.counts.aside': 'set aside',
    'staff.counts.few_readers': 'second reader',
  },
  'ky',
  () => undefined,
)
beforeAll(() => vi.stubGlobal('document', fakeDocument))
afterAll(() => vi.unstubAllGlobals())

function shown(
  changes: Partial<Counts>,
  rosterReaders: number | null = 2,
  roles: readonly Role[] = ['intake'],
): string {
  const counts: Counts = {
    new: 1,
    in_progress: 1,
    closed: 1,
    danger: 0,
    waiting: 0,
    aside: 0,
    arrivals: { reports: 3, followUps: 0 },
    readers: 2,
    report: null,
    discard: null,
    ...changes,
  }
  const root = makeRoot()
  render(
    <GivenMessages value={words}>
      <CountsSummary counts={countsFor(roles, counts)} onWaiting={null} />
      <FewReaders readers={rosterReaders} />
    </GivenMessages>,
    // Guarantee: Preact uses only the parts of a document that the fake document has.
    root,
  )
  return [...nodesOf(root)].map(({ data }) => data).join(' ')
}

test('Reports that wait or are in quarantine are counted only when there are any', () => {
  expect(shown({})).not.toMatch(/not listed|set aside/)
  expect(shown({ waiting: 12, aside: 3 })).toMatch(/not listed +12 .*set aside +3/)
})

test('A bounded count has a plus, and an unknown count is a question mark instead of zero', () => {
  expect(shown({ waiting: WAITING_SHOWN })).toContain(`${WAITING_SHOWN}+`)
  expect(shown({ waiting: null })).toMatch(/not listed +\?/)
})

test('A caseworker, even one who is an admin, sees no count that the edge does not know', () => {
  const unknown = { waiting: null, aside: null }
  for (const roles of [['caseworker'], ['admin', 'caseworker']] as const)
    expect(shown(unknown, 2, roles)).not.toMatch(/not listed|set aside/)
  for (const roles of [['admin'], ['intake'], ['intake', 'caseworker']] as const)
    expect(shown(unknown, 2, roles)).toMatch(/not listed +\?/)
})

test('The app asks for a second reader until the roster confirms a second reader', () => {
  expect(shown({}, 0)).toContain('second reader')
  expect(shown({}, 1)).toContain('second reader')
  expect(shown({}, 2)).not.toContain('second reader')
})

test('The number of readers that the server counts does not hide the wish for a second one', () => {
  expect(shown({ readers: 5 }, 1)).toContain('second reader')
  expect(shown({ readers: 0 }, null)).not.toContain('second reader')
})
