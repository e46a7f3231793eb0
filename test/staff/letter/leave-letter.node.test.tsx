import { render } from 'preact'
import { afterEach, expect, test, vi } from 'vitest'
import { emptyLetter } from '#site/staff/case/write/letter-form.ts'
import { ENTERED_LETTER } from '#site/staff/crypto/drafts.ts'
import { LetterPage } from '#site/staff/letter/letter-page.tsx'
import { type Navigation } from '#site/staff/session/navigation.ts'
import { colleagues } from '../support/colleagues.ts'
import { nodesOf, type FakeNode } from '../support/fake-dom.ts'
import { screenOf, soon, textsIn } from '../support/shown-case.tsx'

let root: FakeNode
afterEach(async () => {
  // Guarantee: Preact uses only the parts of a document that the fake document has.
  render(null, root)
  // Preact may still have an earlier change to render.
  await new Promise((done) => setTimeout(done))
  vi.unstubAllGlobals()
})

/** Shows the page with a letter that is being stored. Returns the guard of that page. */
async function storing(hasNumber: boolean) {
  const team = await colleagues()
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', () => new Promise(() => undefined))
  const guard = vi.fn<Navigation['guard']>()
  const place = { screen: 'letter', report: null } as const
  const navigation = { place, go: () => undefined, home: () => undefined, guard }
  const letter = JSON.stringify({ ...emptyLetter('ky'), text: 'Чалды', hasNumber })
  root = screenOf(
    { team, drafts: new Map([[ENTERED_LETTER, letter]]) },
    <LetterPage navigation={navigation} onStored={() => undefined} />,
  )
  await soon(() => expect(guard).toHaveBeenLastCalledWith(null))
  ;[...nodesOf(root)].find(({ localName }) => localName === 'form')?.fire('submit')
  await soon(() => expect(textsIn(root)).toContain('staff.letter.storing'))
  return guard
}

test('Nobody leaves unasked while the letter and its number are being stored', async () => {
  const guard = await storing(true)
  await soon(() => expect(guard).toHaveBeenLastCalledWith(expect.any(Function)))
  expect(guard.mock.lastCall?.[0]?.()).toBe(false)
  await soon(() => expect(textsIn(root)).toContain('staff.letter.coming.leave'))
})

test('A letter without a number is left while it is being stored', async () => {
  const guard = await storing(false)
  expect(guard).toHaveBeenLastCalledWith(null)
})
