import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { NewViews, VIEWS_BYTES } from '#protocol/staff/list/views'
import { openViews, sealViews } from '#site/staff/crypto/own-views.ts'
import { sealTo } from '#site/staff/crypto/seal-to.ts'
import { changeViews, loadViews } from '#site/staff/list/filter/keep-views.ts'
import { NO_FILTER } from '#site/staff/list/filter/list-filter.ts'
import {
  DEFAULT_FILTERS,
  MAX_VIEWS,
  VIEW_NAME_CHARS,
  withoutView,
  withView,
  type SavedView,
} from '#site/staff/list/filter/views.ts'
import { KeptPlace, type ListPlace } from '#site/staff/list/list-place.ts'
import { staffed, type Staffed } from '../support/people.ts'

let own: Staffed
let other: Staffed
beforeAll(async () => {
  ;[own, other] = await Promise.all([staffed(), staffed()])
})
afterEach(() => vi.unstubAllGlobals())

interface ViewsEdge {
  sealed: string | null
  /** runs before the edge stores a change, as if another device had been faster */
  meanwhile: () => Promise<void>
}

/**
 * Imitates the edge, which stores one sealed text and never replaces a text that the writer has not
 * read.
 */
function keepAtEdge(): ViewsEdge {
  const edge: ViewsEdge = { sealed: null, meanwhile: () => Promise.resolve() }
  const put = async (text: string): Promise<Response> => {
    const { sealed, base } = NewViews.parse(JSON.parse(text))
    await edge.meanwhile()
    const stored = edge.sealed === null ? null : toB64(await sha256(fromB64(edge.sealed)))
    if (base !== stored)
      return Response.json({ error: { code: 'record_changed' } }, { status: 409 })
    edge.sealed = sealed
    return new Response(null, { status: 204 })
  }
  vi.stubGlobal('fetch', (_path: string, { method, body }: { method: string; body?: string }) =>
    method === 'GET' ? Promise.resolve(Response.json({ sealed: edge.sealed })) : put(body ?? ''),
  )
  return edge
}

const view = (name: string): SavedView => ({ name, filter: { ...NO_FILTER, tag: 'шарттуу' } })

test('Views open for their owner only, and all of them have one length when sealed', async () => {
  const [short, long] = [await sealViews(own.keys, ''), await sealViews(own.keys, 'x'.repeat(8000))]
  expect(short.length).toBe(long.length)
  expect(await openViews(own.keys, long)).toBe('x'.repeat(8000))
  await expect(openViews(other.keys, long)).rejects.toMatchObject({ code: 'cannot_open' })
})

test('Views that somebody else sealed to the owner do not open', async () => {
  const forged = await sealViews({ ...other.keys, own: own.keys.own }, 'hides a case')
  await expect(openViews(own.keys, forged)).rejects.toMatchObject({ code: 'cannot_open' })
  const unsigned = await sealTo(
    own.keys.own.publicBytes,
    new TextEncoder().encode('oasis/v1/list-views'),
    new Uint8Array(VIEWS_BYTES),
  )
  await expect(openViews(own.keys, toB64(unsigned))).rejects.toMatchObject({ code: 'cannot_open' })
})

test('The largest views with the longest names fit', async () => {
  const views = Array.from({ length: MAX_VIEWS }, (_, n) => ({
    name: 'Ы'.repeat(VIEW_NAME_CHARS - 2) + String(n + 10),
    filter: { ...DEFAULT_FILTERS.us, tag: 'Ы'.repeat(40), language: 'ky' },
  }))
  const text = JSON.stringify({ v: 1, views })
  expect(await openViews(own.keys, await sealViews(own.keys, text))).toBe(text)
})

test('A colleague saves a view, replaces it under its name, and removes it', async () => {
  const edge = keepAtEdge()
  expect(await loadViews(own.keys)).toEqual([])
  await changeViews(own.keys, (views) => withView(views, view('биринчи')))
  await changeViews(own.keys, (views) => withView(views, view('экинчи')))
  const replaced = { name: 'биринчи', filter: NO_FILTER }
  await changeViews(own.keys, (views) => withView(views, replaced))
  expect(await loadViews(own.keys)).toEqual([view('экинчи'), replaced])
  expect(fromB64(edge.sealed ?? '').length).toBe(VIEWS_BYTES + 1136)
  await changeViews(own.keys, (views) => withoutView(views, 'экинчи'))
  expect(await loadViews(own.keys)).toEqual([replaced])
  expect(await loadViews(other.keys)).toEqual([])
})

test('Two devices that save a view in the same moment both keep theirs', async () => {
  const edge = keepAtEdge()
  edge.meanwhile = async () => {
    edge.meanwhile = () => Promise.resolve()
    await changeViews(own.keys, (views) => withView(views, view('телефондо')))
  }
  await changeViews(own.keys, (views) => withView(views, view('кеңседе')))
  expect(await loadViews(own.keys)).toEqual([view('телефондо'), view('кеңседе')])
})

test('Too many views are refused, and the existing ones stay', async () => {
  keepAtEdge()
  const many = Array.from({ length: MAX_VIEWS }, (_, n) => view(String(n)))
  await changeViews(own.keys, () => many)
  await expect(
    changeViews(own.keys, (views) => withView(views, view('one more'))),
  ).rejects.toMatchObject({ code: 'text_too_long' })
  expect(await loadViews(own.keys)).toEqual(many)
})

test('The place in the list and the screen survive a lock, sealed to their owner', async () => {
  const kept = new KeptPlace()
  const start = kept.now
  const stood: ListPlace = {
    ...start,
    ...{ search: 'кожоюн', current: 'a', selected: ['a', 'b'], report: 'a' },
    tagging: { tag: 'шарттуу', left: ['b'], of: 2 },
  }
  kept.now = stood
  kept.screen = 'figures'
  await kept.keep(own.keys)
  expect(kept.now).toEqual(start)
  await kept.takeBack(other.keys)
  expect(kept.now).toEqual(start)
  expect(kept.screen).toBeNull()
  await kept.takeBack(own.keys)
  expect(kept.now).toEqual(stood)
  expect(kept.screen).toBe('figures')
  await kept.takeBack(own.keys)
  expect(kept.now).toEqual(start)
})
