// Acts out the case of an invented thread. Makes the case's key, takes its letters, and adds its
// notes and its help, as the staff's browsers do.
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { contentOf, contentHashOf } from '#protocol/report/letter-content'
import type { EntryAdd, KeyMake, LettersTake, RecordSet } from '#protocol/staff/case-log/changes'
import { CASE_KEY_BYTES } from '#protocol/staff/case-log/bodies'
import type { SealedMessage } from '#scripts/demo/seal-planned'
import type { UnsignedChange } from '#scripts/demo/sign-changes'
import type { Writers } from '#scripts/demo/writers'
import { sealEntry, type Entry } from '#site/staff/crypto/case-entry.ts'
import { makeCaseKey } from '#site/staff/crypto/case-key.ts'
import { type OpenCaseKey } from '#site/staff/crypto/open-case-key.ts'
import { sealCek } from '#site/staff/crypto/case-letter.ts'
import { sealRecord, type CaseRecord, type RecordPlace } from '#site/staff/crypto/case-record.ts'

/** The generation of the team key that the demo's staff hold. */
const GENERATION = 1

/** The rows of a case apart from its log. */
export interface CaseRows {
  secret: Bytes | null
  /** the sealed case key; null for a case without a key */
  key: Bytes | null
  letters: { letter: Bytes; sealedCek: Bytes }[]
  entries: { n: number; sealed: Bytes }[]
  records: { record: number; revision: number; sealed: Bytes }[]
}

/** The rows of a case that nobody has worked on. */
export const noRows = (): CaseRows => ({
  ...{ secret: null, key: null, letters: [], entries: [], records: [] },
})

/**
 * Adds a change that will be signed later. Returns the number that the row will have in the case
 * log.
 */
type Sign = (
  by: Moment,
  action: UnsignedChange['action'],
  change: KeyMake | LettersTake | EntryAdd | RecordSet,
) => number

/** `by` is the index of a colleague in the list of staff. */
interface Moment {
  at: number
  by: number
}

export class PlayedCase {
  readonly rows = noRows()
  readonly #id: string
  readonly #writers: Writers
  readonly #sign: Sign
  #key: OpenCaseKey | null = null

  constructor(id: string, writers: Writers, sign: Sign) {
    this.#id = id
    this.#writers = writers
    this.#sign = sign
  }

  async #keyFor(moment: Moment): Promise<OpenCaseKey> {
    if (this.#key) return this.#key
    const team = this.#writers.teamOf(moment.by, GENERATION)
    const secret = randomBytes(CASE_KEY_BYTES)
    const { key, keyHash, sealed } = await makeCaseKey(team, { caseId: this.#id, keyNo: 1 }, secret)
    this.#sign(moment, 'key.make', { keyNo: 1, generation: GENERATION, keyHash })
    Object.assign(this.rows, { secret, key: fromB64(sealed) })
    return (this.#key = key)
  }

  /** Takes letters into the case. Removes the wrap from each message. */
  async take(moment: Moment, messages: readonly SealedMessage[]): Promise<void> {
    if (messages.length === 0) return
    const key = await this.#keyFor(moment)
    const letters: LettersTake['letters'] = []
    for (const message of messages) {
      const id = toB64(message.id)
      message.envelope = contentOf(message.envelope)
      letters.push({ id, contentHash: toB64(await contentHashOf(message.envelope)) })
      const sealedCek = fromB64(await sealCek(key, id, message.cek))
      this.rows.letters.push({ letter: message.id, sealedCek })
    }
    this.#sign(moment, 'letters.take', { keyNo: 1, letters })
  }

  async setRecord(moment: Moment, place: RecordPlace, record: CaseRecord): Promise<void> {
    const key = await this.#keyFor(moment)
    const sealed = fromB64(await sealRecord(key, place, record))
    this.#sign(moment, 'record.set', {
      ...{ keyNo: 1, ...place },
      recordHash: toB64(await sha256(sealed)),
    })
    this.rows.records.push({ ...place, sealed })
  }

  /** @param followUps  follow-ups that the author has read */
  async addEntry(moment: Moment, entry: Entry, followUps: number): Promise<void> {
    const key = await this.#keyFor(moment)
    const sealed = fromB64(await sealEntry(key, this.#writers.of(moment.by).personId, entry))
    const entryHash = toB64(await sha256(sealed))
    const n = this.#sign(moment, 'entry.add', { keyNo: 1, entryHash, followUps })
    this.rows.entries.push({ n, sealed })
  }
}
