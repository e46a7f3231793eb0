import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { inboxBody, openAnswer, sealAnswer } from '#protocol/answer'
import { concat, randomBytes, sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { ANSWER_BYTES } from '#protocol/limits'
import { destroyBody } from '#protocol/receipt'
import { countingDb } from './counting-db.ts'
import {
  ask,
  db,
  expectRefusal,
  freshEdge,
  octets,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
  type Reporter,
} from './edge.ts'
import { heardBucket } from './failing.ts'
import { submitWhileDown } from './overflow.ts'

let org: Organisation
let known: Reporter
let answerBytes: Bytes
const answer = { v: 1 as const, at: '2026-11-24T21:05Z', text: 'Саламатсызбы' }

beforeEach(async () => {
  org = await freshEdge()
  known = await reporter()
  await submit(await sealed(org, known.hashes))
  answerBytes = await sealAnswer(known.keys.down, known.hashes.lookupHash, 0, answer)
  await db
    .prepare("INSERT INTO answers (lookup_hash, slot, day, sealed) VALUES (?, 0, '2026-11-24', ?)")
    .bind(known.hashes.lookupHash, answerBytes)
    .run()
})

const read = async (lookup: Bytes, slot = 0) => {
  const answered = await ask('/api/inbox', octets(inboxBody(lookup, slot)))
  const bytes = new Uint8Array(await answered.arrayBuffer())
  return { status: answered.status, headers: [...answered.headers].sort(), bytes }
}

test('the number reads its answer, which opens on the device', async () => {
  const { bytes } = await read(known.keys.lookup)
  expect(await openAnswer(known.keys.down, known.hashes.lookupHash, 0, bytes)).toEqual(answer)
})

/** One question with everything about its answer that somebody could watch, from outside or in the database. */
async function watched(lookup: Bytes, slot: number): Promise<{ look: string; bytes: Bytes }> {
  const { db: DB, tally } = countingDb(env.DB)
  const answered = await ask('/api/inbox', octets(inboxBody(lookup, slot)), { DB })
  const bytes = new Uint8Array(await answered.arrayBuffer())
  const headers = [...answered.headers].sort()
  const look = JSON.stringify([answered.status, headers, bytes.length, tally.queries])
  return { look, bytes }
}

test('R10: 5,000 questions in turn, of an answer, an empty slot, unknown numbers and a destroyed one, look alike: bytes, status, headers, queries', async () => {
  const dead = await reporter()
  await submit(await sealed(org, dead.hashes))
  await ask('/api/inbox/destroy', octets(destroyBody(dead.keys)))
  const kinds = [
    () => watched(known.keys.lookup, 0),
    () => watched(known.keys.lookup, 1),
    () => watched(randomBytes(16), 0),
    () => watched(randomBytes(16), 0xffff_ffff),
    () => watched(dead.keys.lookup, 0),
  ]
  const looks = new Set<string>()
  const noise = new Set<string>()
  let answers = 0
  for (let round = 0; round < 1000; round++)
    for (const [kind, question] of kinds.entries()) {
      const { look, bytes } = await question()
      looks.add(look)
      if (kind > 0) noise.add(toB64(bytes.slice(0, 32)))
      else if (sameBytes(bytes, answerBytes)) answers++
    }
  expect([...looks]).toEqual([
    expect.stringMatching(new RegExp(`^\\[200,.*,${ANSWER_BYTES},1\\]$`)),
  ])
  // What comes instead of an answer is new every time; the answer is what was sealed.
  expect([noise.size, answers]).toEqual([4000, 1000])
}, 180_000)

test('R10: an unknown number and one with a wrong token are answered alike when they end a thread or write to it', async () => {
  const stranger = await reporter()
  const end = async (lookup: Bytes) => {
    const answered = await ask('/api/inbox/destroy', octets(concat(lookup, randomBytes(32))))
    return JSON.stringify([answered.status, [...answered.headers].sort(), await answered.text()])
  }
  expect(await end(known.keys.lookup)).toBe(await end(stranger.keys.lookup))
  const write = async (hashes: Reporter['hashes']) => {
    const envelope = await sealed(org, { ...hashes, kind: KIND.followUp })
    const token = { 'oasis-write': toB64(randomBytes(32)) }
    const answered = await ask('/api/reports', octets(envelope, token))
    return JSON.stringify([answered.status, [...answered.headers].sort(), await answered.text()])
  }
  expect(await write(known.hashes)).toBe(await write(stranger.hashes))
})

test.each(['nothing', 'a report'])(
  'R10: while %s waits in R2, ending asks the stores alike for an unknown number, a wrong token and the right one',
  async (what) => {
    if (what === 'a report') await submitWhileDown(await sealed(org))
    const end = async (body: Bytes) => {
      const calls: string[] = []
      const FILES = heardBucket(env.FILES, (name, call) => (calls.push(name), call()))
      const { db: DB, tally } = countingDb(env.DB)
      const answered = await ask('/api/inbox/destroy', octets(body), { DB, FILES })
      const headers = [...answered.headers].sort()
      return [answered.status, headers, await answered.text(), tally.queries, calls]
    }
    const looks = [
      await end(randomBytes(48)),
      await end(concat(known.keys.lookup, randomBytes(32))),
      await end(destroyBody(known.keys)),
      await end(destroyBody(known.keys)),
    ]
    expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(1)
    expect(looks[0]?.at(-1)).toEqual(what === 'nothing' ? ['list'] : ['list', 'put'])
    expect(await rowsIn('answers')).toBe(0)
  },
)

test('R11: what is stored of a number is worth nothing as a number', async () => {
  const { bytes } = await read(known.hashes.lookupHash.slice(0, 16))
  expect(toB64(bytes)).not.toBe(toB64(answerBytes))
  const stolen = concat(known.keys.lookup, known.hashes.writeHash)
  expect((await ask('/api/inbox/destroy', octets(stolen))).status).toBe(204)
  expect(await rowsIn('answers')).toBe(1)
})

test('a destroyed number is dead: its answers and hashes are gone, the report and its follow-ups stay', async () => {
  const followUp = await sealed(org, { ...known.hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(known.keys.write) })
  const destroyed = await ask('/api/inbox/destroy', octets(destroyBody(known.keys)))
  expect(destroyed.status).toBe(204)
  expect(await rowsIn('answers')).toBe(0)
  expect(await storedReports()).toMatchObject([
    { lookup_hash: null, write_hash: null, follow_ups: 1 },
  ])
  expect(await rowsIn('follow_ups')).toBe(1)
  const { bytes } = await read(known.keys.lookup)
  expect(await openAnswer(known.keys.down, known.hashes.lookupHash, 0, bytes)).toBeNull()
})

test('R10: destroying an unknown number, or with a wrong token, answers the same and changes nothing', async () => {
  for (const body of [randomBytes(48), concat(known.keys.lookup, randomBytes(32))]) {
    expect((await ask('/api/inbox/destroy', octets(body))).status).toBe(204)
  }
  expect(await rowsIn('answers')).toBe(1)
  expect(await storedReports()).not.toMatchObject([{ lookup_hash: null }])
})

test('another length is malformed, another type is refused, a large body is not read', async () => {
  for (const [path, length] of [
    ['/api/inbox', 20],
    ['/api/inbox/destroy', 48],
  ] as const) {
    for (const wrong of [0, length - 1, length + 1]) {
      await expectRefusal(await ask(path, octets(new Uint8Array(wrong))), 400, 'malformed')
    }
    await expectRefusal(await ask(path, octets(new Uint8Array(5000))), 413, 'too_large')
    const plain = octets(new Uint8Array(length), { 'content-type': 'text/plain' })
    await expectRefusal(await ask(path, plain), 415, 'wrong_content_type')
  }
  expect(await rowsIn('answers')).toBe(1)
})
