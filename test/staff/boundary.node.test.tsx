import { render } from 'preact'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Boundary } from '#site/staff/parts/boundary.tsx'
import { fakeDocument, makeRoot, nodesOf } from './fake-dom.ts'

beforeAll(() => vi.stubGlobal('document', fakeDocument))
afterAll(() => vi.unstubAllGlobals())

function Hostile(): never {
  throw new RangeError('Invalid time value')
}

test('what throws while it is shown leaves the rest standing, and a sentence in its place', async () => {
  const root = makeRoot()
  // Guarantee: Preact asks a document only for what the fake one has.
  render(
    <main>
      <p>тизме</p>
      <Boundary instead={<p>кайтуу</p>}>
        <Hostile />
      </Boundary>
    </main>,
    root,
  )
  await new Promise((resolve) => setTimeout(resolve, 20))
  const texts = [...nodesOf(root)].map(({ data }) => data).filter(Boolean)
  expect(texts).toEqual(['тизме', 'кайтуу'])
})
