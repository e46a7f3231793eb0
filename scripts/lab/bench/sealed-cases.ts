// Measures the CPU of one request for sealed cases, which the search index of a device sends. The
// page is full: cases as they usually are, cases of the largest letters, and one whole thread.
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { MAX_ENVELOPE_BYTES, MAX_FOLLOW_UPS, MAX_SLOTS, REPLY_BYTES } from '#protocol/limits'
import { SEALED_AT_ONCE } from '#protocol/staff/pieces'
import { canMeasureCpu, cpuOf } from '#scripts/lab/bench/cpu'
import { openBench, type Bench } from '#scripts/lab/bench/harness'
import { addStaff } from '#scripts/lab/bench/rows'
import type { Organisation } from '#scripts/org/organisation'
import { step } from '#scripts/shared/progress'

/** The CPU that the free plan gives a request. */
const BOUND_MS = 10
const ENTRY_BYTES = 540
const KEY_BYTES = 88

/** The parts of each case of a page. */
interface Shape {
  cases: number
  letterBytes: number
  followUps: number
  answers: number
  entries: number
}

/** A thread is bounded by the protocol alone, so that one can cost more than the bound. */
const SHAPES: Readonly<Record<string, Shape & { hasBound: boolean }>> = {
  'usual cases': {
    ...{ cases: SEALED_AT_ONCE, letterBytes: 4096, followUps: 1, answers: 1, entries: 3 },
    hasBound: true,
  },
  'cases of the largest letters': {
    ...{ cases: SEALED_AT_ONCE, letterBytes: MAX_ENVELOPE_BYTES },
    ...{ followUps: 4, answers: 4, entries: 10 },
    hasBound: true,
  },
  'one case with the longest thread': {
    ...{ cases: 1, letterBytes: MAX_ENVELOPE_BYTES },
    ...{ followUps: MAX_FOLLOW_UPS, answers: MAX_SLOTS, entries: 60 },
    hasBound: false,
  },
}

/** Stores one case of noise. @returns its id */
async function storeCase(bench: Bench, shape: Shape): Promise<Bytes> {
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
  for (let slot = 0; slot < shape.answers; slot++)
    await run(
      `INSERT INTO answers (owner_hash, slot, day, sealed) VALUES (?, ?, '2026-01-01', ?)`,
      ...[owner, slot, randomBytes(REPLY_BYTES)],
    )
  for (let n = 1; n <= shape.entries; n++) {
    const statement = JSON.stringify({
      v: 1,
      actor: toB64(id),
      subject: toB64(id),
      prev: toB64(owner),
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

async function measured(organisation: Organisation, shape: Shape): Promise<[number, number]> {
  const bench = await openBench('scripts/lab/bench/worker/replaying.ts', organisation)
  try {
    const { token } = await addStaff(bench.database)
    const ids: Bytes[] = []
    for (let at = 0; at < shape.cases; at++) ids.push(await storeCase(bench, shape))
    const path = `/api/staff/cases/sealed?ids=${ids.map(toB64).join()}`
    const headers = { cookie: `__Host-oasis=${toB64(token)}`, origin: bench.staffOrigin }
    const { byteLength } = await (await bench.send(path, { headers })).arrayBuffer()
    const ms = await cpuOf(bench, () => ({ path, init: { headers } }))
    return [ms, byteLength]
  } finally {
    await bench.close()
  }
}

/** Prints the CPU of each page. @returns the number of broken bounds */
export async function benchSealedCases(organisation: Organisation): Promise<number> {
  if (!canMeasureCpu()) {
    console.log('CPU is measured on Linux only (/proc); left out here.')
    return 0
  }
  let broken = 0
  for (const [name, { hasBound, ...shape }] of Object.entries(SHAPES)) {
    const [ms, bytes] = await step(`Asking for ${name}`, () => measured(organisation, shape))
    const fits = !hasBound || ms <= BOUND_MS
    if (!fits) broken += 1
    const bound = hasBound ? `   bound ${BOUND_MS} ms` : ''
    const size = `${(bytes / 1024).toFixed(0)} KiB`.padStart(9)
    console.log(`${fits ? '  ' : '! '}${name.padEnd(34)}${size}   ${ms.toFixed(2)} ms${bound}`)
  }
  return broken
}
