import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sealReply } from '#protocol/report/reply'
import { randomBytes, readU32, type Bytes } from '#protocol/bytes'
import { REPLY_BYTES, LOOKUP_BYTES, MAX_REPLIES } from '#protocol/limits'
import { makeReceipt, receiptKeys, type ReceiptKeys, ownerHashOf } from '#protocol/report/receipt'
import { endOwnThread, readReplies } from '#site/lifeline/reporting/thread.ts'

let keys: ReceiptKeys
let ownerHash: Bytes
const ask = vi.fn<typeof fetch>()
const onRetry = vi.fn()

beforeEach(async () => {
  keys = await receiptKeys(makeReceipt())
  ownerHash = await ownerHashOf(keys.lookup)
  vi.useFakeTimers()
  vi.stubGlobal('fetch', ask)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.resetAllMocks()
})

/** Makes the edge return these replies, and random bytes for every other index. */
function serve(replies: ReadonlyMap<number, Bytes>): void {
  ask.mockImplementation((_url, options) => {
    const index = readU32(options?.body as Bytes, LOOKUP_BYTES)
    return Promise.resolve(new Response(replies.get(index) ?? randomBytes(REPLY_BYTES)))
  })
}

const reply = (index: number): Promise<Bytes> =>
  sealReply(keys.down, ownerHash, index, { v: 1, at: '2026-11-25T10:00Z', text: `of ${index}` })

async function shown(): Promise<string[]> {
  const texts: string[] = []
  await readReplies(keys, ({ text }) => texts.push(text))
  return texts
}

test('Broken replies, at most two in a row, hide no later reply', async () => {
  const broken = randomBytes(REPLY_BYTES)
  serve(
    new Map([
      [0, broken],
      [1, await reply(1)],
      [2, broken],
      [3, broken],
      [4, await reply(4)],
    ]),
  )
  expect(await shown()).toEqual(['of 1', 'of 4'])
})

test('Three replies in a row that do not open end the search', async () => {
  serve(new Map([[3, await reply(3)]]))
  expect(await shown()).toEqual([])
  expect(ask).toHaveBeenCalledTimes(3)
})

test('A full thread is read to its last reply and no further', async () => {
  const indexes = Array.from({ length: MAX_REPLIES + 1 }, (_, index) => index)
  serve(new Map(await Promise.all(indexes.map(async (at) => [at, await reply(at)] as const))))
  expect(await shown()).toHaveLength(MAX_REPLIES)
  expect(ask).toHaveBeenCalledTimes(MAX_REPLIES)
})

async function ended(): Promise<unknown> {
  const ending = endOwnThread(keys, onRetry).catch((failure: unknown) => failure)
  await vi.runAllTimersAsync()
  return ending
}
const unavailable = () => new Response('{"error":{"code":"unavailable"}}', { status: 503 })

test('A failing end of a thread is retried until the edge confirms the end', async () => {
  ask.mockImplementationOnce(() => Promise.resolve(unavailable()))
  ask.mockRejectedValueOnce(new TypeError('no network'))
  ask.mockResolvedValueOnce(new Response(null, { status: 204 }))
  expect(await ended()).toBeUndefined()
  expect(onRetry.mock.calls).toEqual([[2], [3]])
})

test('Ending a thread fails after four tries, and only status 204 counts as ended', async () => {
  ask.mockImplementationOnce(() => Promise.resolve(new Response('<p>Sign in to this network')))
  ask.mockImplementation(() => Promise.resolve(unavailable()))
  expect(await ended()).toMatchObject({ code: 'network' })
  expect(ask).toHaveBeenCalledTimes(4)
})
