// Tests the sentence that is shown in place of code that has not arrived yet.
import { render } from 'preact'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { WhenLoaded } from '#site/staff/ui/when-loaded.tsx'
import { fakeDocument, makeRoot, nodesOf } from '../support/fake-dom.ts'

beforeAll(() => vi.stubGlobal('document', fakeDocument))
afterAll(() => vi.unstubAllGlobals())

const words = messagesFrom({ 'staff.loading': 'loading' }, 'ky', () => undefined)
const never = (): Promise<never> => new Promise(() => undefined)

test.each([
  ['A part of a screen adds no main landmark while its code is fetched', false],
  ['A whole screen has a main landmark while its code is fetched', true],
])('%s', (_name, isScreen) => {
  const root = makeRoot()
  render(
    <GivenMessages value={words}>
      <WhenLoaded isScreen={isScreen} fetchPart={never}>
        {() => null}
      </WhenLoaded>
    </GivenMessages>,
    root,
  )
  const names = [...nodesOf(root)].map(({ localName }) => localName)
  expect(names).toContain('p')
  expect(names.includes('main')).toBe(isScreen)
})
