// Stores a case in a benchmark's database: a report with its thread, case log and entries. All
// bytes are random, because the edge cannot tell random bytes from sealed bytes.
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { REPLY_BYTES } from '#protocol/limits'
import type { Bench } from '#scripts/lab/bench/harness'

const ENTRY_BYTES = 540
const KEY_BYTES = 88

/** The parts of a case. */
export interface CaseShape {
  letterBytes: number
  followUps: number
  answers: number
  entries: number
}

/** Stores one case that consists of random bytes. @returns the case id */
export async function storeCase(bench: Bench, shape: CaseShape): Promise<Bytes> {
  const [id, owner, write] = [randomBytes(16), randomBytes(32), randomBytes(32)]
  const run = (sql: string, ...values: unknown[]) =>
    bench.database
      .prepare(sql)
      .bind(...values)
      .run()
  const letter = (): Bytes => randomBytes(shape.letterBytes)
  await run(
    `INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
      header_id, owner_hash, write_hash, envelope)
    VALUES (?, 1, 0, 1, 2, 'device', 'in_progress', '2026-01-01', ?, ?, ?, ?)`,
    ...[id, randomBytes(16), owner, write, letter()],
  )
  await run('INSERT INTO case_keys VALUES (?, 1, 1, ?, 0)', id, randomBytes(KEY_BYTES))
  const letters = [id]
  for (let n = 0; n < shape.followUps; n++) {
    const followUp = randomBytes(16)
    letters.push(followUp)
    await run(
      `INSERT INTO follow_ups VALUES (?, ?, ?, ?, 1, '2026-01-01', 'device', ?)`,
      ...[followUp, owner, write, n, letter()],
    )
  }
  for (const each of letters)
    await run('INSERT INTO case_letters VALUES (?, ?, 1, ?)', each, id, randomBytes(60))
  for (let index = 0; index < shape.answers; index++)
    await run(
      `INSERT INTO answers (owner_hash, n, day, sealed) VALUES (?, ?, '2026-01-01', ?)`,
      ...[owner, index, randomBytes(REPLY_BYTES)],
    )
  for (let n = 1; n <= shape.entries; n++) {
    const statement = JSON.stringify({
      v: 2,
      actor: toB64(id),
      subject: toB64(id),
      prev: toB64(owner),
      ledger: { n: 1, hash: toB64(owner) },
    })
    await run('INSERT INTO case_entries VALUES (?, ?, ?)', id, n, randomBytes(ENTRY_BYTES))
    await run(
      `INSERT INTO case_log (case_id, n, prev_hash, hash, change, statement, signature, actor)
      VALUES (?, ?, ?, ?, '{"keyNo":1}', ?, ?, ?)`,
      ...[id, n, randomBytes(32), randomBytes(32), statement, randomBytes(64), id],
    )
  }
  return id
}
