// Plays strangers, who must not read or change anything. Strangers send unknown receipts, wrong
// tokens, malformed reports and chunks without a report.
import { concat, type Bytes } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { ID_BYTES } from '#protocol/limits'
import { ownerHashOf } from '#protocol/report/receipt'
import { PLAIN_SENDING, sendOnce } from '#scripts/lab/simulate/actors/client'
import { endOnce, readIndex } from '#scripts/lab/simulate/actors/ask-inbox'
import { sendChunks } from '#scripts/lab/simulate/actors/reporter'
import {
  actOn,
  askEdge,
  type SimulatedAct,
  type SimulatedActor,
} from '#scripts/lab/simulate/actors/simulated-actor'
import type { SimulatedPerson } from '#scripts/lab/simulate/make-people'
import { chunkKey } from '#scripts/lab/simulate/objects'

/** Sends requests that must reveal nothing, change nothing, and be stored nowhere. */
export async function playStranger(
  actor: SimulatedActor,
  people: readonly SimulatedPerson[],
): Promise<void> {
  await actOn(actor, people, ACTS)
}

const readUnknown: SimulatedAct = async (actor) => {
  const lookup = actor.chance.bytes(16)
  await readIndex(actor, lookup, await ownerHashOf(lookup), actor.chance.below(3))
}

const endWithWrongToken: SimulatedAct = async (actor, { keys, ownerHash }) => {
  const body = concat(keys.lookup, actor.chance.bytes(32))
  await endOnce(actor, body, ownerHash, false)
}

const endUnknown: SimulatedAct = async (actor) => {
  const body = actor.chance.bytes(48)
  await endOnce(actor, body, await ownerHashOf(body.slice(0, 16)), false)
}

const sendMalformed: SimulatedAct = async (actor, { first: { bytes } }) => {
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

const sendForeign: SimulatedAct = async (actor) => {
  const { bytes } = actor.chance.one(actor.world.organisation.foreign)
  await sendOnce(actor, bytes, { ...PLAIN_SENDING, isForeign: true })
}

const sendUnownedChunk: SimulatedAct = (actor) => sendChunks(actor, actor.chance.bytes(ID_BYTES))

const sendOtherChunk: SimulatedAct = (actor, { first }) => sendChunks(actor, first.id)

const readKeys: SimulatedAct = async (actor) => {
  await askEdge(actor, actor.chance.one(['/api/keys', '/api/health', '/api/nothing']))
}

const readUnknownFile: SimulatedAct = async (actor) => {
  const key = chunkKey(fileId(actor.chance.bytes(16), 0), 0)
  await askEdge(actor, `/api/${key}`)
}

const ACTS: readonly SimulatedAct[] = [
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
