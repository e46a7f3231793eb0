// Defines the requests from clients and the responses from the edge, as a world records them. Times
// are step counts, because only the order of events matters.
import type { Bytes } from '#protocol/bytes'
import type { Grade } from '#protocol/limits'
import type { Envelope } from '#protocol/report/envelope'

export interface SentRequest {
  name: string
  path: string
  began: number
  /** milliseconds since the world began */
  beganMs: number
  /** Infinity until the edge responds */
  answered: number
  /** milliseconds from the beginning of the request to the response; Infinity without a response */
  tookMs: number
  status: number | null
  /** code of a refusal, or empty */
  code: string
  /** true when a storage call of the request failed, hung or was slow */
  isDisturbed: boolean
  /** status and headers, for addresses whose responses must look alike */
  shape: string
  /** a short JSON body, or the number of bytes */
  body: string
}

/** The kind of write token that a follow-up uses. */
export type TokenUse = 'right' | 'wrong' | 'none'

export interface SentEnvelope {
  hash: string
  bytes: Bytes
  /** null when the envelope cannot be read */
  envelope: Envelope | null
  requests: SentRequest[]
  tokens: Set<TokenUse>
  /** the highest grade among the proofs that were sent */
  grade: Grade
  /** true when the organisation lacks the epoch or the key of the envelope */
  isForeign: boolean
}

export interface SentForm {
  request: SentRequest
  /** digits of the receipt that the page showed, or null */
  receipt: string | null
  ownerHash: string | null
}

export interface SentEnd {
  ownerHash: string
  /** SHA-256 of the write token in the request */
  writeHash: string
  isRightToken: boolean
  request: SentRequest
}

export interface SentReply {
  report: string
  index: number
  sealedHash: string
  ownerHash: string
  /** the statement that the reply's author signed */
  statement: string
  request: SentRequest
}

export interface SentChange {
  statement: string
  request: SentRequest
}

export interface SentChunk {
  key: string
  hash: string
  request: SentRequest
}

export interface ReadSlot {
  ownerHash: string
  index: number
  request: SentRequest
  bodyHash: string
}

/** Returns true when the edge accepted at least one of the requests. */
export const isAccepted = (requests: readonly SentRequest[]): boolean =>
  requests.some(({ status }) => status !== null && status < 300)
