// Tests that pages over `http:` redirect to `https:` and do not accept words, because the network
// can read `http:`.
import { chromium, expect, test, type Browser } from '@playwright/test'
import { PHONE } from '../support/phone.ts'
import { runFaster } from '../support/run-faster.ts'

/** A host name other than localhost, because browsers trust localhost more. */
const HOST = `oasis.test:${process.env['OASIS_E2E_PORT'] ?? ''}`

let browser: Browser
test.beforeAll(async () => {
  const { launchOptions = {} } = test.info().project.use
  const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP oasis.test 127.0.0.1']
  browser = await chromium.launch({ ...launchOptions, args })
})
test.afterAll(() => browser.close())

for (const path of ['tell', 'tell/form', 'tell/sent', 'answer', 'answer/thread', 'send', 'help'])
  test(`R42: The page /ky/${path}/ opened over http: redirects to https:`, async () => {
    const context = await browser.newContext({ viewport: PHONE })
    await context.route(/^https:/, (route) =>
      route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
    )
    const page = await context.newPage()
    await page.goto(`http://${HOST}/ky/${path}/`, { waitUntil: 'commit' })
    await expect(page.getByText('elsewhere')).toBeVisible()
    expect(page.url()).toBe(`https://${HOST}/ky/${path}/`)
    await context.close()
  })

/**
 * The interval at which the page counts its visible controls. A test cannot query a page that is
 * loading.
 */
const LOOK_MS = 20
/** The factor that makes the page's timers run faster. */
const FASTER = 10
/** This many counts take longer than a page waits before it becomes the form. */
const LOOKS = 60

test('R42: Over http: no form can be used while https: does not answer', async () => {
  const context = await browser.newContext({ viewport: PHONE })
  // The route never responds, like a network that blocks https:.
  await context.route(/^https:/, () => undefined)
  await context.addInitScript(runFaster, { faster: FASTER })
  await context.addInitScript((ms) => {
    const takers = 'textarea, button, input'
    setInterval(() => {
      const seen = [...document.querySelectorAll(takers)].filter((each) => each.checkVisibility())
      console.log(seen.length)
    }, ms)
  }, LOOK_MS)
  const watch = async (name: string): Promise<string[]> => {
    const looks: string[] = []
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'log') looks.push(message.text())
    })
    await page.goto(`http://${HOST}/ky/${name}/`, { waitUntil: 'commit' })
    await expect.poll(() => looks.length, { timeout: 60_000 }).toBeGreaterThan(LOOKS)
    return [name, ...new Set(looks)]
  }
  const names = ['tell', 'tell/form', 'answer', 'send']
  const seen = await Promise.all(names.map(watch))
  expect(seen).toEqual(names.map((name) => [name, '0']))
  await context.close()
})
