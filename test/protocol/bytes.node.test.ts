import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concat, fromB64, fromUtf8, readU32, sameBytes, toB64, u32 } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'

test('Base64url agrees with Node in both directions, and a wrong character is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(toB64(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromB64(toB64(bytes))).toEqual(Uint8Array.from(bytes))
    }),
  )
  expect(() => fromB64('a!')).toThrow()
})

test('A number becomes four bytes, big endian, and the bytes give the number again', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (value) => {
      expect(readU32(u32(value))).toBe(value)
    }),
  )
  expect([...u32(0x01020304)]).toEqual([1, 2, 3, 4])
})

test('Only equal length and content make bytes the same, and concat keeps the order', () => {
  expect(sameBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true)
  expect(sameBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false)
  expect(sameBytes(new Uint8Array([1, 0]), new Uint8Array([1]))).toBe(false)
  expect(concat(new Uint8Array([1]), new Uint8Array([2, 3]))).toEqual(new Uint8Array([1, 2, 3]))
})

test('Broken UTF-8 is refused with a TypeError', () => {
  expect(() => fromUtf8(new Uint8Array([0xc3]))).toThrow(TypeError)
})

test('A padded text has one length and unpads unchanged, and a longer text is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      fc.pre(text.isWellFormed())
      const padded = padText(text, 300)
      expect(padded).toHaveLength(300)
      expect(unpadText(padded)).toBe(text)
    }),
  )
  expect(() => padText('a'.repeat(297), 300)).toThrow(
    expect.objectContaining({ code: 'text_too_long' }),
  )
})

test('A padded text with an impossible length or broken UTF-8 is refused with cannot_open', () => {
  for (const bytes of [[], [0, 0, 0], [0, 0, 0, 2, 65], [0, 0, 0, 1, 0xff]])
    expect(() => unpadText(new Uint8Array(bytes))).toThrow(
      expect.objectContaining({ code: 'cannot_open' }),
    )
})
