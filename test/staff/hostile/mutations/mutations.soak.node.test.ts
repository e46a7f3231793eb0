// Removes the comparisons of the staff app one at a time. The hostile server must expose each
// removed comparison in its usual runs. Without certain comparisons, the office cannot even be set
// up, because the edge refuses the office's rows.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { ofDay } from '#scripts/test/slow-of-day'
import { MUTATIONS, root } from './mutations.ts'

const VITEST = join(root, 'node_modules/vitest/vitest.mjs')
const CONFIG = join(import.meta.dirname, 'mutated.config.ts')
const MINUTES_MS = 10 * 60_000
/** Always uses the same runs, because the test measures the server's power, not its luck. */
const SEED = 1

/** Runs the hostile server against a mutation. @returns what the run printed */
async function outputOf(mutation: number): Promise<string> {
  const given = { OASIS_MUTATION: String(mutation), OASIS_SEED: String(SEED) }
  // Colour codes would split the sentences that the test searches for.
  const env = { ...process.env, NO_COLOR: '1', ...given }
  const child = spawn(process.execPath, [VITEST, 'run', '--config', CONFIG], { cwd: root, env })
  let output = ''
  child.stdout.on('data', (text) => (output += String(text)))
  child.stderr.on('data', (text) => (output += String(text)))
  await new Promise((resolve) => child.on('close', resolve))
  return output
}

const NUMBERED = MUTATIONS.map(({ name }, at) => [name, at] as const)
const day = inject('day')

test.each(day === null ? NUMBERED : ofDay(NUMBERED, day))(
  'R48: The hostile server finds out when this is not so: %s',
  { tags: ['soak'], timeout: MINUTES_MS },
  async (name, at) => {
    const output = await outputOf(at)
    const [, run] = /run (\d+) of OASIS_SEED/.exec(output) ?? []
    const found = run === undefined ? /Error: (case_key_changed)/.exec(output)?.[1] : `run ${run}`
    console.log(`${name}: ${found ?? 'not found'}`)
    expect(found, output.slice(-4000)).toBeDefined()
  },
)
