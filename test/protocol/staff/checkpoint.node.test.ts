import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { concat, randomBytes, toB64, u32, type Bytes } from '#protocol/bytes'
import {
  bucketPlace,
  checkpointDigest,
  hashesOf,
  hasSize,
  leafInBucket,
  INDEX_BYTES,
  readUpload,
  writeCheckpoint,
  writeUpload,
} from '#protocol/staff/ledger/checkpoint'
import {
  LEAF_BYTES,
  readLeaves,
  writeLeaves,
  type CaseLeaf,
} from '#protocol/staff/ledger/checkpoint-leaves'

// 300 cases in about 175 of the 256 buckets.
let heads: CaseLeaf[]
let leaves: Bytes, stored: Bytes, digest: Bytes
beforeAll(async () => {
  heads = Array.from({ length: 300 }, (_, at) => ({
    caseId: randomBytes(16),
    n: at + 1,
    hash: randomBytes(32),
    facts: randomBytes(32),
  })).sort((one, other) => Buffer.compare(one.caseId, other.caseId))
  leaves = writeLeaves(heads)
  stored = await writeCheckpoint(leaves)
  digest = await checkpointDigest(stored)
})

/** An honest server's response about one bucket. */
function bucketOf(number: number): Bytes {
  const { offset, length } = bucketPlace(stored.subarray(0, INDEX_BYTES), number)
  return concat(hashesOf(stored), stored.subarray(offset, offset + length))
}

test('The digest is that of Node’s SHA-256 over the label and 256 bucket hashes', () => {
  const sha = (...parts: Uint8Array[]): Buffer =>
    createHash('sha256')
      .update(concat(...parts))
      .digest()
  const buckets = Array.from({ length: 256 }, (_, bucket) => {
    const own = heads.filter(({ caseId }) => caseId[0] === bucket)
    return sha(...own.flatMap(({ caseId, n, hash, facts }) => [caseId, u32(n), hash, facts]))
  })
  expect(Buffer.from(digest)).toEqual(sha(Buffer.from('oasis/v2/checkpoint'), ...buckets))
})

test('Every case is found in its bucket, and no other case', async () => {
  for (const head of heads)
    expect(await leafInBucket(bucketOf(head.caseId[0] ?? 0), head.caseId, digest)).toEqual(head)
  const stranger = randomBytes(16)
  expect(await leafInBucket(bucketOf(stranger[0] ?? 0), stranger, digest)).toBeNull()
})

test('R25: Of 2,000 changes to a bucket none gives a head', async () => {
  for (let n = 0; n < 2000; n++) {
    const { caseId } = heads[n % heads.length] ?? { caseId: randomBytes(16) }
    const sent = bucketOf(caseId[0] ?? 0)
    const at = randomBytes(4).reduce((sum, byte) => sum * 256 + byte, 0) % sent.length
    const changed = [
      sent.slice(0, -LEAF_BYTES),
      sent.slice(0, at),
      concat(sent, sent.subarray(-LEAF_BYTES)),
      bucketOf(((caseId[0] ?? 0) + 1) % 256),
      sent.map((byte, place) => (place === at ? byte ^ (1 << (n % 8)) : byte)),
    ][n % 5]
    await expect(leafInBucket(changed ?? sent, caseId, digest)).rejects.toMatchObject({
      code: 'malformed',
    })
  }
})

test('Leaves that do not ascend, repeat or end early are refused', () => {
  const [one, two] = [leaves.slice(0, LEAF_BYTES), leaves.slice(LEAF_BYTES, 2 * LEAF_BYTES)]
  for (const broken of [concat(two, one), concat(one, one), leaves.slice(0, -1)])
    expect(() => readLeaves(broken)).toThrow('malformed')
  expect(readLeaves(leaves)).toEqual(heads)
})

test('A stored checkpoint has its number of cases in length and index', () => {
  expect(hasSize(stored, 300)).toBe(true)
  expect(hasSize(stored, 299)).toBe(false)
  expect(hasSize(concat(stored, new Uint8Array(LEAF_BYTES)), 301)).toBe(false)
})

test('An upload gives back its JSON and its checkpoint, and a short one is refused', () => {
  const upload = writeUpload({ signature: toB64(digest) }, stored)
  const { json, stored: back } = readUpload(upload)
  expect(JSON.parse(Buffer.from(json).toString())).toEqual({ signature: toB64(digest) })
  expect(back).toEqual(stored)
  for (const short of [new Uint8Array(), upload.slice(0, INDEX_BYTES), u32(2 ** 32 - 1)])
    expect(() => readUpload(short)).toThrow('malformed')
})
