// Tests that the handover form reappears with its receiver and its ticked box, as after a lock.
import { render } from 'preact'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { HandoverPart } from '#site/staff/case/screen/shift/handover-part.tsx'
import { savedDraftKey, type DraftOf } from '#site/staff/crypto/drafts.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { nodesOf, type FakeNode } from '../support/fake-dom.ts'
import { partOf, screenOf, textsIn } from '../support/shown-case.tsx'
import { workedCases } from '../support/worked-case.ts'

let team: Colleagues
let loaded: LoadedReport
beforeAll(async () => {
  team = await colleagues()
  const [one] = await workedCases(team, ['Биринчи кат'])
  loaded = await one!.load(team.aigul)
})
let root: FakeNode
afterEach(async () => {
  render(null, root)
  // Preact may still have an earlier change to render.
  await new Promise((done) => setTimeout(done))
  vi.unstubAllGlobals()
})

const find = (name: string): FakeNode =>
  [...nodesOf(root)].find(({ localName }) => localName === name)!
const isTicked = (): boolean => find('input').attributes.has('checked')

function show(...kept: [of: DraftOf, text: string][]): void {
  const drafts = new Map(kept.map(([of, text]) => [savedDraftKey(of, loaded.item.id), text]))
  root = screenOf({ team, drafts }, <HandoverPart {...partOf(loaded)} onAsk={() => undefined} />)
}

test('A handover returns with its words, its receiver and its tick', () => {
  const to = team.bermet.keys.personId
  show(['handover', 'Түнү жазды'], ['handover_to', to], ['handover_give', to])
  expect(textsIn(root)).toContain('Түнү жазды')
  expect(find('select').attributes.get('value')).toBe(to)
  expect(isTicked()).toBe(true)
})

test('A receiver without words returns too', () => {
  const to = team.bermet.keys.personId
  show(['handover_to', to])
  expect(find('select').attributes.get('value')).toBe(to)
  expect(isTicked()).toBe(false)
})

test('A receiver who has left is not chosen, and the words are for everybody', () => {
  const left = 'L'.repeat(22)
  show(['handover', 'Түнү жазды'], ['handover_to', left], ['handover_give', left])
  expect(find('select').attributes.get('value')).toBe('')
  expect([...nodesOf(root)].some(({ localName }) => localName === 'input')).toBe(false)
  expect(textsIn(root)).toContain('staff.shift.without')
})

test('A tick for one colleague does not give the case to another', () => {
  const [to, other] = [team.bermet.keys.personId, team.aigul.keys.personId]
  show(['handover', 'Түнү жазды'], ['handover_to', other], ['handover_give', to])
  expect(find('select').attributes.get('value')).toBe(other)
  expect(isTicked()).toBe(false)
})
