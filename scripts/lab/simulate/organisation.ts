// Makes the organisation of all worlds, and the people whose reports the worlds send. Sealing takes
// far longer than a world, so each thread seals once and the worlds share the envelopes. The seed
// decides everything, so that each thread has the same envelopes.
import { randomBytes, sha256, type Bytes } from '#protocol/bytes'
import { findProof } from '#protocol/crypto/proof-of-work'
import { certifyAdmin, signManifest, type Manifest } from '#protocol/keys/manifest'
import { GRADE_BITS, HYBRID_KEY_BYTES, ID_BYTES } from '#protocol/limits'
import {
  KIND,
  readEnvelope,
  reportIdOf,
  type Kind,
  type SealingKeys,
} from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { makeReceipt, ownerHashOf, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import { dayNumber, minuteOf } from '#protocol/time'

/** Every world begins at this moment, so that the proofs of work hold. */
export const BEGINS_AT = Date.parse('2026-11-24T09:00:30Z')

const PEOPLE = 24
/** The number of people with a proof of work. Finding a proof takes a while. */
const PROOFS = 4
/** Leading zero bits of the last proof, which gives grade 2. */
const MORE_BITS = GRADE_BITS[1]
const FOLLOW_UPS = 3
/** A word in every sealed text, for which the stores are searched. */
export const SEALED_WORD = 'Жашырылган-сөз'

export interface Sealed {
  /** id of the report */
  id: Bytes
  bytes: Bytes
  /** nonce of a proof of work, or null */
  proof: number | null
}

/** A person with a receipt and the envelopes that they may send. */
export interface SimulatedPerson {
  receipt: string
  keys: ReceiptKeys
  ownerHash: Bytes
  first: Sealed
  followUps: Sealed[]
}

export interface SimulatedMember {
  id: Bytes
  signPublic: Bytes
  signPrivate: CryptoKey
}

export interface PublishedEpoch {
  manifest: Manifest
  bytes: Bytes
  hybridKey: Bytes
}

export interface SimulatedOrganisation {
  root: Bytes
  epochs: [PublishedEpoch, PublishedEpoch]
  people: SimulatedPerson[]
  members: SimulatedMember[]
  /** envelopes of an unknown epoch, and to an unknown key */
  foreign: Sealed[]
}

const P256 = 'P-256'

async function newPair(name: 'ECDH' | 'ECDSA') {
  const uses = name === 'ECDH' ? (['deriveBits'] as const) : (['sign', 'verify'] as const)
  const pair = await crypto.subtle.generateKey({ name, namedCurve: P256 }, true, [...uses])
  const exported = await crypto.subtle.exportKey('raw', pair.publicKey)
  return { open: new Uint8Array(exported), key: pair.privateKey }
}

async function seal(
  keys: SealingKeys,
  kind: Kind,
  danger: boolean,
  own: ReceiptKeys,
): Promise<Sealed> {
  const header = {
    kind,
    danger,
    headerId: randomBytes(ID_BYTES),
    ownerHash: await ownerHashOf(own.lookup),
    writeHash: await sha256(own.write),
  }
  const report = { v: 1, lang: 'ky', at: minuteOf(BEGINS_AT), text: SEALED_WORD }
  const bytes = await sealEnvelope(keys, header, JSON.stringify(report))
  return { id: await reportIdOf(bytes), bytes, proof: null }
}

async function newPerson(keys: SealingKeys, at: number): Promise<SimulatedPerson> {
  const receipt = makeReceipt()
  const own = await receiptKeys(receipt)
  const kind = at % 3 === 0 ? KIND.helpForMe : KIND.tip
  const first = await seal(keys, kind, at % 3 === 0, own)
  const followUps: Sealed[] = []
  for (let many = 0; many < FOLLOW_UPS; many++)
    followUps.push(await seal(keys, KIND.followUp, many === 1, own))
  if (at < PROOFS)
    first.proof = findProof(
      readEnvelope(first.bytes).headerId,
      BEGINS_AT,
      0,
      2 ** 24,
      at === PROOFS - 1 ? MORE_BITS : GRADE_BITS[0],
    )
  return { receipt, keys: own, ownerHash: await ownerHashOf(own.lookup), first, followUps }
}

/** Makes the organisation. The caller has set up a platform with a fixed seed. */
export async function makeSimulatedOrganisation(): Promise<SimulatedOrganisation> {
  const [root, admin] = [await newPair('ECDSA'), await newPair('ECDSA')]
  const today = dayNumber(BEGINS_AT)
  const certificate = await certifyAdmin(root.key, admin.open, today + 365)
  const epochOf = async (epoch: number): Promise<PublishedEpoch> => {
    const hybridKey = randomBytes(HYBRID_KEY_BYTES)
    const manifest: Manifest = {
      epoch,
      firstDay: today - 1,
      lastDay: today + 90,
      intake: (await newPair('ECDH')).open,
      hybridHash: await sha256(hybridKey),
      admin: admin.open,
      adminLastDay: today + 365,
    }
    return { manifest, hybridKey, bytes: await signManifest(admin.key, certificate, manifest) }
  }
  const epochs: [PublishedEpoch, PublishedEpoch] = [await epochOf(1), await epochOf(2)]
  const people: SimulatedPerson[] = []
  for (let at = 0; at < PEOPLE; at++) people.push(await newPerson(epochs[0].manifest, at))
  const members: SimulatedMember[] = []
  for (let at = 0; at < 2; at++) {
    const signing = await newPair('ECDSA')
    members.push({ id: randomBytes(ID_BYTES), signPublic: signing.open, signPrivate: signing.key })
  }
  const [own] = people
  if (!own) throw new Error('nobody reports')
  const others = [
    { ...epochs[0].manifest, epoch: 9 },
    { ...epochs[0].manifest, intake: (await newPair('ECDH')).open },
  ]
  const foreign: Sealed[] = []
  for (const keys of others) {
    const stranger = await receiptKeys(makeReceipt())
    foreign.push(await seal(keys, KIND.tip, foreign.length > 0, stranger))
  }
  return { root: root.open, epochs, people, members, foreign }
}
