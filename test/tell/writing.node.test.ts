import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refusal } from '#protocol/errors'

class FakeField {
  value = ''
  hidden = true
  readOnly = false
  textContent = ''
  className = ''
  listeners: Record<string, (event: object) => void> = {}
  addEventListener(type: string, listener: (event: object) => void): void {
    this.listeners[type] = listener
  }
  setAttribute = vi.fn()
  removeAttribute = vi.fn()
  focus = vi.fn()
  blur = vi.fn()
  submit = vi.fn()
  reset = vi.fn()
}

let fields: Map<string, FakeField>
let calling: FakeField | null

const field = (id: string): FakeField => {
  const known = fields.get(id) ?? new FakeField()
  fields.set(id, known)
  return known
}
const load = () => import('#site/tell/writing.ts')
const ask = (): unknown => (globalThis.onbeforeunload as (() => unknown) | null)?.()
const send = async (): Promise<void> => {
  field('form').listeners['submit']?.({ preventDefault: () => undefined })
  await vi.waitFor(() => {
    expect(field('text').readOnly).toBe(false)
  })
}

beforeEach(() => {
  vi.resetModules()
  fields = new Map()
  calling = null
  field('page').textContent = JSON.stringify({ say: {} })
  vi.stubGlobal('document', {
    documentElement: new FakeField(),
    getElementById: field,
    querySelector: () => calling,
  })
  vi.stubGlobal('onbeforeunload', null)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const sealed = { envelope: new Uint8Array(1), headers: {}, receipt: '' }

test('the browser asks before words are lost, and only then', async () => {
  ;(await load()).watchWriting(() => Promise.resolve(sealed), vi.fn(), false)
  expect(ask()).toBeUndefined()
  field('text').value = 'words'
  expect(ask()).toBe(true)
  await send()
  expect(ask()).toBeUndefined()
})

test('a call is no way of leaving; after it the page asks again', async () => {
  ;(await load()).watchWriting(() => Promise.resolve(sealed), vi.fn(), false)
  field('text').value = 'words'
  calling = new FakeField()
  expect(ask()).toBeUndefined()
  expect(calling.blur).toHaveBeenCalledOnce()
  calling = null
  expect(ask()).toBe(true)
})

test('sending the form as it is asks nothing', async () => {
  const { sendPlainly, watchWriting } = await load()
  watchWriting(() => Promise.resolve(sealed), vi.fn(), true)
  field('text').value = 'words'
  sendPlainly(field('form') as unknown as HTMLFormElement)
  field('plainly').listeners['click']?.({ preventDefault: () => undefined })
  expect(ask()).toBeUndefined()
  expect(field('form').submit).toHaveBeenCalledOnce()
})

test('the words are still there when the page is told that they arrived, and gone after', async () => {
  const onSent = vi.fn(() => {
    expect(field('text').value).toBe('words')
  })
  ;(await load()).watchWriting(() => Promise.resolve(sealed), onSent, false)
  field('text').value = 'words'
  await send()
  expect(onSent).toHaveBeenCalledOnce()
  expect(field('text').value).toBe('')
  expect(field('form').reset).toHaveBeenCalledOnce()
})

test.each([
  ['sending fails', () => Promise.reject(new Refusal('network')), () => undefined],
  [
    'the page cannot show that they arrived',
    () => Promise.resolve(sealed),
    () => {
      throw new Error('broken')
    },
  ],
])('the words stay when %s', async (_, sending, onSent) => {
  ;(await load()).watchWriting(sending, onSent, false)
  field('text').value = 'words'
  await send()
  expect(field('text').value).toBe('words')
  expect(field('ways').hidden).toBe(false)
})
