import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { randomBytes, sha256 } from '#protocol/bytes'
import { DAY_MS, PROOF_BITS } from '#protocol/limits'
import { findProof, hasProof } from '#protocol/crypto/proof-of-work'
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

test('A proof is accepted only for its envelope, and at most one day early or late', async () => {
  const envelope = randomBytes(4096)
  const nonce = findProof(await sha256(envelope), NOW, 0, 2 ** (PROOF_BITS + 5))
  if (nonce === null) throw new Error('no proof in 2 million tries')
  for (const days of [-1, 0, 1])
    expect(hasProof(await sha256(envelope), NOW + days * DAY_MS, nonce)).toBe(true)
  expect(hasProof(await sha256(envelope), NOW + 2 * DAY_MS, nonce)).toBe(false)
  const other = envelope.slice()
  other[0] = (other[0] ?? 0) ^ 1
  expect(hasProof(await sha256(other), NOW, nonce)).toBe(false)
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
