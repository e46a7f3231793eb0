// Acts as people who carry letters of other people, and as strangers who must read and change
// nothing. Strangers send damaged copies, unknown receipts, wrong tokens, malformed reports and
// chunks of no report.
import { concat, type Bytes } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { HASH_BYTES, HEADER_BYTES, ID_BYTES } from '#protocol/limits'
import { cutEnvelope } from '#protocol/report/letter'
import { ownerHashOf } from '#protocol/report/receipt'
import {
  damagedCopy,
  PLAIN_SENDING,
  sendOnce,
  sendUntilAnswered,
} from '#scripts/lab/simulate/actors/client'
import {
  askEdge,
  pauseUpTo,
  type SimulatedActor,
} from '#scripts/lab/simulate/actors/simulated-actor'
import { endOnce, readSlot, sendChunks } from '#scripts/lab/simulate/actors/reporter'
import type { SimulatedPerson } from '#scripts/lab/simulate/make-people'
import { chunkKey } from '#scripts/lab/simulate/objects'

const PAUSE_MS = 30_000
const LETTER_ROOM = 1000
const WRITE_HASH_AT = HEADER_BYTES - HASH_BYTES

type Act = (actor: SimulatedActor, person: SimulatedPerson) => Promise<void>

/** Carries the letter of a person, perhaps more than once. */
export async function playCarrier(
  actor: SimulatedActor,
  people: readonly SimulatedPerson[],
): Promise<void> {
  for (let at = 1 + actor.chance.below(3); at > 0; at--) {
    await pauseUpTo(actor, PAUSE_MS)
    const person = actor.chance.one(people)
    await actor.chance.one([...CARRYING])(actor, person)
  }
}

const carryLetter: Act = async (actor, { first }) => {
  await sendUntilAnswered(actor, { ...first, proof: null })
}

const carryDamaged: Act = async (actor, { first }) => {
  await sendUntilAnswered(actor, { bytes: damagedCopy(first.bytes, actor.chance), proof: null })
}

/** Sends another report under the header id of a person, with the same proof of work. */
const useTheirProof: Act = async (actor, { first }) => {
  const bytes = damagedCopy(first.bytes, actor.chance)
  await sendUntilAnswered(actor, { bytes, proof: first.proof })
}

/** Stores a report that names the owner hash of a person, with another write token. */
const nameTheirNumber: Act = async (actor, { first: { bytes } }) => {
  const other = concat(bytes.slice(0, WRITE_HASH_AT), actor.chance.bytes(HASH_BYTES))
  const forged = concat(other, bytes.slice(other.length))
  await sendUntilAnswered(actor, { bytes: forged, proof: null })
}

/** Pastes a letter into the form of a person without JavaScript. */
const pasteLetter: Act = async (actor, { first }) => {
  const sent = actor.world.record.envelope(first.bytes)
  const text = (await cutEnvelope(first.bytes, LETTER_ROOM)).join('\n')
  const init = {
    method: 'POST',
    body: new URLSearchParams({ text }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
  await askEdge(actor, '/api/form/ky/send', init, sent.requests)
}

const CARRYING = [
  ...[carryLetter, carryLetter, pasteLetter],
  ...[carryDamaged, useTheirProof, nameTheirNumber],
] as const

/** Sends requests that must reveal nothing, change nothing, and be stored nowhere. */
export async function playStranger(
  actor: SimulatedActor,
  people: readonly SimulatedPerson[],
): Promise<void> {
  for (let at = 1 + actor.chance.below(3); at > 0; at--) {
    await pauseUpTo(actor, PAUSE_MS)
    await actor.chance.one(ACTS)(actor, actor.chance.one(people))
  }
}

const readUnknown: Act = async (actor) => {
  const lookup = actor.chance.bytes(16)
  await readSlot(actor, lookup, await ownerHashOf(lookup), actor.chance.below(3))
}

const endWithWrongToken: Act = async (actor, { keys, ownerHash }) => {
  const body = concat(keys.lookup, actor.chance.bytes(32))
  await endOnce(actor, body, ownerHash, false)
}

const endUnknown: Act = async (actor) => {
  const body = actor.chance.bytes(48)
  await endOnce(actor, body, await ownerHashOf(body.slice(0, 16)), false)
}

const sendMalformed: Act = async (actor, { first: { bytes } }) => {
  const { chance } = actor
  const changed = (at: number, value: number): Bytes =>
    concat(bytes.slice(0, at), new Uint8Array([value]), bytes.slice(at + 1))
  const malformed = chance.one([
    () => bytes.slice(0, 100 + chance.below(3000)),
    () => changed(0, 9),
    () => changed(1, 7),
    () => changed(2, 2),
    () => changed(3, 5),
    () => concat(bytes, bytes.slice(0, 1)),
  ])()
  await sendOnce(actor, malformed, PLAIN_SENDING)
}

const sendForeign: Act = async (actor) => {
  const { bytes } = actor.chance.one(actor.world.organisation.foreign)
  await sendOnce(actor, bytes, { ...PLAIN_SENDING, isForeign: true })
}

const sendUnownedChunk: Act = (actor) => sendChunks(actor, actor.chance.bytes(ID_BYTES))

const sendOtherChunk: Act = (actor, { first }) => sendChunks(actor, first.id)

const readKeys: Act = async (actor) => {
  await askEdge(actor, actor.chance.one(['/api/keys', '/api/health', '/api/nothing']))
}

const readUnknownFile: Act = async (actor) => {
  const key = chunkKey(fileId(actor.chance.bytes(16), 0), 0)
  await askEdge(actor, `/api/${key}`)
}

const ACTS: readonly Act[] = [
  readUnknown,
  endWithWrongToken,
  endUnknown,
  sendMalformed,
  sendForeign,
  sendUnownedChunk,
  sendOtherChunk,
  readKeys,
  readUnknownFile,
]
