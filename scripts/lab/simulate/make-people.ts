// Makes the people whose reports the worlds send. Sealing takes far longer than running a world, so
// each thread seals once and its worlds share the envelopes.
import { randomBytes, sha256, type Bytes } from '#protocol/bytes'
import { findProof } from '#protocol/crypto/proof-of-work'
import { GRADE_BITS, ID_BYTES } from '#protocol/limits'
import {
  KIND,
  readEnvelope,
  reportIdOf,
  type Kind,
  type SealingKeys,
} from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { makeReceipt, ownerHashOf, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import { minuteOf } from '#protocol/time'

/** Every world begins at this moment, so that the proofs of work are valid. */
export const BEGINS_AT = Date.parse('2026-11-24T09:00:30Z')

/**
 * The number of people with a proof of work. Only a few people have a proof, because finding a
 * proof takes a while.
 */
const PROOFS = 4
/** Number of leading zero bits in the last proof, enough for grade 2. */
const MORE_BITS = GRADE_BITS[1]
const FOLLOW_UPS = 3
/** A word in every sealed text, which the checks search for in the stores. */
export const SEALED_WORD = 'Жашырылган-сөз'

export interface Sealed {
  /** report id */
  id: Bytes
  bytes: Bytes
  /** nonce of a proof of work, or null */
  proof: number | null
}

/** A person with a receipt and the envelopes that the person may send. */
export interface SimulatedPerson {
  receipt: string
  keys: ReceiptKeys
  ownerHash: Bytes
  first: Sealed
  followUps: Sealed[]
}

/** Seals a person's report, without a proof of work. */
export async function sealSimulated(
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

/** @param at  position of the person among all people, which determines the kind and the proof */
export async function makeSimulatedPerson(keys: SealingKeys, at: number): Promise<SimulatedPerson> {
  const receipt = makeReceipt()
  const own = await receiptKeys(receipt)
  const kind = at % 3 === 0 ? KIND.helpForMe : KIND.tip
  const first = await sealSimulated(keys, kind, at % 3 === 0, own)
  const followUps: Sealed[] = []
  for (let many = 0; many < FOLLOW_UPS; many++)
    followUps.push(await sealSimulated(keys, KIND.followUp, many === 1, own))
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
