// Measures how long a colleague who has lost their only phone needs to regain access with paper.
// The app runs in Chromium with its CPU slowed by a factor of four. The time that a person needs
// for typing is estimated.
import { chromium, type Browser, type Page } from '@playwright/test'
import type { SignInSecrets } from '#scripts/demo/make-staff'
import { median } from '#scripts/lab/bench/cpu'
import type { ServedDemo } from '#scripts/lab/bench/served-demo'
import { wordsIn } from '#scripts/browser/words'
import { step } from '#scripts/shared/progress'
import { findBrowser, QUIET } from '#scripts/test/browser'

const BOUND_S = 120
const CPU_SLOWER = 4
const ROUNDS = 3
/**
 * An estimate of slow typing on a phone while the other hand holds a sheet. No real person was
 * measured.
 */
const TYPING_S = 1.2
const WAIT_MS = 120_000

const PARTS = ['page', 'unlock', 'reports'] as const
/**
 * Time until the form appears, until the keys are open, and until the first report is shown, in
 * seconds.
 */
type Times = Record<(typeof PARTS)[number], number>

const SAID: Record<keyof Times, string> = {
  page: 'opening the page',
  unlock: 'Argon2id, signing in, opening the keys',
  reports: 'the first reports',
}

const words = wordsIn('ky')

async function signIn(page: Page, address: string, secrets: SignInSecrets): Promise<Times> {
  const device = await page.context().newCDPSession(page)
  await device.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER })
  let since = performance.now()
  const lap = (): number => {
    const now = performance.now()
    const seconds = (now - since) / 1000
    since = now
    return seconds
  }
  await page.goto(address)
  await page.getByText(words('staff.signin.paper'), { exact: true }).click({ timeout: WAIT_MS })
  const secret = page.getByLabel(words('staff.secret'))
  await secret.waitFor()
  const opened = lap()
  await secret.fill(secrets.printedSecret)
  await page.getByLabel(words('staff.passphrase'), { exact: true }).fill(secrets.passphrase)
  const go = page.getByRole('button', { name: words('staff.signin.paper.go') })
  lap()
  await go.click()
  await page.locator('.queue').waitFor({ timeout: WAIT_MS })
  const unlock = lap()
  await page.locator('.queue .line').first().waitFor({ timeout: WAIT_MS })
  return { page: opened, unlock, reports: lap() }
}

async function onNewDevice(
  browser: Browser,
  { server: { staffOrigin }, signIn: { colleagues } }: ServedDemo,
): Promise<Times> {
  const [secrets] = colleagues
  if (!secrets) throw new Error('the demo has no colleague')
  const viewport = { width: 360, height: 640 }
  const context = await browser.newContext({ locale: 'ky-KG', viewport })
  try {
    return await signIn(await context.newPage(), `${staffOrigin}/staff/`, secrets)
  } finally {
    await context.close()
  }
}

/** Prints the median times. @returns 1 when machine and typing are over the bound, else 0 */
export async function benchPaper(demo: ServedDemo): Promise<number> {
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: QUIET })
  const runs: Times[] = []
  try {
    await step(`Coming back by paper, ${ROUNDS} times`, async () => {
      for (let round = 0; round < ROUNDS; round++) runs.push(await onNewDevice(browser, demo))
    })
  } finally {
    await browser.close()
  }
  const medians = PARTS.map((part) => [part, median(runs.map((run) => run[part]))] as const)
  const machine = medians.reduce((sum, [, seconds]) => sum + seconds, 0)
  const [secrets] = demo.signIn.colleagues
  const typed = `${secrets?.passphrase ?? ''}${secrets?.printedSecret ?? ''}`.length
  const typing = typed * TYPING_S
  const fits = machine + typing <= BOUND_S
  console.log(
    `\nThe only phone is lost: back by paper in Chromium, CPU ${CPU_SLOWER} times slower.\n`,
  )
  for (const [part, seconds] of medians) console.log(`  ${SAID[part].padEnd(42)}${figure(seconds)}`)
  console.log(`  ${'machine'.padEnd(42)}${figure(machine)}`)
  console.log(
    `  ${'typing, estimated and not measured'.padEnd(42)}${figure(typing)}` +
      `   ${typed} characters, ${TYPING_S} s each`,
  )
  const bound = `   bound ${BOUND_S} s`
  console.log(`${fits ? '  ' : '! '}${'in all'.padEnd(42)}${figure(machine + typing)}${bound}`)
  return fits ? 0 : 1
}

const figure = (seconds: number): string => `${seconds.toFixed(1)} s`.padStart(8)
