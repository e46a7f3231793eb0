// Sends one inbox request, for the reply at an index or to end a thread, and records the request. A
// stranger sends an unknown receipt.
import { toB64, type Bytes } from '#protocol/bytes'
import { LOOKUP_BYTES } from '#protocol/limits'
import { inboxBody } from '#protocol/report/reply'
import { octetsRequest } from '#scripts/lab/simulate/actors/client'
import { askEdge, type SimulatedActor } from '#scripts/lab/simulate/actors/simulated-actor'
import type { ClientAnswer } from '#scripts/lab/simulate/edge'
import { sha256B64, sha256Hex } from '#scripts/lab/simulate/record'
import type { SentRequest } from '#scripts/lab/simulate/sent-requests'

/** Requests the reply at one index of a receipt. The receipt may be unknown to the edge. */
export async function readIndex(
  actor: SimulatedActor,
  lookup: Bytes,
  ownerHash: Bytes,
  index: number,
): Promise<void> {
  const answer = await askEdge(actor, '/api/inbox', octetsRequest(inboxBody(lookup, index)))
  if (answer?.status !== 200) return
  const { request, bytes } = answer
  const read = { ownerHash: toB64(ownerHash), index, request, bodyHash: sha256Hex(bytes) }
  actor.world.record.reads.push(read)
}

/** Sends one request to end a thread. */
export function endOnce(
  actor: SimulatedActor,
  body: Bytes,
  ownerHash: Bytes,
  isRightToken: boolean,
): Promise<ClientAnswer | null> {
  const requests: SentRequest[] = []
  const answering = askEdge(actor, '/api/inbox/destroy', octetsRequest(body), requests)
  const ended = { ownerHash: toB64(ownerHash), writeHash: sha256B64(body.slice(LOOKUP_BYTES)) }
  for (const request of requests) actor.world.record.ends.push({ ...ended, isRightToken, request })
  return answering
}
