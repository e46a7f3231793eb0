// Plays a reporter whose page seals: sends a report, files and follow-ups, and reads replies. The
// reporter requests a check during a flood, and may end the thread.
import { concat, utf8, type Bytes, toB64 } from '#protocol/bytes'
import { fileId, sealedLength } from '#protocol/file/seal-chunk'
import { CHUNK_SIZES } from '#protocol/limits'
import { headerIdOf } from '#protocol/report/envelope'
import { destroyBody } from '#protocol/report/receipt'
import { endOnce, readIndex } from '#scripts/lab/simulate/actors/ask-inbox'
import {
  askUntilAnswered,
  octetsRequest,
  sendUntilAnswered,
} from '#scripts/lab/simulate/actors/client'
import {
  askEdge,
  pauseUpTo,
  type SimulatedActor,
} from '#scripts/lab/simulate/actors/simulated-actor'
import { ORIGIN } from '#scripts/lab/simulate/bindings'
import type { SimulatedPerson } from '#scripts/lab/simulate/make-people'
import { sha256Hex } from '#scripts/lab/simulate/record'
import type { SentRequest } from '#scripts/lab/simulate/sent-requests'
import { chunkKey } from '#scripts/lab/simulate/objects'
import { tokenFor } from '#scripts/test/siteverify'

const HOST = new URL(ORIGIN).hostname
const CHUNK_BYTES = sealedLength(Math.min(...CHUNK_SIZES))
const FIRST_PAUSE_MS = 40_000
const PAUSE_MS = 15_000

/** Plays one reporter, from the report to the end of the thread. */
export async function runReporter(actor: SimulatedActor, person: SimulatedPerson): Promise<void> {
  const { world, chance } = actor
  world.record.keepSecret(person.receipt, person.keys)
  await pauseUpTo(actor, FIRST_PAUSE_MS)
  const answer = await sendUntilAnswered(actor, person.first)
  const offersCheck = answer ? hasCheck(answer.bytes) : false
  if (offersCheck || chance.below(6) === 0) await askForCheck(actor, person)
  if (chance.below(3) === 0)
    await sendChunks(actor, person.first.id, headerIdOf(person.first.bytes))
  const many = chance.below(4)
  for (let at = 0; at < many; at++) {
    await pauseUpTo(actor, PAUSE_MS)
    await chance.one([writeAgain, writeAgain, readReplies, readReplies, sendAgain])(actor, person)
  }
  await pauseUpTo(actor, PAUSE_MS)
  if (chance.below(2) === 0) await endThread(actor, person)
  if (chance.below(2) === 0) await readReplies(actor, person)
}

const hasCheck = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes) === '{"check":true}'

const sendAgain = async (actor: SimulatedActor, { first }: SimulatedPerson): Promise<void> => {
  await sendUntilAnswered(actor, first)
}

async function askForCheck(actor: SimulatedActor, { first }: SimulatedPerson): Promise<void> {
  const { id } = first
  const body = concat(id, headerIdOf(first.bytes), utf8(tokenFor(HOST)))
  actor.world.record.checked.add(toB64(id))
  const answer = await askUntilAnswered(actor, () =>
    askEdge(actor, '/api/check', octetsRequest(body, { origin: ORIGIN })),
  )
  if (answer?.status === 204) actor.world.record.promoted.add(toB64(id))
}

/**
 * Sends one or two chunks. A second sender may send different bytes to the same address.
 *
 * @param owner  id of the report that lists the file
 * @param headerId  header id of that report, if the sender has it
 */
export async function sendChunks(
  actor: SimulatedActor,
  owner: Bytes,
  headerId?: Bytes,
): Promise<void> {
  const { record } = actor.world
  const file = fileId(owner, actor.chance.below(2))
  for (let n = 0; n <= actor.chance.below(2); n++) {
    const chunk: Bytes = new Uint8Array(CHUNK_BYTES).fill(1 + actor.chance.below(250))
    const key = chunkKey(file, n)
    await askUntilAnswered(actor, async () => {
      const headers = headerId ? { 'oasis-header': toB64(headerId) } : {}
      const init = { ...octetsRequest(chunk, headers), method: 'PUT' }
      const requests: SentRequest[] = []
      const answering = askEdge(actor, `/api/${key}`, init, requests)
      for (const request of requests) record.chunks.push({ key, hash: sha256Hex(chunk), request })
      return answering
    })
  }
}

async function writeAgain(
  actor: SimulatedActor,
  { followUps, keys }: SimulatedPerson,
): Promise<void> {
  const { chance } = actor
  const followUp = chance.one(followUps)
  const token = chance.one(['right', 'right', 'right', 'right', 'wrong', 'none'] as const)
  const write = token === 'none' ? null : token === 'right' ? keys.write : chance.bytes(32)
  await sendUntilAnswered(actor, followUp, { token, write })
}

async function readReplies(
  actor: SimulatedActor,
  { keys, ownerHash }: SimulatedPerson,
): Promise<void> {
  for (let index = 0; index < 2; index++) await readIndex(actor, keys.lookup, ownerHash, index)
}

async function endThread(
  actor: SimulatedActor,
  { keys, ownerHash }: SimulatedPerson,
): Promise<void> {
  await askUntilAnswered(actor, () => endOnce(actor, destroyBody(keys), ownerHash, true))
}
