// Plays people who carry other people's letters. Some carriers paste the letter into a form. Others
// send a damaged copy, or use the writer's proof or number.
import { concat } from '#protocol/bytes'
import { HASH_BYTES, HEADER_BYTES } from '#protocol/limits'
import { cutEnvelope } from '#protocol/report/carried-letter'
import { damagedCopy, sendUntilAnswered } from '#scripts/lab/simulate/actors/client'
import {
  actOn,
  askEdge,
  type SimulatedAct,
  type SimulatedActor,
} from '#scripts/lab/simulate/actors/simulated-actor'
import type { SimulatedPerson } from '#scripts/lab/simulate/make-people'

const LETTER_ROOM = 1000
const WRITE_HASH_AT = HEADER_BYTES - HASH_BYTES

/** Carries a person's letter, perhaps more than once. */
export async function playLetterCarrier(
  actor: SimulatedActor,
  people: readonly SimulatedPerson[],
): Promise<void> {
  await actOn(actor, people, CARRYING)
}

const carryLetter: SimulatedAct = async (actor, { first }) => {
  await sendUntilAnswered(actor, { ...first, proof: null })
}

const carryDamaged: SimulatedAct = async (actor, { first }) => {
  await sendUntilAnswered(actor, { bytes: damagedCopy(first.bytes, actor.chance), proof: null })
}

/** Sends another report with a person's header id and the same proof of work. */
const useTheirProof: SimulatedAct = async (actor, { first }) => {
  const bytes = damagedCopy(first.bytes, actor.chance)
  await sendUntilAnswered(actor, { bytes, proof: first.proof })
}

/** Stores a report that contains a person's owner hash, with a different write token. */
const nameTheirNumber: SimulatedAct = async (actor, { first: { bytes } }) => {
  const other = concat(bytes.slice(0, WRITE_HASH_AT), actor.chance.bytes(HASH_BYTES))
  const forged = concat(other, bytes.slice(other.length))
  await sendUntilAnswered(actor, { bytes: forged, proof: null })
}

/** Pastes a letter into the form that a person without JavaScript uses. */
const pasteLetter: SimulatedAct = async (actor, { first }) => {
  const sent = actor.world.record.envelope(first.bytes)
  const text = (await cutEnvelope(first.bytes, LETTER_ROOM)).join('\n')
  const init = {
    method: 'POST',
    body: new URLSearchParams({ text }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
  await askEdge(actor, '/api/form/ky/send', init, sent.requests)
}

const CARRYING: readonly SimulatedAct[] = [
  ...[carryLetter, carryLetter, pasteLetter],
  ...[carryDamaged, useTheirProof, nameTheirNumber],
]
