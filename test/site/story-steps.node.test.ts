// Tests the history entries that the steps of a story create, with a fake history and location.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { replaceSteps } from '#site/enhance/replace-steps.ts'
import { watchChoices } from '#site/enhance/story-choices.ts'

const AWAY = 'https://neutral.example/'

let listeners: Record<string, (event: object) => void>
let replaced: string[]
let went: number[]

const choose = (hash: string, keys: object = {}) => {
  const preventDefault = vi.fn()
  listeners['click']?.({ target: { closest: () => ({ hash }) }, preventDefault, ...keys })
  return preventDefault
}

beforeEach(() => {
  vi.useFakeTimers()
  listeners = {}
  replaced = []
  went = []
  vi.stubGlobal('location', { replace: (to: string) => replaced.push(to), hash: '' })
  const entry: { state: number | null } = { state: null }
  vi.stubGlobal(
    'history',
    Object.assign(entry, {
      go: (steps: number) => went.push(steps),
      replaceState: (state: number) => {
        entry.state = state
      },
    }),
  )
  vi.stubGlobal('addEventListener', (name: string, listener: (event: object) => void) => {
    listeners[name] = listener
  })
  watchChoices()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('Each choice opens its scene and counts one step', () => {
  for (const scene of ['#ask', '#list']) expect(choose(scene)).toHaveBeenCalledOnce()
  expect(location.hash).toBe('#list')
  expect(history.state).toBe(2)
  expect(replaced).toEqual([])
})

test('A choice with a modifier key is left to the browser', () => {
  expect(choose('#ask', { ctrlKey: true })).not.toHaveBeenCalled()
  expect(history.state).toBeNull()
})

test('Leaving the first scene replaces the page at once', () => {
  replaceSteps(AWAY)
  expect(went).toEqual([])
  expect(replaced).toEqual([AWAY])
})

test('Leaving after two steps goes back over both steps and then replaces the page once', () => {
  choose('#ask')
  choose('#list')
  replaceSteps(AWAY)
  expect(went).toEqual([-2])
  expect(replaced).toEqual([])
  listeners['popstate']?.({})
  vi.runAllTimers()
  expect(replaced).toEqual([AWAY])
})

test('The page leaves although the browser does not go back', () => {
  choose('#ask')
  replaceSteps(AWAY)
  expect(replaced).toEqual([])
  vi.advanceTimersByTime(300)
  expect(replaced).toEqual([AWAY])
})
