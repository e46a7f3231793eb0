import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refusal } from '#protocol/errors'
import { callAt, TRY_MS } from '#site/lifeline/network/api.ts'
import type { KeyRing } from '#site/lifeline/reporting/key-ring.ts'
import type { SealedReport } from '#site/lifeline/reporting/seal-report.ts'
import { PAUSES, sendReport } from '#site/lifeline/reporting/send-report.ts'

const sealed = (first: number): SealedReport => ({
  envelope: new Uint8Array([first, 2, 3]),
  headers: { 'oasis-proof': '7' },
  receipt: '',
})
const refusal = (code: string, status = 409): Response =>
  new Response(JSON.stringify({ error: { code } }), { status })
const kept = (): Response => new Response('{}', { status: 201 })

const ask = vi.fn<typeof fetch>()
const renew = vi.fn<KeyRing['renew']>()
const ring: KeyRing = { renew, trusted: renew }
const onRetry = vi.fn()
const bodies = (): unknown[] => ask.mock.calls.map(([, options]) => options?.body)

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', ask)
  renew.mockResolvedValue({} as Awaited<ReturnType<KeyRing['renew']>>)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.resetAllMocks()
})

async function outcome(take = () => Promise.resolve(sealed(1))): Promise<unknown> {
  const sending = sendReport(ring.renew, take, onRetry).catch((failure: unknown) => failure)
  await vi.runAllTimersAsync()
  return sending
}

test('A report that the edge stores is sent once, sealed, without credentials', async () => {
  ask.mockResolvedValueOnce(kept())
  expect(await outcome()).toMatchObject({ receipt: '' })
  expect(ask).toHaveBeenCalledTimes(1)
  expect(ask.mock.calls[0]).toMatchObject([
    '/api/reports',
    {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/octet-stream', 'oasis-proof': '7' },
    },
  ])
})

test('A failing network is tried four times with the same bytes and growing pauses', async () => {
  ask.mockRejectedValue(new TypeError('no network'))
  const one = sealed(1)
  expect(await outcome(() => Promise.resolve(one))).toMatchObject({ code: 'network' })
  expect(bodies()).toEqual(Array(4).fill(one.envelope))
  expect(onRetry.mock.calls).toEqual([[2], [3], [4]])
  expect(PAUSES).toEqual(PAUSES.toSorted((a, b) => a - b))
})

test('A hanging connection counts as failed after its limit, and a retry follows', async () => {
  ask.mockReturnValueOnce(new Promise(() => undefined)).mockResolvedValueOnce(kept())
  const sending = sendReport(ring.renew, () => Promise.resolve(sealed(1)), onRetry)
  await vi.advanceTimersByTimeAsync(TRY_MS - 1)
  expect(onRetry).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(ask).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(PAUSES[0] ?? 0)
  expect(ask).toHaveBeenCalledTimes(2)
  await expect(sending).resolves.toBeDefined()
})

test('A response whose body never ends counts as a hanging connection', async () => {
  const endless = new Response(new ReadableStream({ start: () => undefined }), { status: 201 })
  ask.mockResolvedValueOnce(endless).mockResolvedValueOnce(kept())
  expect(await outcome()).toMatchObject({ receipt: '' })
  expect(ask).toHaveBeenCalledTimes(2)
})

test.each([
  ['The sign-in page of a network', new Response('<p>Wi-Fi', { status: 200 })],
  ['A refusal by a rate limit', new Response('', { status: 429 })],
  ['An error of the edge', new Response('', { status: 503 })],
])('%s does not prove arrival, so the report is sent again', async (_, reply) => {
  ask.mockImplementation(() => Promise.resolve(reply.clone()))
  expect(await outcome()).toMatchObject({ code: 'network' })
  expect(ask).toHaveBeenCalledTimes(4)
})

test.each([
  ['A refusal of the envelope', refusal('envelope_length', 400)],
  ['An unknown code', refusal('teapot', 418)],
  ['A code of the device', refusal('network', 403)],
  ['A refusal without a code', new Response('{"error":{}}', { status: 400 })],
  ['An unreadable refusal', new Response('<p>Wi-Fi'.repeat(200_000), { status: 403 })],
  ['An empty refusal', new Response('', { status: 404 })],
])(
  '%s is reported at once without a new seal, because the report may already be stored',
  async (_, reply) => {
    ask.mockResolvedValueOnce(reply)
    expect(await outcome()).toMatchObject({ code: 'malformed' })
    expect(renew).not.toHaveBeenCalled()
    expect(ask).toHaveBeenCalledTimes(1)
  },
)

test('Keys that are refused twice are fetched only once', async () => {
  ask.mockImplementation(() => Promise.resolve(refusal('epoch_retired')))
  expect(await outcome()).toMatchObject({ code: 'epoch_retired' })
  expect(renew).toHaveBeenCalledTimes(1)
  expect(ask).toHaveBeenCalledTimes(2)
})

test.each(['epoch_retired', 'epoch_unknown', 'key_unknown'])(
  'A refusal with %s makes the page fetch keys and seal the words again, once',
  async (code) => {
    ask.mockResolvedValueOnce(refusal(code)).mockResolvedValueOnce(kept())
    const take = vi.fn((anew: boolean) => Promise.resolve(sealed(anew ? 9 : 1)))
    const sending = sendReport(ring.renew, take, onRetry)
    await vi.runAllTimersAsync()
    expect((await sending).envelope[0]).toBe(9)
    expect(renew).toHaveBeenCalledTimes(1)
    expect(take.mock.calls).toEqual([[false], [true]])
  },
)

test('New keys without a valid signature end the sending, and nothing more is sent', async () => {
  ask.mockResolvedValueOnce(refusal('epoch_retired'))
  renew.mockRejectedValueOnce(new Refusal('manifest_signature'))
  expect(await outcome()).toMatchObject({ code: 'manifest_signature' })
  expect(ask).toHaveBeenCalledTimes(1)
})

test('A report that cannot be sealed is not sent', async () => {
  expect(await outcome(() => Promise.reject(new Refusal('sealing_failed')))).toMatchObject({
    code: 'sealing_failed',
  })
  expect(ask).not.toHaveBeenCalled()
})

test('Each retry calls the next host, and a page on the web calls its own host', async () => {
  vi.stubGlobal('location', { protocol: 'https:' })
  callAt(['https://oasis.example', 'https://second.example', 'https://third.example'])
  ask.mockRejectedValue(new TypeError('no network'))
  await outcome()
  const asked = ask.mock.calls.map(([address]) => address)
  const first = asked.indexOf('/api/reports')
  expect(first).toBeGreaterThanOrEqual(0)
  for (const [at, address] of asked.entries())
    expect(address).toBe(
      ['', 'https://second.example', 'https://third.example'][(at - first + 3) % 3] +
        '/api/reports',
    )
})

test('A page that was opened from a file calls its own host by name', async () => {
  vi.stubGlobal('location', { protocol: 'file:' })
  callAt(['https://oasis.example'])
  ask.mockResolvedValueOnce(kept())
  await outcome()
  expect(ask.mock.calls[0]?.[0]).toBe('https://oasis.example/api/reports')
})
