// Makes requests that no page of this site would make. Each request breaks at least one API rule,
// so the edge must neither store it nor fail.
import { createHash } from 'node:crypto'
import { concat, toB64, type Bytes } from '#protocol/bytes'
import type { Chance } from '#scripts/shared/seeded-random'

export interface Malformed {
  path: string
  init: RequestInit
  /** the fault in the request, for the printed result */
  how: string
}

export type Maker = (chance: Chance, sealed: Bytes) => Malformed

const OCTETS = { 'content-type': 'application/octet-stream' }
const LENGTHS = [0, 1, 3, 4, 16, 119, 120, 500, 4095, 4097, 8191, 8193, 16383, 16385, 20_000]
const TYPES = ['', 'text/plain', 'application/json', 'multipart/form-data', 'image/png', ';;;']

const changed = (bytes: Bytes, at: number, value: number): Bytes => {
  const copy = bytes.slice()
  copy[at] = value
  return copy
}

const report = (how: string, body: Bytes, headers: Record<string, string> = {}): Malformed => ({
  path: '/api/reports',
  init: { method: 'POST', body, headers: { ...OCTETS, ...headers } },
  how,
})

/** Makes envelopes that each have one wrong field, for each field that the edge can read. */
export const malformedEnvelope: Maker = (chance, sealed) => {
  const zeros = (at: number, length: number): Bytes =>
    concat(sealed.slice(0, at), new Uint8Array(length), sealed.slice(at + length))
  const wrap = sealed.length - 121
  return chance.one([
    () => report('a wrong length', chance.bytes(chance.one(LENGTHS))),
    () => report('cut off', sealed.slice(0, chance.below(sealed.length - 1))),
    () => report('too long by some bytes', concat(sealed, chance.bytes(1 + chance.below(200)))),
    () => report('noise of a right length', changed(chance.bytes(4096), 0, 2 + chance.below(254))),
    () => report('another version', changed(sealed, 0, 2 + chance.below(254))),
    () => report('another kind', changed(sealed, 1, chance.one([0, 5, 9, 255]))),
    () => report('another danger', changed(sealed, 2, 2 + chance.below(254))),
    () => report('another suite', changed(sealed, 3, chance.one([0, 2, 7, 255]))),
    () => report('an unknown epoch', changed(sealed, 4 + chance.below(3), 1 + chance.below(255))),
    () => report('no id', zeros(8, 16)),
    () => report('no commitment', zeros(24, 32)),
    () => report('no owner hash', zeros(56, 32)),
    () => report('no write token', zeros(88, 32)),
    () => report('sealed to another key', changed(sealed, wrap + chance.below(8), 0)),
    () => ({
      ...report('another type', sealed),
      init: { method: 'POST', body: sealed, headers: { 'content-type': chance.one(TYPES) } },
    }),
    () => ({ ...report('another method', sealed), init: { method: 'PUT', body: sealed } }),
  ])()
}

/** Makes chunks of unlisted files, with impossible numbers and lengths. */
export const malformedChunk: Maker = (chance, sealed) => {
  const hash = createHash('sha256').update(sealed).digest()
  const known = toB64(concat(hash.subarray(0, 16), new Uint8Array([0])))
  const id = chance.one([
    () => toB64(chance.bytes(17)),
    () => toB64(chance.bytes(chance.below(40))),
    () => known.slice(0, -1) + '!',
    () => `${known}A`,
    () => '..%2f..',
    () => toB64(concat(chance.bytes(16), new Uint8Array([10 + chance.below(246)]))),
  ])()
  const n = chance.one(['0', '1', '-1', '2560', '99999999999', '1e3', '0x1', '', 'NaN', '00'])
  const length = chance.one([0, 1, 8207, 8208, 8209, 65_551, 65_552, 65_553])
  return {
    path: `/api/files/${id}/${n}`,
    init: {
      method: chance.one(['PUT', 'PUT', 'PUT', 'POST', 'DELETE', 'PATCH']),
      headers: chance.one([OCTETS, { 'content-type': chance.one(TYPES) }]),
      // Sends zeros, because random bytes are slow to make and the edge never looks inside a chunk.
      body: new Uint8Array(length),
    },
    how: 'a chunk of nothing',
  }
}

/**
 * Makes requests to the inbox: wrong secrets, invalid requests to end a thread, and unknown
 * addresses.
 */
export const malformedInbox: Maker = (chance) => {
  const [length, type] = chance.one([
    [chance.one([0, 1, 15, 16, 19, 21, 47, 49, 64, 5000]), 'application/octet-stream'],
    [chance.one([20, 48]), chance.one(TYPES)],
  ] as const)
  return {
    path: chance.one(['/api/inbox', '/api/inbox/destroy', '/api/inbox/x', '/api/nothing']),
    init: {
      method: chance.one(['POST', 'POST', 'POST', 'PUT', 'DELETE']),
      headers: { 'content-type': type },
      body: chance.bytes(length),
    },
    how: 'no number',
  }
}
