import { afterEach, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { decodeB64, encodeB64 } from '#protocol/staff/native-b64'

const own = Object.getOwnPropertyDescriptor(Uint8Array, 'fromBase64')
const ownEncoder = Object.getOwnPropertyDescriptor(Uint8Array.prototype, 'toBase64')
afterEach(() => {
  Reflect.deleteProperty(Uint8Array, 'fromBase64')
  Reflect.deleteProperty(Uint8Array.prototype, 'toBase64')
  if (own) Object.defineProperty(Uint8Array, 'fromBase64', own)
  if (ownEncoder) Object.defineProperty(Uint8Array.prototype, 'toBase64', ownEncoder)
})

const setNative = (value: unknown): void =>
  void Object.defineProperty(Uint8Array, 'fromBase64', { value, configurable: true })
const setEncoder = (value: unknown): void =>
  void Object.defineProperty(Uint8Array.prototype, 'toBase64', { value, configurable: true })

test('Without a decoder of the browser, the bytes are those of the protocol’s decoder', () => {
  setNative(undefined)
  for (let length = 0; length < 300; length++) {
    const text = toB64(randomBytes(length))
    expect(decodeB64(text)).toEqual(fromB64(text))
  }
})

test('Without a decoder of the browser, another character is refused', () => {
  setNative(undefined)
  expect(() => decodeB64('a*b')).toThrow(DOMException)
})

test('The decoder of the browser is asked for the alphabet of base64url', () => {
  const asked: unknown[] = []
  setNative((...given: unknown[]) => {
    asked.push(given)
    return new Uint8Array([1])
  })
  expect(decodeB64('AQ')).toEqual(new Uint8Array([1]))
  expect(asked).toEqual([['AQ', { alphabet: 'base64url' }]])
})

test('Without an encoder of the browser, the text is that of the protocol’s encoder', () => {
  setEncoder(undefined)
  const bytes = randomBytes(299)
  expect(encodeB64(bytes)).toBe(toB64(bytes))
})

test('The encoder of the browser is asked for base64url without padding', () => {
  const asked: unknown[] = []
  setEncoder(function (this: Uint8Array, ...given: unknown[]) {
    asked.push(this, ...given)
    return 'AQ'
  })
  const bytes = new Uint8Array([1])
  expect(encodeB64(bytes)).toBe('AQ')
  expect(asked).toEqual([bytes, { alphabet: 'base64url', omitPadding: true }])
})
