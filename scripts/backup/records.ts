// Writes and reads the records inside a backup. A record begins with the lengths of its head and
// its body (u32 each). The head follows as JSON. The body contains rows as JSON, or the bytes of an
// object.
import * as z from 'zod/mini'
import { concat, fromUtf8, readU32, u32, utf8, type Bytes } from '#protocol/bytes'
import { Stop } from '#scripts/shared/progress'
import type { SealingWriter } from '#scripts/backup/sealed-stream'

const hex = z.string().check(z.regex(/^([0-9A-F]{2})*$/))

/** The newest row of the ledger in a backup. */
export const LedgerEnd = z.object({ n: z.int(), hash: hex })
export type LedgerEnd = z.infer<typeof LedgerEnd>

const Record = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('begin'),
    version: z.literal(1),
    /** the newest migration that was applied to the tables */
    migration: z.string(),
    /** the columns of each table, in the order of a row's values */
    columns: z.record(z.string(), z.array(z.string())),
  }),
  /** rows of a table, in the body */
  z.object({ kind: z.literal('rows'), table: z.string() }),
  /** earlier rows of these cases and threads are superseded; the newer rows follow */
  z.object({ kind: z.literal('again'), cases: z.array(hex), owners: z.array(hex) }),
  z.object({
    kind: z.literal('object'),
    key: z.string(),
    metadata: z.record(z.string(), z.string()),
  }),
  z.object({
    kind: z.literal('end'),
    ledger: LedgerEnd,
    /** the minute in which the backup began */
    at: z.string(),
    /** the number of records before this one */
    records: z.int(),
  }),
])
export type BackupRecord = z.infer<typeof Record>

/** A value of a row. Bytes are written in base 16. */
export const Value = z.union([z.string(), z.int(), z.null()])
export type Value = z.infer<typeof Value>
const Rows = z.array(z.array(Value))

const LENGTHS = 8
/** The maximum length of a record, which is greater than the length of any object or page. */
const MAX_BYTES = 256 * 1024 * 1024
const NO_BODY: Bytes = new Uint8Array(0)

export async function writeRecord(
  writer: SealingWriter,
  record: BackupRecord,
  body: Bytes = NO_BODY,
): Promise<void> {
  const head = utf8(JSON.stringify(record))
  await writer.write(concat(u32(head.length), u32(body.length), head))
  await writer.write(body)
}

export const rowsBody = (rows: readonly (readonly Value[])[]): Bytes => utf8(JSON.stringify(rows))

export const rowsFrom = (body: Bytes): Value[][] => Rows.parse(JSON.parse(fromUtf8(body)))

/** Reads bytes from a stream in chunks whose length the caller chooses. */
class Taker {
  readonly #chunks: AsyncIterator<Bytes>
  #rest: Bytes = NO_BODY

  constructor(chunks: AsyncIterable<Bytes>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Returns `length` bytes, or fewer at the end of the stream. */
  async take(length: number): Promise<Bytes> {
    const parts: Bytes[] = []
    let taken = 0
    while (taken < length) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next()
        if (next.done === true) break
        this.#rest = next.value
      }
      const part = this.#rest.subarray(0, length - taken)
      this.#rest = this.#rest.subarray(part.length)
      taken += part.length
      parts.push(part)
    }
    return concat(...parts)
  }
}

/** @throws Stop for bytes that are not records */
export async function* readBackupRecords(
  chunks: AsyncIterable<Bytes>,
): AsyncGenerator<{ record: BackupRecord; body: Bytes }, void> {
  const taker = new Taker(chunks)
  for (;;) {
    const lengths = await taker.take(LENGTHS)
    if (lengths.length === 0) return
    if (lengths.length < LENGTHS) throw unreadable()
    const [headLength, bodyLength] = [readU32(lengths), readU32(lengths, LENGTHS / 2)]
    if (headLength + bodyLength > MAX_BYTES) throw unreadable()
    const whole = await taker.take(headLength + bodyLength)
    if (whole.length < headLength + bodyLength) throw unreadable()
    const record = recordFrom(fromUtf8(whole.subarray(0, headLength)))
    yield { record, body: whole.slice(headLength) }
  }
}

function recordFrom(text: string): BackupRecord {
  const read = Record.safeParse(JSON.parse(text))
  if (read.success) return read.data
  throw unreadable()
}

const unreadable = (): Stop =>
  new Stop(
    'The backup opens, but another version of this project made it. Nothing was restored: use ' +
      'the clone of the version that made it.',
  )
