import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { inboxBody, openReply, sealReply } from '#protocol/report/reply'
import { concat, randomBytes, sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { REPLY_BYTES } from '#protocol/limits'
import { destroyBody } from '#protocol/report/receipt'
import { SAMPLED, sampleOf } from '#test/sample.ts'
import { countingDb } from '../support/counting-db.ts'
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
} from '../support/edge.ts'
import { goneDb, heardBucket, keysIn } from '../support/failing.ts'
import { submitWhileDown } from '../support/overflow.ts'

const UNAVAILABLE = '{"error":{"code":"unavailable"}}'

let org: Organisation
let known: Reporter
let answerBytes: Bytes
const answer = { v: 1 as const, at: '2026-11-24T21:05Z', text: 'Саламатсызбы' }

beforeEach(async () => {
  org = await freshEdge()
  known = await reporter()
  await submit(await sealed(org, known.hashes))
  answerBytes = await sealReply(known.keys.down, known.hashes.ownerHash, 0, answer)
  await db
    .prepare("INSERT INTO answers (owner_hash, n, day, sealed) VALUES (?, 0, '2026-11-24', ?)")
    .bind(known.hashes.ownerHash, answerBytes)
    .run()
})

const read = async (lookup: Bytes, index = 0) => {
  const answered = await ask('/api/inbox', octets(inboxBody(lookup, index)))
  const bytes = new Uint8Array(await answered.arrayBuffer())
  return { status: answered.status, headers: [...answered.headers].sort(), bytes }
}

test('The inbox returns the reply to a number, and the reply opens on the device', async () => {
  const { bytes } = await read(known.keys.lookup)
  expect(await openReply(known.keys.down, known.hashes.ownerHash, 0, bytes)).toEqual(answer)
})

/**
 * Sends one request to the inbox. Returns everything that an observer of the network or of the
 * database can see.
 */
async function watched(lookup: Bytes, index: number): Promise<{ look: string; bytes: Bytes }> {
  const { db: DB, tally } = countingDb(env.DB)
  const answered = await ask('/api/inbox', octets(inboxBody(lookup, index)), { DB })
  const bytes = new Uint8Array(await answered.arrayBuffer())
  const headers = [...answered.headers].sort()
  const look = JSON.stringify([answered.status, headers, bytes.length, tally.queries])
  return { look, bytes }
}

/** Number of requests for each of the five kinds of number. */
const ROUNDS = sampleOf(200, 1000)

test(
  `R10: ${5 * ROUNDS} known, unknown and destroyed numbers get responses that look alike`,
  SAMPLED,
  async () => {
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
    for (let round = 0; round < ROUNDS; round++)
      for (const [kind, question] of kinds.entries()) {
        const { look, bytes } = await question()
        looks.add(look)
        if (kind > 0) noise.add(toB64(bytes.slice(0, 32)))
        else if (sameBytes(bytes, answerBytes)) answers++
      }
    expect([...looks]).toEqual([
      expect.stringMatching(new RegExp(`^\\[200,.*,${REPLY_BYTES},1\\]$`)),
    ])
    // The noise is different every time, and the reply consists of the sealed bytes.
    expect([noise.size, answers]).toEqual([4 * ROUNDS, ROUNDS])
  },
)

test('R10: An unknown number and a wrong token get the same response everywhere', async () => {
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
  'R10: While %s waits in R2, ending a number makes the same calls for every number and token',
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
    expect(looks[0]?.at(-1)).toEqual(what === 'nothing' ? ['head'] : ['head', 'put'])
    expect(await rowsIn('answers')).toBe(0)
  },
)

test.each([
  ['nothing waits and the mark cannot be read', false, 'head', ['head'], 0, 0],
  ['a report waits and no note can be put', true, 'put', ['head', 'put'], 1, 0],
  ['a report waits and the database fails', true, 'DB', ['head'], 0, 0],
] as const)(
  'R10: When %s, ending a number is refused with unavailable for every number alike',
  async (_when, waits, fails, calls, queries, notes) => {
    if (waits) await submitWhileDown(await sealed(org))
    const look = async (body: Bytes) => {
      const heard: string[] = []
      const FILES = heardBucket(env.FILES, (name, call) => {
        heard.push(name)
        return name === fails ? Promise.reject(new Error('no')) : call()
      })
      const { db: counted, tally } = countingDb(env.DB)
      const DB = fails === 'DB' ? goneDb : counted
      const answered = await ask('/api/inbox/destroy', octets(body), { DB, FILES })
      const headers = [...answered.headers].sort()
      return [answered.status, headers, await answered.text(), tally.queries, heard]
    }
    const looks = [
      await look(randomBytes(48)),
      await look(concat(known.keys.lookup, randomBytes(32))),
      await look(destroyBody(known.keys)),
    ]
    expect(new Set(looks.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(looks[0]?.filter((_part, at) => at !== 1)).toEqual([503, UNAVAILABLE, queries, calls])
    expect([await rowsIn('answers'), (await keysIn('ended/')).length]).toEqual([1, notes])
  },
)

test('R11: The stored hashes of a number give no access as a number', async () => {
  const { bytes } = await read(known.hashes.ownerHash.slice(0, 16))
  expect(toB64(bytes)).not.toBe(toB64(answerBytes))
  const stolen = concat(known.keys.lookup, known.hashes.writeHash)
  expect((await ask('/api/inbox/destroy', octets(stolen))).status).toBe(204)
  expect(await rowsIn('answers')).toBe(1)
})

test('A destroyed number loses its replies and hashes, and its messages stay', async () => {
  const followUp = await sealed(org, { ...known.hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(known.keys.write) })
  const destroyed = await ask('/api/inbox/destroy', octets(destroyBody(known.keys)))
  expect(destroyed.status).toBe(204)
  expect(await rowsIn('answers')).toBe(0)
  expect(await storedReports()).toMatchObject([{ write_hash: null, follow_ups: 1 }])
  expect(await rowsIn('follow_ups')).toBe(1)
  const { bytes } = await read(known.keys.lookup)
  expect(await openReply(known.keys.down, known.hashes.ownerHash, 0, bytes)).toBeNull()
})

test('R10: Destroying an unknown number, or with a wrong token, changes nothing', async () => {
  for (const body of [randomBytes(48), concat(known.keys.lookup, randomBytes(32))]) {
    expect((await ask('/api/inbox/destroy', octets(body))).status).toBe(204)
  }
  expect(await rowsIn('answers')).toBe(1)
  expect(await storedReports()).not.toMatchObject([{ write_hash: null }])
})

test('The inbox refuses a body of another length or type, and a large body', async () => {
  for (const [path, length] of [
    ['/api/inbox', 20],
    ['/api/inbox/destroy', 48],
  ] as const) {
    for (const wrong of [0, length - 1, length + 1]) {
      await expectRefusal(await ask(path, octets(new Uint8Array(wrong))), 400, 'malformed')
    }
    await expectRefusal(await ask(path, octets(new Uint8Array(5000))), 413, 'too_large')
    const wrongType = octets(new Uint8Array(length), { 'content-type': 'text/plain' })
    await expectRefusal(await ask(path, wrongType), 415, 'wrong_content_type')
  }
  expect(await rowsIn('answers')).toBe(1)
})
