import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { randomBytes, sha256 } from '#protocol/bytes'
import { DAY_MS, GRADE_BITS } from '#protocol/limits'
import { findProof, gradeOfBits, proofBits } from '#protocol/crypto/proof-of-work'
import { sha256Words } from '#protocol/crypto/sha256-sync'

const NOW = Date.UTC(2026, 10, 24, 12)

test('The synchronous SHA-256 agrees with that of Node on every length up to 55 bytes', () => {
  for (let length = 0; length <= 55; length++) {
    const message = randomBytes(length)
    const words = Buffer.alloc(32)
    sha256Words(message).forEach((word, at) => words.writeInt32BE(word, at * 4))
    expect(words.toString('hex')).toBe(createHash('sha256').update(message).digest('hex'))
  }
})

test('A proof counts only for its header id, and at most one day early or late', () => {
  // With a random header, a nonce would also be valid for another header in one run out of 20,000.
  const headerId = new Uint8Array(16).fill(7)
  const [least] = GRADE_BITS
  const nonce = findProof(headerId, NOW, 0, 2 ** (least + 5))
  if (nonce === null) throw new Error('no proof in 2 million tries')
  for (const days of [-1, 0, 1])
    expect(proofBits(headerId, NOW + days * DAY_MS, nonce)).toBeGreaterThanOrEqual(least)
  expect(proofBits(headerId, NOW + 2 * DAY_MS, nonce)).toBeLessThan(least)
  const other = headerId.slice()
  other[0] = (other[0] ?? 0) ^ 1
  expect(proofBits(other, NOW, nonce)).toBeLessThan(least)
})

test('The bits of a proof are those of SHA-256 over label, header id, day and nonce', () => {
  const headerId = randomBytes(16)
  const numbers = Buffer.alloc(8)
  for (let nonce = 0; nonce < 3000; nonce++) {
    const best = [-1, 0, 1].map((shift) => {
      numbers.writeUInt32BE(Math.floor(NOW / DAY_MS) + shift, 0)
      numbers.writeUInt32BE(nonce, 4)
      const hash = createHash('sha256').update('oasis/v1/proof').update(headerId).update(numbers)
      return Math.clz32(hash.digest().readUInt32BE())
    })
    expect(proofBits(headerId, NOW, nonce)).toBe(Math.max(...best))
  }
})

test('The grade of a proof follows from its bits', () => {
  expect([0, 15, 16, 18, 19, 21, 22, 40].map(gradeOfBits)).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
})

test('A search for a proof that is cut short gives null and can be continued', async () => {
  const hash = await sha256(randomBytes(8))
  let found = null
  let slices = 0
  while (found === null) found = findProof(hash, NOW, slices++ * 5000, 5000)
  expect(slices).toBeGreaterThan(0)
  expect(findProof(hash, NOW, 0, found)).toBeNull()
  expect(findProof(hash, NOW, found, 1)).toBe(found)
})
