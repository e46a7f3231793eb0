import { beforeEach, expect, test, vi } from 'vitest'
import { watchQuickExit } from '#site/enhance/quick-exit.ts'

type Listener = (event: object) => void

let listeners: Record<string, Listener>
let replaced: string[]
let messages: unknown[]
let channels: FakeChannel[]
let page: {
  title: string
  documentElement: { textContent: string }
  querySelector: () => { getAttribute: () => string }
}

const AWAY = 'https://neutral.example/'

class FakeChannel {
  onmessage: (() => void) | null = null
  readonly name: string
  constructor(name: string) {
    this.name = name
    channels.push(this)
  }
  postMessage(message: unknown): void {
    messages.push(message)
  }
}

/** Makes a fake link of one kind, as its `matches` method reports. */
const linkOf = (kind: 'exit' | 'inside' | 'outside', href = '', target = '') => ({
  href,
  target,
  download: '',
  matches: (selector: string) => (selector === '[data-exit]' ? kind === 'exit' : kind === 'inside'),
})
const click = (link: object | null, keys: object = {}) => {
  const preventDefault = vi.fn()
  listeners['click']?.({ target: { closest: () => link }, preventDefault, ...keys })
  return preventDefault
}

beforeEach(() => {
  listeners = {}
  replaced = []
  messages = []
  channels = []
  page = {
    title: 'page',
    documentElement: { textContent: 'words' },
    querySelector: () => ({ getAttribute: () => AWAY }),
  }
  vi.stubGlobal('onbeforeunload', () => true)
  vi.stubGlobal('BroadcastChannel', FakeChannel)
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

test('Three presses of Shift blank the page and replace it in the history', () => {
  press('Shift', 100)
  press('Shift', 300)
  expect(replaced).toEqual([])
  press('Shift', 500)
  expect(replaced).toEqual([AWAY])
  expect(page).toMatchObject({ title: '', documentElement: { textContent: '' } })
})

test('Typed capitals, a held key and slow presses do not cause the quick exit', () => {
  for (const [at, key] of ['Shift', 'А', 'Shift', 'Б', 'Shift', 'В'].entries()) press(key, at * 100)
  for (let at = 1000; at < 1500; at += 100) press('Shift', at, true)
  for (let at = 10_000; at < 30_000; at += 3000) press('Shift', at)
  expect(replaced).toEqual([])
})

test('A click on the exit link leaves the page, and a click elsewhere does not', () => {
  click(null)
  click(linkOf('outside'))
  expect(replaced).toEqual([])
  expect(click(linkOf('exit'))).toHaveBeenCalledOnce()
  expect(replaced).toEqual([AWAY])
})

test('A link inside the site replaces the page, so that Back skips that page', () => {
  expect(click(linkOf('inside', '/ky/help/'))).toHaveBeenCalledOnce()
  expect(replaced).toEqual(['/ky/help/'])
})

test('The browser handles a link to a new tab and a click with a modifier key', () => {
  expect(click(linkOf('inside', '/ky/answer/', '_blank'))).not.toHaveBeenCalled()
  expect(click(linkOf('inside', '/ky/help/'), { ctrlKey: true })).not.toHaveBeenCalled()
  expect(click(linkOf('inside', '/ky/help/'), { defaultPrevented: true })).not.toHaveBeenCalled()
  expect(replaced).toEqual([])
})

test('Every other tab leaves with the first tab and sends no second message', () => {
  click(linkOf('exit'))
  expect(messages).toEqual([''])
  replaced = []
  page.documentElement.textContent = 'words'
  channels[0]?.onmessage?.()
  expect(page.documentElement.textContent).toBe('')
  expect(replaced).toEqual([AWAY])
  expect(messages).toHaveLength(1)
})

test('The quick exit works in a browser without BroadcastChannel', () => {
  vi.stubGlobal('BroadcastChannel', () => {
    throw new Error('SecurityError')
  })
  watchQuickExit()
  click(linkOf('exit'))
  expect(replaced).toEqual([AWAY])
})

test('The quick exit asks nothing, although the page guards words, and opens https', () => {
  for (const at of [100, 200, 300]) press('Shift', at)
  expect(globalThis.onbeforeunload).toBeNull()
  expect(new URL(replaced[0] ?? '').protocol).toBe('https:')
})
