// Tests the browser's Back button in the staff app. The test imitates the browser's history and its
// popstate event.
import { render } from 'preact'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useNavigation, type AppPlace, type Navigation } from '#site/staff/session/navigation.ts'
import { fakeDocument, FakeNode } from '../support/fake-dom.ts'

const home: AppPlace = { screen: 'reports', report: null }
const invite: AppPlace = { screen: 'invite', report: null }
let steps: unknown[]
let onBack: () => void
let navigation: Navigation

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
    navigation = useNavigation(home)
    return null
  }
  // Guarantee: Preact uses only the parts of a document that the fake document has. This root is
  // not emptied, because emptying it would need globals that no longer exist.
  render(<Here />, new FakeNode(1, 'div'))
  await settled()
})
afterEach(() => vi.unstubAllGlobals())

describe('Back', () => {
  test('Back leads home from every place, and the history has one step at most', async () => {
    for (const place of [invite, { screen: 'reports', report: 'x' } as const]) {
      navigation.go(place)
      await settled()
      expect(navigation.place).toEqual(place)
      navigation.go(invite)
      await settled()
      expect(steps).toHaveLength(2)
      history.back()
      await settled()
      expect(navigation.place).toEqual(home)
      expect(steps).toHaveLength(1)
    }
  })

  test('Back asks and keeps the screen while something would be lost', async () => {
    navigation.go(invite)
    await settled()
    const ask = vi.fn(() => false)
    navigation.guard(ask)
    history.back()
    navigation.go(home)
    await settled()
    expect(ask).toHaveBeenCalledTimes(2)
    expect(navigation.place).toEqual(invite)
    expect(steps).toHaveLength(2)

    navigation.guard(null)
    navigation.home()
    await settled()
    expect(navigation.place).toEqual(home)
    expect(steps).toHaveLength(1)
  })

  test('Forward opens again what Back left', async () => {
    const report: AppPlace = { screen: 'reports', report: 'x' }
    navigation.go(report)
    await settled()
    const [, up] = steps
    history.back()
    await settled()
    expect(navigation.place).toEqual(home)
    steps.push(up)
    onBack()
    await settled()
    expect(navigation.place).toEqual(report)
    history.back()
    await settled()
    expect(navigation.place).toEqual(home)
  })

  test('Back does not leave the app from home while something would be lost', () => {
    navigation.guard(() => false)
    expect(steps).toHaveLength(2)
  })
})
