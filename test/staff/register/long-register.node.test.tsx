// Renders a register of ten thousand referrals, a hundred lines at a time.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { RegisterPage } from '#site/staff/register/register-page.tsx'
import { CaseIndexContext, type IndexedCase } from '#site/staff/search/case-index.ts'
import { type IndexedReferral } from '#site/staff/search/kept-referrals.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { FakeNode, nodesOf } from '../support/fake-dom.ts'
import { screenOf, soon, textsIn } from '../support/shown-case.tsx'

const [CASES, REFERRALS, RECEIVERS] = [100, 100, 40]

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const referral = (caseId: string, n: number): IndexedReferral => ({
  signed: {
    ...{ caseId, n, actor: team.aigul.keys.personId, day: '2026-11-01', hash: null },
    ...{ fileHash: '', second: 'none', state: 'sent', wasSent: true, confirmed: null, steps: [] },
    expectedDay: '2999-01-01',
  },
  receiver: { name: `Борбор ${RECEIVERS - (n % RECEIVERS)}`, kind: 'organisation', listed: null },
  basis: 'consent',
  facts: { madeAt: '2026-11-01T10:00Z', consentEnds: null, told: null, marks: [] },
})

/** Shows the register. @returns the root of the screen */
async function shownRegister(): Promise<FakeNode> {
  const cases = Array.from({ length: CASES }, (_, at) => {
    const id = `case-${at}`
    const referrals = Array.from({ length: REFERRALS }, (_each, n) => referral(id, n))
    return [id, { id, title: `Иш ${at}`, referrals }] as const
  })
  const index = {
    isRead: true,
    // Guarantee: the register reads only the names and the referrals of cases.
    cases: new Map(cases) as unknown as ReadonlyMap<string, IndexedCase>,
    update: () => undefined,
  } as never
  const root = screenOf(
    { team, roles: ['caseworker'] },
    <CaseIndexContext.Provider value={index}>
      <RegisterPage onBack={() => undefined} onOpen={() => undefined} />
    </CaseIndexContext.Provider>,
  )
  await soon(() => expect(linesOf(root)).toHaveLength(100))
  return root
}

const linesOf = (root: FakeNode): FakeNode[] =>
  [...nodesOf(root)].filter(
    ({ localName, parentNode }) => localName === 'button' && parentNode?.localName === 'li',
  )
const more = (root: FakeNode): FakeNode | undefined =>
  [...nodesOf(root)].find(
    (each) => each.localName === 'button' && textsIn(each) === 'staff.queue.more',
  )

test('Each press shows a hundred more lines, and the focus goes to the first new one', async () => {
  const root = await shownRegister()
  const focus = vi.spyOn(FakeNode.prototype, 'focus')
  for (const shown of [200, 300]) {
    more(root)?.fire('click')
    await soon(() => expect(linesOf(root)).toHaveLength(shown))
    await soon(() => expect(focus.mock.contexts.at(-1)).toBe(linesOf(root)[shown - 100]))
  }
})

test('The receivers of a long register stand by name', async () => {
  const root = await shownRegister()
  const names = [...nodesOf(root)]
    .filter(({ localName }) => localName === 'option')
    .map((each) => textsIn(each).replace(/.*(Борбор \d+).*/, '$1'))
    .filter((each) => each.startsWith('Борбор'))
  expect(names).toHaveLength(RECEIVERS)
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)))
})
