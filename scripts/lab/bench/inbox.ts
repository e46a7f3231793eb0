// Measures the inbox's response times for a reply, an empty index and an unknown receipt, in turn.
// The time must not reveal which of the three was requested.
import { ownerHashOf } from '#protocol/report/receipt'
import { randomBytes, type Bytes } from '#protocol/bytes'
import { REPLY_BYTES } from '#protocol/limits'
import { median } from '#scripts/lab/bench/cpu'
import { openBench, type Bench } from '#scripts/lab/bench/harness'
import { freshKeys, inboxRequest, reportRequest, sealedReport } from '#scripts/lab/bench/requests'
import type { Organisation } from '#scripts/org/organisation'
import { step } from '#scripts/shared/progress'

const REQUESTS = 5000
const WARM_UP = 300

const INBOX_METHOD =
  'Time of the inbox from question to answer: medians of 5,000 questions, the three kinds in ' +
  'turn (R10). A busy machine needs a second look.'

interface InboxTimes {
  kind: string
  ms: number
}

/** Returns the median time for each kind, in milliseconds, over 5,000 consecutive requests. */
async function timesOfInbox(bench: Bench, organisation: Organisation): Promise<InboxTimes[]> {
  const own = await freshKeys()
  await bench.send('/api/reports', reportRequest(await sealedReport(organisation, own)))
  await bench.database
    .prepare('INSERT INTO answers (owner_hash, n, day, sealed) VALUES (?, 0, ?, ?)')
    .bind(await ownerHashOf(own.lookup), '2026-01-01', randomBytes(REPLY_BYTES))
    .run()
  const kinds: [string, () => [Bytes, number]][] = [
    ['an answer', () => [own.lookup, 0]],
    ['an empty index', () => [own.lookup, 1]],
    ['an unknown number', () => [randomBytes(16), 0]],
  ]
  const times = kinds.map((): number[] => [])
  for (let at = 0; at < WARM_UP + REQUESTS; at++) {
    // Each round begins with a different kind, so that periodic load on the machine affects all
    // kinds alike.
    const place = (at + Math.floor(at / kinds.length)) % kinds.length
    const [, question] = kinds[place] ?? ['', (): [Bytes, number] => [own.lookup, 0]]
    const init = inboxRequest(...question())
    const since = performance.now()
    const answer = await bench.send('/api/inbox', init)
    const { byteLength } = await answer.arrayBuffer()
    const spent = performance.now() - since
    if (answer.status !== 200 || byteLength !== REPLY_BYTES) throw new Error('not an answer')
    if (at >= WARM_UP) times[place]?.push(spent)
  }
  return kinds.map(([kind], at) => ({ kind, ms: median(times[at] ?? []) }))
}

/**
 * The largest allowed difference between the medians for known and unknown receipts, as a fraction.
 */
const INBOX_BOUND = 0.05

/** Prints the medians and the difference between them. @returns the number of exceeded bounds */
export async function benchInbox(organisation: Organisation): Promise<number> {
  const bench = await openBench('worker/index.ts', organisation)
  try {
    const times = await step('Asking the inbox', () => timesOfInbox(bench, organisation))
    const medians = times.map(({ ms }) => ms)
    const apart = Math.max(...medians) / Math.min(...medians) - 1
    const fits = apart <= INBOX_BOUND
    console.log(`\n${INBOX_METHOD}`)
    for (const { kind, ms } of times) console.log(`  ${kind.padEnd(26)}${ms.toFixed(3)} ms`)
    console.log(
      `${fits ? '  ' : '! '}${'apart'.padEnd(26)}${(apart * 100).toFixed(1)} %` +
        `   bound ${INBOX_BOUND * 100} %`,
    )
    return fits ? 0 : 1
  } finally {
    await bench.close()
  }
}
