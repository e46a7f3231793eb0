import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import kyTell from '#content/strings/ky/tell.json' with { type: 'json' }
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { READING_INDEX, REPLY_BYTES } from '#protocol/limits'
import { destroyBody, makeReceipt } from '#protocol/report/receipt'
import { inboxBody, openReply, sealReply } from '#protocol/report/reply'
import { findReadingMark, putReadingMark, READING_MS } from '#worker/store/reports/reading-mark'
import { freshCasework, type Casework } from '../support/casework.ts'
import { countingDb } from '../support/counting-db.ts'
import { ask, deps, expectRefusal, octets } from '../support/edge.ts'
import { heardBucket } from '../support/failing.ts'
import { asStaff, noise, person } from '../support/staff.ts'

let work: Casework
beforeEach(async () => {
  work = await freshCasework()
})

const note = { v: 1 as const, at: '2026-11-24T21:05Z', text: '' }
const sealedMark = ({ known }: Casework): Promise<Bytes> =>
  sealReply(known.keys.down, known.hashes.ownerHash, READING_INDEX, note)

const mark = async (who = work.staff, id = work.id): Promise<Response> =>
  asStaff(`reports/${id}/reading`, 'PUT', { sealed: toB64(await sealedMark(work)) }, who.cookie)

const askInbox = async (lookup: Bytes, bindings = {}): Promise<Bytes> => {
  const answered = await ask('/api/inbox', octets(inboxBody(lookup, READING_INDEX)), bindings)
  return new Uint8Array(await answered.arrayBuffer())
}

const isRead = async ({ known }: Casework): Promise<boolean> => {
  const bytes = await askInbox(known.keys.lookup)
  return (await openReply(known.keys.down, known.hashes.ownerHash, READING_INDEX, bytes)) !== null
}

test('A person sees that somebody reads now only after a colleague marked it', async () => {
  expect(await isRead(work)).toBe(false)
  expect((await mark()).status).toBe(204)
  expect(await isRead(work)).toBe(true)
})

test('R10: The mark and its absence take the same calls and have the same length', async () => {
  const watched = async (lookup: Bytes) => {
    const heard: string[] = []
    const FILES = heardBucket(env.FILES, (name, call, first) => {
      heard.push(`${name} ${String(first)}`)
      return call()
    })
    const { db: DB, tally } = countingDb(env.DB)
    const bytes = await askInbox(lookup, { FILES, DB })
    return { heard, tally, length: bytes.length }
  }
  await mark()
  const hit = await watched(work.known.keys.lookup)
  expect(hit.length).toBe(REPLY_BYTES)
  expect(hit.heard).toHaveLength(1)
  expect(await watched(randomBytes(16))).toEqual(hit)
})

test('A mark ends by itself and leaves nothing in the database', async () => {
  const { ownerHash } = work.known.hashes
  const now = Date.now()
  await putReadingMark(deps.bucket, { ownerHash, sealed: await sealedMark(work) }, now)
  expect(await findReadingMark(deps.bucket, ownerHash, now + READING_MS - 1)).not.toBeNull()
  expect(await findReadingMark(deps.bucket, ownerHash, now + READING_MS)).toBeNull()
})

test('Sixteen marks are stored side by side, and the oldest makes room for another', async () => {
  const owners = Array.from({ length: 17 }, () => randomBytes(32))
  const now = Date.now()
  for (const ownerHash of owners)
    await putReadingMark(deps.bucket, { ownerHash, sealed: randomBytes(REPLY_BYTES) }, now)
  const found = await Promise.all(
    owners.map((ownerHash) => findReadingMark(deps.bucket, ownerHash, now)),
  )
  expect(found.map((each) => each !== null)).toEqual([false, ...Array<boolean>(16).fill(true)])
})

test('A mark on a number that the person ended is refused with no_return_number', async () => {
  await ask('/api/inbox/destroy', octets(destroyBody(work.known.keys)))
  await expectRefusal(await mark(), 409, 'no_return_number')
  expect(await isRead(work)).toBe(false)
})

test('A caseworker without the case cannot mark it, and learns nothing about it', async () => {
  const stranger = await person('caseworker')
  await expectRefusal(await mark(stranger), 404, 'not_found')
  await expectRefusal(await mark(stranger, noise(16)), 404, 'not_found')
  expect(await isRead(work)).toBe(false)
})

test('A mark of another length is refused with malformed', async () => {
  const sent = { sealed: noise(4095) }
  await expectRefusal(
    await asStaff(`reports/${work.id}/reading`, 'PUT', sent, work.staff.cookie),
    400,
    'malformed',
  )
})

const form = async (receipt: string): Promise<string> => {
  const answered = await ask('/api/form/ky/answer', {
    method: 'POST',
    body: new URLSearchParams({ receipt }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return answered.text()
}

test('The form without JavaScript says that somebody reads now, for this number only', async () => {
  const { receipt } = work.known
  expect(await form(receipt)).not.toContain(kyTell['answer.now'])
  await mark()
  expect(await form(receipt)).toContain(kyTell['answer.now'])
  expect(await form(makeReceipt())).not.toContain(kyTell['answer.now'])
})
