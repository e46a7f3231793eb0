// Provides Node with the two ECMAScript 2026 functions that the worker uses to read digits. workerd
// already has both functions.
import { toB64, type Bytes } from '#protocol/bytes'

const define = (on: object, name: string, value: unknown): void => {
  if (!(name in on)) Object.defineProperty(on, name, { value, configurable: true, writable: true })
}

export function defineNativeBytes(): void {
  define(Uint8Array, 'fromHex', (digits: string) =>
    Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
  )
  define(Uint8Array.prototype, 'toBase64', function toBase64(this: Bytes) {
    return toB64(this)
  })
}
