// Tests the tables of docs/costs.md. Vitest's `-u` option rewrites the tables.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { monthOf, mostOnFreePlan } from '#scripts/costs/month'
import { costFaults, COSTS_PAGE, paceIn, withTables } from '#scripts/costs/page'
import { BASE, priceOf } from '#scripts/costs/prices'
import { root } from '#scripts/shared/paths'

const PACES = ['wrangler.toml', 'site/staff/ui/use-poll.ts', 'worker/scheduled/share-run.ts']
const pace = { floodLimit: 15, drained: 400, pollMs: 45_000 }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-costs-'))
  for (const path of [COSTS_PAGE, ...PACES]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path))
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

const change = (path: string, from: string | RegExp, to: string): void => {
  const text = readFileSync(join(root, path), 'utf8')
  expect(text).toMatch(from)
  writeFileSync(join(folder, path), text.replace(from, to))
}

test('The page of costs has the tables that its counts and prices give', async () => {
  const path = join(root, COSTS_PAGE)
  const options = { ...(await resolveConfig(path)), parser: 'markdown' }
  const page = withTables(root, readFileSync(path, 'utf8'))
  await expect(await format(page, options)).toMatchFileSnapshot(path)
})

test('A changed sum or a changed rate makes the page of costs old', () => {
  expect(costFaults(folder)).toEqual([])
  change(COSTS_PAGE, /(?<=\*\*USD, with the plan\*\* .*)\d(?=\.\d\d \|\n)/, '_')
  expect(costFaults(folder)).toEqual([expect.stringContaining('is old')])
  change(COSTS_PAGE, /$/, '')
  expect(costFaults(folder)).toEqual([])
  change('wrangler.toml', 'limit = 15', 'limit = 16')
  expect(costFaults(folder)).toEqual([expect.stringContaining('is old')])
})

test('A page without a place for a table is refused by name', () => {
  change(COSTS_PAGE, '<!-- Counted, junk: begin -->', '')
  expect(() => costFaults(folder)).toThrow('Counted, junk: begin')
})

test('A month without reports costs the plan, the clock and the open apps', () => {
  const { parts, usage, usd } = monthOf(0, pace)
  expect(parts.reporters.requests).toBe(0)
  // 43,200 runs of the clock, plus a request every 45 seconds from each of five people, eight hours
  // a day.
  expect(usage.requests).toBe(43_200 + 30 * 5 * 640)
  expect(usd).toBeCloseTo(BASE.usd + priceOf({ ...usage, requests: 0 }))
})

test('Requests above the included ones are billed, and those below are not', () => {
  const { usage, usd } = monthOf(1_000_000, pace)
  expect(usage.requests).toBeGreaterThan(BASE.requests)
  expect(usd).toBeCloseTo(
    BASE.usd + priceOf({ ...usage, requests: usage.requests - BASE.requests }),
  )
})

test('Reports wait in R2 only above the rate limit, and pile up above the drain', () => {
  const [calm, flood, worse] = [21_600, 400_000, 1_000_000].map((each) => monthOf(each, pace))
  expect([calm?.waitingBytes, flood?.waitingBytes]).toEqual([0, 0])
  expect(calm?.usage.classA).toBe(monthOf(0, pace).usage.classA)
  expect(flood?.usage.classA).toBeGreaterThan((400_000 - 21_600) * 30)
  // 1,000,000 reports a day, minus the 15 stored and the 400 drained each minute.
  expect(worse?.waitingBytes).toBeCloseTo((1_000_000 - 415 * 1440) * 30 * 4096, -3)
})

test('The free plan ends at the number of reports that uses up its requests', () => {
  const most = mostOnFreePlan(100_000, pace)
  const daily = (reports: number) => monthOf(reports, pace).usage.requests / 30
  expect(daily(most)).toBeLessThanOrEqual(100_000)
  expect(daily(most + 1)).toBeGreaterThan(100_000)
})

test('The rates are those of the files that hold them', () => {
  expect(paceIn(root)).toEqual(pace)
  change('site/staff/ui/use-poll.ts', 'EVERY_MS', 'NEVER_MS')
  expect(() => paceIn(folder)).toThrow('use-poll.ts')
})
