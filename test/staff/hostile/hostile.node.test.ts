// Runs an office whose server lies on every call. The server has its own keys and the keys of
// former colleagues. The seed determines the lies and the acts.
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { SAMPLED, sampleOf, seedFor } from '#test/sample.ts'
import { runOffice } from './support/run-office.ts'
import { setStage } from './support/stage.ts'

const [USUAL, WHOLE] = [200, 10_000]
/**
 * `npm test` repeats the runs of the mutation test, in which the server exposes each removed
 * comparison.
 */
const STEADY_SEED = 1
const isNew = (): boolean => inject('isSoak') || process.env['OASIS_SEED'] !== undefined
/** Each run in the full sample takes a third of a second. */
const HOURS_MS = 2 * 3_600_000

let stage: Awaited<ReturnType<typeof setStage>>

beforeAll(async () => {
  stage = await setStage()
}, HOURS_MS)
afterAll(() => vi.unstubAllGlobals())

test('R36: The keys of former colleagues open none of the words that came after them', () => {
  expect(stage.history.secrets.length).toBeGreaterThan(10)
  for (const { text } of stage.history.secrets) expect(stage.opened).not.toContain(text)
})

test(
  'R48: A server with keys of its own and of former colleagues reads, forges and loses nothing',
  { ...SAMPLED, timeout: HOURS_MS },
  async () => {
    const seed = isNew() ? seedFor('A hostile server') : STEADY_SEED
    for (let run = 1; run <= sampleOf(USUAL, WHOLE); run++) {
      const { plan, ...found } = await runOffice(stage, seed + run)
      expect(found, `run ${run} of OASIS_SEED=${seed}: ${plan}`).toEqual(NOTHING)
    }
  },
)

const NOTHING = { read: [], forged: [], signed: [], lost: [] }
