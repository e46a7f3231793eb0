import { beforeEach, expect, test, vi } from 'vitest'
import { watchQuickExit } from '#site/components/quick-exit.ts'

type Listener = (event: object) => void

let listeners: Record<string, Listener>
let replaced: string[]
let page: {
  title: string
  documentElement: { textContent: string }
  querySelector: () => { getAttribute: () => string }
}

const AWAY = 'https://neutral.example/'

class FakeElement {
  readonly inside: boolean
  constructor(inside: boolean) {
    this.inside = inside
  }
  closest(): FakeElement | null {
    return this.inside ? this : null
  }
}

beforeEach(() => {
  listeners = {}
  replaced = []
  page = {
    title: 'page',
    documentElement: { textContent: 'words' },
    querySelector: () => ({ getAttribute: () => AWAY }),
  }
  vi.stubGlobal('onbeforeunload', () => true)
  vi.stubGlobal('Element', FakeElement)
  vi.stubGlobal('document', page)
  vi.stubGlobal('location', { replace: (to: string) => replaced.push(to) })
  vi.stubGlobal(
    'addEventListener',
    (name: string, listener: Listener) => (listeners[name] = listener),
  )
  watchQuickExit()
})

const press = (key: string, timeStamp: number, repeat = false): void =>
  listeners['keydown']?.({ key, timeStamp, repeat })

test('Shift three times blanks the page and replaces it in the history', () => {
  press('Shift', 100)
  press('Shift', 300)
  expect(replaced).toEqual([])
  press('Shift', 500)
  expect(replaced).toEqual([AWAY])
  expect(page).toMatchObject({ title: '', documentElement: { textContent: '' } })
})

test('capitals while writing, a held key and slow presses do not leave', () => {
  for (const [at, key] of ['Shift', 'А', 'Shift', 'Б', 'Shift', 'В'].entries()) press(key, at * 100)
  for (let at = 1000; at < 1500; at += 100) press('Shift', at, true)
  for (let at = 10_000; at < 30_000; at += 3000) press('Shift', at)
  expect(replaced).toEqual([])
})

test('the exit link leaves at once, other places do not', () => {
  const preventDefault = vi.fn()
  listeners['click']?.({ target: new FakeElement(false), preventDefault })
  expect(replaced).toEqual([])
  listeners['click']?.({ target: new FakeElement(true), preventDefault })
  expect(preventDefault).toHaveBeenCalledOnce()
  expect(replaced).toEqual([AWAY])
})

test('leaving asks nothing, though the page guards words, and needs no host of ours', () => {
  for (const at of [100, 200, 300]) press('Shift', at)
  expect(globalThis.onbeforeunload).toBeNull()
  expect(new URL(replaced[0] ?? '').protocol).toBe('https:')
})
