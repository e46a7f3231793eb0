import { render } from 'preact'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ErrorBoundary } from '#site/staff/ui/errors.tsx'
import { fakeDocument, makeRoot, nodesOf } from '../support/fake-dom.ts'

beforeAll(() => vi.stubGlobal('document', fakeDocument))
afterAll(() => vi.unstubAllGlobals())

function Hostile(): never {
  throw new RangeError('Invalid time value')
}

test('A component that throws is replaced by a sentence, and other components stay', async () => {
  const root = makeRoot()
  // Guarantee: Preact uses only the parts of a document that the fake document has.
  render(
    <main>
      <p>тизме</p>
      <ErrorBoundary instead={<p>кайтуу</p>}>
        <Hostile />
      </ErrorBoundary>
    </main>,
    root,
  )
  await new Promise((resolve) => setTimeout(resolve, 20))
  const texts = [...nodesOf(root)].map(({ data }) => data).filter(Boolean)
  expect(texts).toEqual(['тизме', 'кайтуу'])
})
