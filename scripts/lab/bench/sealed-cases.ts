// Measures the CPU time of one request for sealed cases, which a device's search index sends. The
// pages are full: typical cases, cases with the largest letters, and one complete thread.
import { toB64, type Bytes } from '#protocol/bytes'
import { MAX_ENVELOPE_BYTES, MAX_FOLLOW_UPS, MAX_REPLIES } from '#protocol/limits'
import { SEALED_AT_ONCE } from '#protocol/staff/list/sealed-cases'
import { canMeasureCpu, cpuOf } from '#scripts/lab/bench/cpu'
import { openBench } from '#scripts/lab/bench/harness'
import { addStaff } from '#scripts/lab/bench/add-staff'
import { storeCase, type CaseShape } from '#scripts/lab/bench/store-case'
import type { Organisation } from '#scripts/org/organisation'
import { step } from '#scripts/shared/progress'

/** The CPU time that the free plan allows for a request. */
const BOUND_MS = 10

/** A page of identical cases. */
interface Page extends CaseShape {
  cases: number
}

/** Only the protocol limits a thread's length, so a single thread can cost more than the bound. */
const PAGES: Readonly<Record<string, Page & { hasBound: boolean }>> = {
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
    ...{ followUps: MAX_FOLLOW_UPS, answers: MAX_REPLIES, entries: 60 },
    hasBound: false,
  },
}

async function measured(organisation: Organisation, page: Page): Promise<[number, number]> {
  const bench = await openBench('scripts/lab/bench/worker/replaying.ts', organisation)
  try {
    const token = await addStaff(bench.database)
    const ids: Bytes[] = []
    for (let at = 0; at < page.cases; at++) ids.push(await storeCase(bench, page))
    const path = `/api/staff/cases/sealed?ids=${ids.map(toB64).join()}`
    const headers = { cookie: `__Host-oasis=${toB64(token)}`, origin: bench.staffOrigin }
    const { byteLength } = await (await bench.send(path, { headers })).arrayBuffer()
    const ms = await cpuOf(bench, () => ({ path, init: { headers } }))
    return [ms, byteLength]
  } finally {
    await bench.close()
  }
}

/** Prints the CPU time of each page. @returns the number of exceeded bounds */
export async function benchSealedCases(organisation: Organisation): Promise<number> {
  if (!canMeasureCpu()) {
    console.log('CPU is measured on Linux only (/proc); left out here.')
    return 0
  }
  let broken = 0
  for (const [name, { hasBound, ...page }] of Object.entries(PAGES)) {
    const [ms, bytes] = await step(`Asking for ${name}`, () => measured(organisation, page))
    const fits = !hasBound || ms <= BOUND_MS
    if (!fits) broken += 1
    const bound = hasBound ? `   bound ${BOUND_MS} ms` : ''
    const size = `${(bytes / 1024).toFixed(0)} KiB`.padStart(9)
    console.log(`${fits ? '  ' : '! '}${name.padEnd(34)}${size}   ${ms.toFixed(2)} ms${bound}`)
  }
  return broken
}
