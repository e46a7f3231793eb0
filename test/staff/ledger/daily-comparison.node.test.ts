// Tests a tab's daily comparison with a server that makes only this comparison fail.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { dayNumber } from '#protocol/time'
import type { CheckpointFault } from '#site/staff/ledger/compare-cases.ts'
import { DailyComparison } from '#site/staff/ledger/daily-comparison.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import type { WholeLedger } from '#site/staff/ledger/verify-ledger.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'
import { CheckpointServer } from '../support/checkpoint-server.ts'
import { member, type Member } from '../support/ledger.ts'
import { memoryStorage } from '../support/memory-storage.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const CASE = toB64(new Uint8Array(16).fill(0x11))

let begun: LedgerWriter
let aigul: Member
beforeAll(async () => {
  aigul = await member()
  begun = await LedgerWriter.begin()
  await begun.certify(aigul.writer, 'admin', 'intake')
})

type Answer = (path: string, body?: Bytes) => Promise<Response>

let server: CheckpointServer
/** the server's response to everything except the ledger head */
let answer: Answer
let isDown: boolean
let roster: Roster
let faults: (CheckpointFault | null)[]
let tab: DailyComparison
beforeEach(async () => {
  server = new CheckpointServer(begun.copy(), aigul.staff.keys)
  answer = (path, body) => server.answer(path, body)
  isDown = false
  forgetSeen()
  vi.stubGlobal('localStorage', memoryStorage())
  vi.stubGlobal('fetch', (path: string, { body }: { body?: Bytes }) => {
    if (isDown) return Promise.reject(new TypeError('no network'))
    if (path.endsWith('ledger/head'))
      return Promise.resolve(Response.json({ head: toB64(server.ledger.head) }))
    return answer(path, body)
  })
  await server.extend(CASE)
  roster = await server.roster()
  faults = []
  tab = new DailyComparison({
    keys: aigul.staff.keys,
    verify: async () => {
      roster = await server.roster()
    },
    newest: whole,
    onFault: (fault) => faults.push(fault),
  })
})
afterEach(() => vi.unstubAllGlobals())

const whole = (): WholeLedger => ({ is: 'whole', roster, rootId: roster.rootId, rows: [] })

/** Makes the tab check once a minute. @param from  ms after now */
async function watchFor(minutes: number, from = 0): Promise<void> {
  for (let done = 0; done <= minutes; done++)
    await tab.look(roster, Date.now() + from + done * MINUTE_MS)
}

const unavailable = (): Promise<Response> => Promise.resolve(new Response(null, { status: 503 }))

const WAYS: Record<string, () => Answer> = {
  'answers 503 for the heads': () => (path, body) =>
    path.includes('case-heads') ? unavailable() : server.answer(path, body),
  'answers 503 for the new checkpoint': () => (path, body) =>
    body ? unavailable() : server.answer(path, body),
  'drops the new checkpoint, and says that it has stored it': () => (path, body) =>
    body ? Promise.resolve(new Response(null, { status: 201 })) : server.answer(path, body),
  'shows heads that are none': () => (path, body) =>
    path.includes('case-heads') ? Promise.resolve(new Response('none')) : server.answer(path, body),
}

test('A due checkpoint is signed once, without a fault', async () => {
  await watchFor(30)
  expect(faults).toEqual([null])
  expect(server.checkpoints.size).toBe(1)
})

test('Somebody who locks during the comparison signs nothing and sees no fault', async () => {
  answer = (path, body) => {
    if (path.includes('case-heads')) tab.stop()
    return server.answer(path, body)
  }
  await watchFor(30)
  expect(server.checkpoints.size).toBe(0)
  expect(faults).toEqual([])
})

test('R36: A change of people is followed by a checkpoint at once', async () => {
  const bermet = await member()
  await server.ledger.certify(bermet.writer, 'intake')
  roster = await server.roster()
  await watchFor(5)
  expect(server.checkpoints.size).toBe(1)
  await server.ledger.add(aigul.writer, 'person.remove', bermet.writer.id, bermet.writer.keys)
  roster = await server.roster()
  await watchFor(5, 6 * MINUTE_MS)
  expect(server.checkpoints.size).toBe(2)
})

test('A restart of the ledger is followed by a checkpoint: leaves may be lost', async () => {
  await watchFor(1)
  await server.ledger.certifyKeeper(aigul.writer, dayNumber(Date.now()) + 100)
  const { rows, head } = server.ledger
  const kept = { n: rows.length, hash: toB64(head) }
  const cut = { n: rows.length + 1, hash: toB64(randomBytes(32)) }
  await server.ledger.add(aigul.writer, 'ledger.restart', aigul.writer.id, { kept, cut })
  roster = await server.roster()
  await watchFor(1, 2 * MINUTE_MS)
  expect(server.checkpoints.size).toBe(2)
})

test.each(Object.entries(WAYS))('R52: A server that %s gives a red line', async (_, lie) => {
  answer = lie()
  await watchFor(10)
  expect(faults.at(-1)).toEqual({ is: 'withheld' })
  answer = (path, body) => server.answer(path, body)
  await watchFor(10, 15 * MINUTE_MS)
  expect(faults.at(-1)).toBeNull()
})

test('R52: A server that withholds the leaves by 503 gives a red line', async () => {
  await watchFor(0)
  vi.resetModules()
  answer = (path, body) =>
    path.includes('checkpoints/') ? unavailable() : server.answer(path, body)
  const fresh = await import('#site/staff/ledger/daily-comparison.ts')
  tab = new fresh.DailyComparison({
    keys: aigul.staff.keys,
    verify: () => Promise.resolve(),
    newest: whole,
    onFault: (fault) => faults.push(fault),
  })
  await watchFor(10, DAY_MS)
  expect(faults.at(-1)).toEqual({ is: 'withheld' })
})

test('R52: A server that never answers gives a red line', async () => {
  answer = () => new Promise(() => undefined)
  for (let minute = 0; minute <= 40; minute++) {
    void tab.look(roster, Date.now() + minute * MINUTE_MS)
    await vi.waitFor(() => Promise.resolve())
  }
  await vi.waitFor(() => expect(faults[0]).toEqual({ is: 'withheld' }))
})

test('A lost connection does not cause a red line', async () => {
  isDown = true
  await watchFor(60)
  expect(faults).toEqual([])
})
