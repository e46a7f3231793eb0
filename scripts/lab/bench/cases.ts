// Measures the browser's work on cases: opening a case with a long log, and rewrapping many cases
// after a departure. Node runs the same code with the same WebCrypto calls.
import { randomBytes, toB64 } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import type { CaseKey } from '#protocol/staff/case-log/bodies'
import { makeOpenableCase, makeTeamKey } from '#scripts/lab/bench/make-case'
import { timeRounds } from '#scripts/lab/bench/time-rounds'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { makeCaseKey, rewrapCaseKey } from '#site/staff/crypto/case-key.ts'

const ROWS = 60
const OPENING_BOUND_MS = 150
const CASES = 10_000
const REWRAP_BOUND_MS = 10_000

/** Measures opening and checking a case with a long log. */
async function benchOpening(): Promise<number> {
  const { reader, opened } = await makeOpenableCase(ROWS)
  return timeRounds(`Opening and checking a case with ${ROWS} rows`, OPENING_BOUND_MS, async () => {
    const { first, entries: notes } = await openAll(reader, opened)
    const { fault } = await checkCase(opened, reader.roster)
    const isOpen = first !== null && notes.every(({ entry }) => entry !== null)
    if (!isOpen || fault !== null) throw new Error('the case of the measurement is broken')
  })
}

async function benchRewrapping(): Promise<number> {
  const [from, to] = [await makeTeamKey(1), await makeTeamKey(2)]
  const caseId = toB64(randomBytes(ID_BYTES))
  const { sealed } = await makeCaseKey(from, { caseId, keyNo: 1 }, randomBytes(32))
  const stored: CaseKey = { caseId, keyNo: 1, generation: 1, sealed }
  return timeRounds(`Re-wrapping ${CASES} cases`, REWRAP_BOUND_MS, async () => {
    for (let done = 0; done < CASES; done += 40)
      await Promise.all(Array.from({ length: 40 }, () => rewrapCaseKey(from, to, stored)))
  })
}

export async function benchCases(): Promise<number> {
  return (await benchOpening()) + (await benchRewrapping())
}
