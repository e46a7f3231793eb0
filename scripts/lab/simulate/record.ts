// Records the requests from clients and the responses from the edge. The invariants compare this
// record with the stores.
import { createHash } from 'node:crypto'
import { fromB64, toB64, utf8, type Bytes } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import { readEnvelope, type Envelope } from '#protocol/report/envelope'
import type { ReceiptKeys } from '#protocol/report/receipt'
import type {
  ReadSlot,
  SentChange,
  SentChunk,
  SentEnd,
  SentEnvelope,
  SentForm,
  SentReply,
  SentRequest,
} from '#scripts/lab/simulate/sent-requests'

/** Returns the SHA-256 hash in base64url, the format of a header's hashes in the evidence. */
export const sha256B64 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64url')

/** Returns the id of a report as text: see reportIdOf. */
export const idOfBytes = (envelope: Uint8Array): string =>
  toB64(fromB64(sha256B64(envelope)).slice(0, ID_BYTES))

export const sha256Hex = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

export class WorldRecord {
  readonly requests: SentRequest[] = []
  readonly envelopes = new Map<string, SentEnvelope>()
  readonly forms: SentForm[] = []
  readonly ends: SentEnd[] = []
  readonly replies: SentReply[] = []
  readonly changes: SentChange[] = []
  readonly chunks: SentChunk[] = []
  readonly reads: ReadSlot[] = []
  /** words, digits and secrets that must not be in any store in any form */
  readonly secrets = new Map<string, Uint8Array>()
  /** bodies of the calls to carriers */
  readonly calls = new Set<string>()
  /** runs of the chores that failed although no call was disturbed */
  readonly failedChores: string[] = []

  /** ids of reports whose client requested a check, and of reports whose check received 204 */
  readonly checked = new Set<string>()
  readonly promoted = new Set<string>()
  /**
   * complete envelopes that the staff read, keyed by the hash of header ‖ body. Taking a letter
   * cuts off its wrap.
   */
  readonly whole = new Map<string, Bytes>()
  /** ids of files that a member of staff requested successfully */
  readonly claimed = new Set<string>()
  /** the days of the world's clock, each with its first step */
  readonly #days: { step: number; day: string }[] = []

  noteDay(step: number, day: string): void {
    if (this.#days.at(-1)?.day !== day) this.#days.push({ step, day })
  }

  /** Lists the days between the beginning of a request and its response. */
  daysOf({ began, answered }: SentRequest): string[] {
    return this.#days
      .filter(({ step }, at) => step <= answered && (this.#days[at + 1]?.step ?? Infinity) >= began)
      .map(({ day }) => day)
  }

  /** Records an envelope on its way to the edge. */
  envelope(bytes: Bytes, isForeign = false): SentEnvelope {
    const hash = sha256Hex(bytes)
    const known = this.envelopes.get(hash)
    if (known) return known
    const sent: SentEnvelope = {
      hash,
      bytes,
      envelope: readable(bytes),
      requests: [],
      tokens: new Set(),
      grade: 0,
      isForeign,
    }
    this.envelopes.set(hash, sent)
    return sent
  }

  /** Records the secrets that only the holder of a receipt may have. */
  keepSecret(receipt: string, { lookup, write }: Pick<ReceiptKeys, 'lookup' | 'write'>): void {
    this.secrets.set(`receipt ${receipt}`, utf8(receipt))
    for (const [name, secret] of [
      ['lookup', lookup],
      ['owner value', fromB64(sha256B64(lookup))],
      ['write token', write],
    ] as const) {
      this.secrets.set(`${name} of ${receipt}`, secret)
      this.secrets.set(`${name} of ${receipt} as text`, utf8(toB64(secret)))
    }
  }
}

function readable(bytes: Bytes): Envelope | null {
  try {
    return readEnvelope(bytes)
  } catch {
    return null
  }
}
