import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refusal } from '#protocol/errors'

class FakeField {
  value = ''
  hidden = true
  readOnly = false
  textContent = ''
  className = ''
  listeners: Record<string, (event: object) => void> = {}
  parentNode = { appendChild: vi.fn() }
  addEventListener(type: string, listener: (event: object) => void): void {
    this.listeners[type] = listener
  }
  setAttribute = vi.fn()
  removeAttribute = vi.fn()
  focus = vi.fn()
  blur = vi.fn()
  submit = vi.fn()
  reset = vi.fn()
  querySelector = (): FakeField | null => null
  querySelectorAll = (): FakeField[] => []
}

let fields: Map<string, FakeField>
let calling: FakeField | null

const field = (id: string): FakeField => {
  const known = fields.get(id) ?? new FakeField()
  fields.set(id, known)
  return known
}
const load = () => import('#site/lifeline/form/text-form.ts')
/** Loads the form on a page that warns before unsent words are lost. */
async function loadGuarded() {
  const [page, { guardUnload }] = await Promise.all([
    load(),
    import('#site/lifeline/dom/guard-unload.ts'),
  ])
  guardUnload(page.isBegun)
  return page
}
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
  vi.stubGlobal('addEventListener', vi.fn())
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const sealed = { envelope: new Uint8Array(1), headers: {}, receipt: '' }

test('The browser asks before unsent words are lost, but not when the form is empty', async () => {
  ;(await loadGuarded()).watchText(() => Promise.resolve(sealed), vi.fn())
  expect(ask()).toBeUndefined()
  field('text').value = 'words'
  expect(ask()).toBe(true)
  await send()
  expect(ask()).toBeUndefined()
})

test('The browser asks before a chosen option is lost', async () => {
  ;(await loadGuarded()).watchText(() => Promise.resolve(sealed), vi.fn())
  field('form').querySelector = () => new FakeField()
  expect(ask()).toBe(true)
})

test('The browser asks nothing when the person calls a number, and asks afterwards', async () => {
  ;(await loadGuarded()).watchText(() => Promise.resolve(sealed), vi.fn())
  field('text').value = 'words'
  calling = new FakeField()
  expect(ask()).toBeUndefined()
  expect(calling.blur).toHaveBeenCalledOnce()
  calling = null
  expect(ask()).toBe(true)
})

test('The browser asks nothing when the person posts the form without the script', async () => {
  const { sendPlainly, watchText } = await loadGuarded()
  watchText(() => Promise.resolve(sealed), vi.fn())
  field('text').value = 'words'
  sendPlainly()
  field('plainly').listeners['click']?.({ preventDefault: () => undefined })
  expect(ask()).toBeUndefined()
  expect(field('form').submit).toHaveBeenCalledOnce()
})

test('The words of a form stay until the page shows their arrival, then are cleared', async () => {
  const onSent = vi.fn(() => {
    expect(field('text').value).toBe('words')
  })
  ;(await load()).watchText(() => Promise.resolve(sealed), onSent)
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
])('The words of a form stay when %s', async (_, sending, onSent) => {
  ;(await load()).watchText(sending, onSent)
  field('text').value = 'words'
  await send()
  expect(field('text').value).toBe('words')
  expect(field('ways').hidden).toBe(false)
})
