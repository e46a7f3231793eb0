// A BLOB column of bytes. D1 hands blobs out as arrays of numbers or as buffers, depending on the call: both are read here,
// so that nothing behind this door sees anything but Uint8Array.
import { customType } from 'drizzle-orm/sqlite-core'
import type { Bytes } from '#protocol/bytes'

export function bytesFrom(stored: unknown): Bytes {
  if (Array.isArray(stored)) return Uint8Array.from(stored as number[])
  if (stored instanceof ArrayBuffer) return new Uint8Array(stored)
  if (ArrayBuffer.isView(stored))
    return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength).slice()
  throw new TypeError('a stored blob is neither numbers nor a buffer')
}

export const bytes = customType<{ data: Bytes; driverData: unknown }>({
  dataType: () => 'blob',
  fromDriver: bytesFrom,
  toDriver: (value) => value,
})
