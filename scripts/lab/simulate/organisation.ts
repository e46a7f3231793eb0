// Makes the organisation that all worlds share: its keys, its epochs, its members and its people.
// The seed decides everything, so that each thread has the same envelopes.
import { randomBytes, sha256, type Bytes } from '#protocol/bytes'
import { certifyAdmin, signManifest, type Manifest } from '#protocol/keys/manifest'
import { HYBRID_KEY_BYTES, ID_BYTES } from '#protocol/limits'
import { KIND } from '#protocol/report/envelope'
import { makeReceipt, receiptKeys } from '#protocol/report/receipt'
import { dayNumber } from '#protocol/time'
import {
  BEGINS_AT,
  makeSimulatedPerson,
  sealSimulated,
  type Sealed,
  type SimulatedPerson,
} from '#scripts/lab/simulate/make-people'

const PEOPLE = 24

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
  /** envelopes for an unknown epoch, and for an unknown key */
  foreign: Sealed[]
}

const P256 = 'P-256'

async function newPair(name: 'ECDH' | 'ECDSA') {
  const uses = name === 'ECDH' ? (['deriveBits'] as const) : (['sign', 'verify'] as const)
  const pair = await crypto.subtle.generateKey({ name, namedCurve: P256 }, true, [...uses])
  const exported = await crypto.subtle.exportKey('raw', pair.publicKey)
  return { open: new Uint8Array(exported), key: pair.privateKey }
}

/** Makes the organisation. The caller must already have set up a platform with a fixed seed. */
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
  for (let at = 0; at < PEOPLE; at++) people.push(await makeSimulatedPerson(epochs[0].manifest, at))
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
    foreign.push(await sealSimulated(keys, KIND.tip, foreign.length > 0, stranger))
  }
  return { root: root.open, epochs, people, members, foreign }
}
