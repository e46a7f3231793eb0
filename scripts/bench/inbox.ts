// How long the inbox takes for an answer, an empty slot and an unknown number, asked in turn: whoever measures must not learn which it was.
import { randomBytes, sha256, type Bytes } from '#protocol/bytes'
import { ANSWER_BYTES } from '#protocol/limits'
import { median } from '#scripts/bench/cpu'
import type { Bench } from '#scripts/bench/harness'
import { freshKeys, inboxRequest, reportRequest, sealedReport } from '#scripts/bench/requests'
import type { Organisation } from '#scripts/org/organisation'

const REQUESTS = 5000
const WARM_UP = 300

export const INBOX_METHOD =
  'Time of the inbox from question to answer: medians of 5,000 questions, the three kinds in turn (R10). A busy machine needs a second look.'

export type InboxTimes = { kind: string; ms: number }

/** Milliseconds from question to answer, the median of each kind, over 5,000 questions one after another. */
export async function timesOfInbox(
  bench: Bench,
  organisation: Organisation,
): Promise<InboxTimes[]> {
  const own = await freshKeys()
  await bench.send('/api/reports', reportRequest(await sealedReport(organisation, own)))
  await bench.database
    .prepare('INSERT INTO answers (lookup_hash, slot, day, sealed) VALUES (?, 0, ?, ?)')
    .bind(await sha256(own.lookup), '2026-01-01', randomBytes(ANSWER_BYTES))
    .run()
  const kinds: [string, () => [Bytes, number]][] = [
    ['an answer', () => [own.lookup, 0]],
    ['an empty slot', () => [own.lookup, 1]],
    ['an unknown number', () => [randomBytes(16), 0]],
  ]
  const times = kinds.map((): number[] => [])
  for (let at = 0; at < WARM_UP + REQUESTS; at++) {
    // Each round begins with another kind, so that what repeats on the machine meets all of them alike.
    const place = (at + Math.floor(at / kinds.length)) % kinds.length
    const [, question] = kinds[place] ?? ['', (): [Bytes, number] => [own.lookup, 0]]
    const init = inboxRequest(...question())
    const since = performance.now()
    const answer = await bench.send('/api/inbox', init)
    const { byteLength } = await answer.arrayBuffer()
    const spent = performance.now() - since
    if (answer.status !== 200 || byteLength !== ANSWER_BYTES) throw new Error('not an answer')
    if (at >= WARM_UP) times[place]?.push(spent)
  }
  return kinds.map(([kind], at) => ({ kind, ms: median(times[at] ?? []) }))
}
