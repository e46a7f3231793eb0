// Contains the fixed inputs for test/vectors/envelopes_oasis.json. Each secret is the SHA-256 of a
// label, so that nobody can mistake it for a real person's secret.
import { createECDH, createHash } from 'node:crypto'
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { KIND, type Kind, type Suite } from '#protocol/report/envelope'
import type { VisitPlace } from '#protocol/report/reporter-mac'

export const EPOCH = 7
/** 26 digits and their two check digits */
export const RECEIPT = '3141592653589793238462643398'

export const secret = (label: string): Bytes =>
  new Uint8Array(createHash('sha256').update(`oasis test vector, ${label}`).digest())

/** A P-256 pair: the private scalar (32 bytes) and the public point (65 bytes). */
export interface ScalarPair {
  scalar: Bytes
  point: Bytes
}

export function scalarPair(label: string): ScalarPair {
  const curve = createECDH('prime256v1')
  const scalar = secret(label)
  curve.setPrivateKey(scalar)
  return { scalar, point: new Uint8Array(curve.getPublicKey()) }
}

const P256 = { name: 'ECDH', namedCurve: 'P-256' }

/** Imports both halves of a pair. */
export async function cryptoPair({ scalar, point }: ScalarPair): Promise<CryptoKeyPair> {
  const [x, y] = [toB64(point.slice(1, 33)), toB64(point.slice(33))]
  const jwk = { kty: 'EC', crv: 'P-256', x, y }
  const withScalar = { ...jwk, d: toB64(scalar) }
  return {
    publicKey: await crypto.subtle.importKey('jwk', jwk, P256, true, []),
    privateKey: await crypto.subtle.importKey('jwk', withScalar, P256, true, ['deriveBits']),
  }
}

/** The report of a vector, before the sealer adds the suite and the MAC. */
export interface VectorInput {
  name: string
  suite: Suite
  kind: Kind
  danger: boolean
  /** the JSON without the values of the receipt */
  words: Record<string, unknown>
  /** only for a follow-up */
  place: VisitPlace | null
}

export const INPUTS: readonly VectorInput[] = [
  {
    name: 'suite-1',
    suite: 1,
    kind: KIND.helpForMe,
    danger: true,
    words: {
      lang: 'ky',
      at: '2026-11-24T21:05Z',
      text: 'Паспортумду алып коюшту, сыртка чыгарышпайт.',
      place: 'Москва',
      consent: 'helpers',
      signs: ['WithholdsDocuments', 'RestrictsMovement'],
      needs: ['leave', 'papers'],
      contact: { how: 'WhatsApp', when: 'кечинде', avoid: 'чалбаңыз' },
    },
    place: null,
  },
  {
    name: 'suite-2',
    suite: 2,
    kind: KIND.tip,
    danger: false,
    words: {
      lang: 'ru',
      at: '2026-11-24T21:06Z',
      text: 'Людей держат взаперти. "Цех" \\ рынок 🙏',
    },
    place: null,
  },
  {
    name: 'follow-up',
    suite: 1,
    kind: KIND.followUp,
    danger: false,
    words: { lang: 'ky', at: '2026-11-25T06:30Z', text: 'Дарегин билдим: экинчи кабат.' },
    place: { visit: secret('visit').slice(0, 8), n: 1 },
  },
]

export const bytesIn = (vector: Record<string, string>, field: string): Bytes =>
  fromB64(vector[field] ?? '')
