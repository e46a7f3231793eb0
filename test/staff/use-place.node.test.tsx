// Back at the desk: the browser's history, as far as it matters here, and a listener that is called as a browser calls it.
import { render } from 'preact'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { usePlace, type Place, type Standing } from '#site/staff/desk/use-place.ts'
import { fakeDocument, makeRoot } from './fake-dom.ts'

const home: Place = { room: 'reports', report: null }
const invite: Place = { room: 'invite', report: null }
let steps: unknown[]
let onBack: () => void
let standing: Standing

const settled = () => new Promise((resolve) => setTimeout(resolve, 60))
beforeEach(async () => {
  steps = [null]
  vi.stubGlobal('document', { ...fakeDocument, getElementById: () => null })
  vi.stubGlobal('addEventListener', (_popstate: string, listener: () => void) => {
    onBack = listener
  })
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('history', {
    get state() {
      return steps.at(-1)
    },
    pushState: (state: unknown) => steps.push(state),
    back: () => {
      steps.pop()
      onBack()
    },
  })
  function Here() {
    standing = usePlace(home)
    return null
  }
  // Guarantee: Preact asks a document only for what the fake one has.
  render(<Here />, makeRoot())
  await settled()
})
afterEach(() => vi.unstubAllGlobals())

describe('Back', () => {
  test('comes home from every place, and only one step is ever taken', async () => {
    for (const place of [invite, { room: 'reports', report: 'x' } as const]) {
      standing.go(place)
      await settled()
      expect(standing.place).toEqual(place)
      standing.go(invite)
      await settled()
      expect(steps).toHaveLength(2)
      history.back()
      await settled()
      expect(standing.place).toEqual(home)
      expect(steps).toHaveLength(1)
    }
  })

  test('stays while something would be lost, and asks', async () => {
    standing.go(invite)
    await settled()
    const ask = vi.fn(() => false)
    standing.guard(ask)
    history.back()
    standing.go(home)
    await settled()
    expect(ask).toHaveBeenCalledTimes(2)
    expect(standing.place).toEqual(invite)
    expect(steps).toHaveLength(2)

    standing.guard(null)
    standing.home()
    await settled()
    expect(standing.place).toEqual(home)
    expect(steps).toHaveLength(1)
  })

  test('does not leave the app from home either while something would be lost', () => {
    standing.guard(() => false)
    expect(steps).toHaveLength(2)
  })
})
