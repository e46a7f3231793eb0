import { expect, test } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { decodeB64 } from '#site/staff/crypto/decode-b64.ts'

test('The quick decoder gives the same bytes as the one of the protocol', () => {
  for (let length = 0; length < 300; length++) {
    const text = toB64(randomBytes(length))
    expect(decodeB64(text)).toEqual(fromB64(text))
  }
})

test('The quick decoder refuses what is no base64url', () => {
  expect(() => decodeB64('a*b')).toThrow(DOMException)
})
