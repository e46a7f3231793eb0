// Makes WebCrypto repeatable. Random bytes are derived from the seed. WebCrypto calls run one after
// another, because parallel threads would finish in an order that no seed controls.
import { createECDH } from 'node:crypto'
import { toB64, type Bytes } from '#protocol/bytes'
import { quickHashes, type SubtleCalls } from '#scripts/shared/quick-hashes'

const ORDERED = [
  ...['importKey', 'exportKey', 'deriveBits', 'deriveKey'],
  ...['encrypt', 'decrypt', 'sign', 'verify'],
]
const P256 = 'prime256v1'

/** WebCrypto calls that have not finished. */
let pending = 0
let last: Promise<unknown> = Promise.resolve()
export const isCryptoBusy = (): boolean => pending > 0

function inOrder(call: () => Promise<unknown>): Promise<unknown> {
  pending++
  const done = last.then(call).finally(() => pending--)
  last = done.catch(() => undefined)
  return done
}

/** Fills `bytes` four at a time, because a call of `roll` for every byte would be slow. */
function fillFrom(roll: () => number, bytes: Uint8Array): void {
  let word = 0
  for (let at = 0; at < bytes.length; at++) {
    if (at % 4 === 0) word = Math.floor(roll() * 2 ** 32)
    bytes[at] = word >>> (8 * (at % 4))
  }
}

/**
 * Replaces the random source and serialises the WebCrypto calls in this thread.
 *
 * @param roll  the random numbers of the current world
 */
export function installCrypto(roll: () => number): void {
  const subtle = crypto.subtle as unknown as SubtleCalls
  const real = Object.fromEntries(
    ORDERED.map((name) => [name, subtle[name]?.bind(crypto.subtle)]),
  ) as SubtleCalls
  const call =
    (name: string) =>
    (...given: unknown[]): Promise<unknown> =>
      inOrder(() => real[name]?.(...given) ?? Promise.reject(new TypeError(name)))
  const replace = (target: object, name: string, value: unknown): void => {
    Object.defineProperty(target, name, { value, configurable: true })
  }

  const randomFill = (view: ArrayBufferView): ArrayBufferView => {
    fillFrom(roll, new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    return view
  }
  replace(crypto, 'getRandomValues', randomFill)
  replace(crypto, 'randomUUID', () => toB64(randomFill(new Uint8Array(16)) as Bytes))
  for (const name of ORDERED) replace(subtle, name, call(name))
  // HKDF calls HMAC so often that WebCrypto's threads would be too slow.
  const ordered = { importKey: call('importKey'), sign: call('sign') }
  for (const [name, quick] of Object.entries(quickHashes(ordered))) replace(subtle, name, quick)
  replace(subtle, 'generateKey', (algorithm: unknown, canExport: boolean, uses: string[]) =>
    inOrder(() => seededPair(real, randomFill, algorithm, canExport, uses)),
  )
}

/** Makes a P-256 key pair whose private key is derived from the seed. */
async function seededPair(
  real: SubtleCalls,
  randomFill: (view: ArrayBufferView) => ArrayBufferView,
  algorithm: unknown,
  canExport: boolean,
  uses: string[],
): Promise<unknown> {
  const ecdh = createECDH(P256)
  const secret = new Uint8Array(32)
  randomFill(secret)
  ecdh.setPrivateKey(secret)
  const point = new Uint8Array(ecdh.getPublicKey())
  const open = {
    kty: 'EC',
    crv: 'P-256',
    x: toB64(point.slice(1, 33)),
    y: toB64(point.slice(33)),
  }
  const key = { ...open, d: toB64(secret) }
  const isPublic = (use: string): boolean => use === 'verify'
  const privateUses = uses.filter((use) => !isPublic(use))
  return {
    privateKey: await real['importKey']?.('jwk', key, algorithm, canExport, privateUses),
    publicKey: await real['importKey']?.('jwk', open, algorithm, true, uses.filter(isPublic)),
  }
}
