// Sends requests as pages do, and records them.
import { concat, toB64, type Bytes } from '#protocol/bytes'
import { gradeOfBits, proofBits } from '#protocol/crypto/proof-of-work'
import type { Grade } from '#protocol/limits'
import type { Chance } from '#scripts/shared/seeded-random'
import {
  askEdge,
  pauseUpTo,
  type SimulatedActor,
} from '#scripts/lab/simulate/actors/simulated-actor'
import type { ClientAnswer } from '#scripts/lab/simulate/edge'
import type { Sealed } from '#scripts/lab/simulate/make-people'
import type { SentEnvelope, TokenUse } from '#scripts/lab/simulate/sent-requests'

const OCTETS = 'application/octet-stream'
/** A page sends a report up to four times. */
const TRIES = 4

export const octetsRequest = (body: Bytes, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': OCTETS, 'content-length': String(body.length), ...headers },
})

/** The proof and the write token that accompany an envelope in a request. */
export interface Sending {
  proof: number | null
  write: Bytes | null
  token: TokenUse
  isForeign: boolean
}

export const PLAIN_SENDING: Sending = { proof: null, write: null, token: 'none', isForeign: false }

const higher = (a: Grade, b: Grade): Grade => (a > b ? a : b)

const gradeOfSent = ({ envelope }: SentEnvelope, proof: number | null, nowMs: number): Grade =>
  envelope && proof !== null ? gradeOfBits(proofBits(envelope.headerId, nowMs, proof)) : 0

/** Sends an envelope once. */
export async function sendOnce(
  actor: SimulatedActor,
  bytes: Bytes,
  { proof, write, token, isForeign }: Sending,
): Promise<{ sent: SentEnvelope; answer: ClientAnswer | null }> {
  const sent = actor.world.record.envelope(bytes, isForeign)
  sent.tokens.add(token)
  sent.grade = higher(sent.grade, gradeOfSent(sent, proof, actor.world.wallClock()))
  const headers = {
    ...(proof !== null && { 'oasis-proof': String(proof) }),
    ...(write && { 'oasis-write': toB64(write) }),
  }
  const init = octetsRequest(bytes, headers)
  return { sent, answer: await askEdge(actor, '/api/reports', init, sent.requests) }
}

/** Sends an envelope as a page does: repeatedly, with the same bytes, until the edge responds. */
export async function sendUntilAnswered(
  actor: SimulatedActor,
  { bytes, proof }: Pick<Sealed, 'bytes' | 'proof'>,
  sending: Partial<Sending> = {},
): Promise<ClientAnswer | null> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const how = { ...PLAIN_SENDING, proof, ...sending }
    const { answer } = await sendOnce(actor, bytes, how)
    if (answer && answer.status < 500) return answer
    await pauseUpTo(actor, 3000)
  }
  return null
}

/** Repeats a request until it no longer fails. */
export async function askUntilAnswered(
  actor: SimulatedActor,
  once: () => Promise<ClientAnswer | null>,
): Promise<ClientAnswer | null> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await once()
    if (answer && answer.status < 500 && answer.status !== 429) return answer
    await pauseUpTo(actor, 5000)
  }
  return null
}

/** Changes one byte of the sealed body, as damage on the way or a hostile carrier would. */
export function damagedCopy(bytes: Bytes, chance: Chance): Bytes {
  const at = 200 + chance.below(2000)
  return concat(
    bytes.slice(0, at),
    new Uint8Array([(bytes[at] ?? 0) ^ (1 + chance.below(255))]),
    bytes.slice(at + 1),
  )
}
