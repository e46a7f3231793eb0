import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const asked: [string, RequestInit][] = []
let replies: (() => Promise<Response>)[]

beforeEach(() => {
  vi.resetModules()
  asked.length = 0
  replies = []
  vi.stubGlobal('location', { protocol: 'https:' })
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    asked.push([address, init])
    return (replies.shift() ?? (() => Promise.resolve(new Response(null, { status: 204 }))))()
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const sealed = new Uint8Array(3)

async function load() {
  const { callAt } = await import('#site/lifeline/network/api.ts')
  callAt(['https://own.example', 'https://one.example', 'https://two.example'])
  return (await import('#site/lifeline/network/chunk.ts')).transfer
}

test('A call with bytes sends a chunk by PUT, and a call without bytes gets a chunk', async () => {
  const transfer = await load()
  expect(await transfer('/x', 8000, sealed)).toMatchObject({ status: 204, wait: 0 })
  await transfer('/y', 8000)
  expect(asked[0]).toMatchObject([
    '/x',
    {
      method: 'PUT',
      credentials: 'omit',
      cache: 'no-store',
      headers: { 'content-type': 'application/octet-stream' },
    },
  ])
  expect(asked[1]?.[1]).not.toHaveProperty('method')
})

test('A network error or a 503 moves the next try to the next host, a 404 does not', async () => {
  const transfer = await load()
  replies = [
    () => Promise.reject(new TypeError('no network')),
    () => Promise.resolve(new Response('', { status: 503 })),
    () => Promise.resolve(new Response('', { status: 404 })),
  ]
  for (let n = 0; n < 3; n++) await transfer('/x', 8000, sealed)
  expect(await transfer('/x', 8000, sealed)).toMatchObject({ status: 204 })
  expect(asked.map(([address]) => address)).toEqual([
    '/x',
    'https://one.example/x',
    'https://two.example/x',
    'https://two.example/x',
  ])
})

test('A call without bytes begins at the second host and moves only such calls', async () => {
  const transfer = await load()
  replies = [() => Promise.reject(new TypeError('no network'))]
  await transfer('/y', 8000)
  await transfer('/y', 8000)
  await transfer('/x', 8000, sealed)
  expect(asked.map(([address]) => address)).toEqual([
    'https://one.example/y',
    'https://two.example/y',
    '/x',
  ])
})

test('A hanging try is aborted at its time limit and returns status 0', async () => {
  vi.useFakeTimers()
  const transfer = await load()
  replies = [() => new Promise(() => undefined)]
  const tried = transfer('/x', 9000)
  await vi.advanceTimersByTimeAsync(9000)
  expect(await tried).toMatchObject({ status: 0 })
  expect(asked[0]?.[1].signal?.aborted).toBe(true)
})

test('Retry-After is read in seconds, and a date in it is ignored', async () => {
  const transfer = await load()
  const late = (value: string) => () =>
    Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': value } }))
  replies = [late('7'), late('Wed, 21 Oct 2026 07:28:00 GMT')]
  expect(await transfer('/x', 8000)).toMatchObject({ status: 429, wait: 7000 })
  expect(await transfer('/x', 8000)).toMatchObject({ status: 429, wait: 0 })
})
