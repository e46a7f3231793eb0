// Tests the flood-mode check in a browser. The page contacts no other host before the click, and
// every failure ends with the same message. The test fakes Cloudflare's script, and
// scripts/test/siteverify.ts fakes siteverify.
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { headerIdOf, reportIdOf } from '#protocol/report/envelope'
import { tokenFor } from '#scripts/test/siteverify'
import { languages, type Language } from '#content/languages.ts'
import { expectAccessible } from '../support/accessible.ts'
import { newPhone } from '../support/phone.ts'
import { slowUnlessFirst } from '../support/soak.ts'
import { tracesOf } from '../support/traffic.ts'
import { wordsIn } from '../support/words.ts'

const TURNSTILE = 'https://challenges.cloudflare.com/**'

/**
 * Simulates Turnstile's script for a page: the simulation writes markup, adds a frame and returns a
 * token.
 */
const scriptOf = (token: string | null): string => `
  window.seen = [window.opener, parent.opener]
  window.turnstile = {
    render: (holder, options) => {
      holder.innerHTML = '<div></div>'
      const frame = document.createElement('iframe')
      frame.src = 'https://challenges.cloudflare.com/frame'
      holder.firstChild.attachShadow({ mode: 'closed' }).append(frame)
      frame.onload = () =>
        ${token === null ? "options['error-callback']()" : `options.callback('${token}')`}
      return '1'
    },
    remove: () => undefined,
  }`

async function playTurnstile(context: BrowserContext, token: string | null): Promise<void> {
  await context.route(TURNSTILE, (route) =>
    route.request().url().includes('api.js')
      ? route.fulfill({ contentType: 'text/javascript', body: scriptOf(token) })
      : route.fulfill({ contentType: 'text/html', body: 'frame' }),
  )
}

/** Sends a report on `page` while the edge offers the check, and returns its two ids. */
async function sendInFlood(page: Page, lang: Language): Promise<Buffer> {
  const words = wordsIn(lang)
  let id: Buffer = Buffer.alloc(0)
  await page.route('**/api/reports', async (route) => {
    const envelope = new Uint8Array(route.request().postDataBuffer() ?? [])
    id = Buffer.concat([await reportIdOf(envelope), headerIdOf(envelope)])
    await route.fulfill({ status: 201, body: '{"check":true}' })
  })
  await page.goto(`/${lang}/tell/`)
  await (await askedFor(page, lang, page.getByLabel(words('tell.text')))).fill('Жашыл эшик')
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.getByText(words('check.offer'))).toBeVisible()
  return id
}

async function openCheck(page: Page, lang: Language): Promise<Page> {
  const coming = page.context().waitForEvent('page')
  await page.getByText(wordsIn(lang)('check.offer')).click()
  return coming
}

for (const lang of languages) {
  const words = wordsIn(lang)

  test(
    `The check page in ${lang} asks another host only after a click, then confirms`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      const { context, page: first, sent } = await newPhone(browser)
      const complaints: string[] = []
      context.on('page', (opened) => {
        opened.on('console', (message) => complaints.push(message.text()))
        opened.on('pageerror', ({ message }) => complaints.push(message))
      })
      await playTurnstile(context, tokenFor('127.0.0.1'))
      let posted: Buffer = Buffer.alloc(0)
      await context.route('/api/check', (route) => {
        if (route.request().method() !== 'POST') return route.continue()
        posted = route.request().postDataBuffer() ?? posted
        return route.fulfill({ status: 204 })
      })
      const id = await sendInFlood(first, lang)
      sent.length = 0
      const page = await openCheck(first, lang)
      await expect(page.getByText(words('check.lead'))).toBeVisible()
      expect(page.url()).toBe(new URL(`/${lang}/check/`, first.url()).href)
      expect(await page.title()).toBe(words('check.title'))
      await expectAccessible(page, 'all')
      expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([`/${lang}/check/`])

      await page.getByRole('button', { name: words('check.start') }).click()
      await expect(page.getByText(words('check.passed'))).toBeVisible()
      await expect(page.getByRole('button', { name: words('check.start') })).toBeHidden()
      expect(posted.subarray(0, 32)).toEqual(id)
      // Cloudflare's script must not reach the page with the number.
      expect(await page.evaluate('seen')).toEqual([null, null])
      expect(complaints).toEqual([])
      expect(await tracesOf(context)).toEqual([])
      await context.close()
    },
  )
}

const words = wordsIn('ky')

test('The edge judges a token that the check page sends with the id of the report', async ({
  browser,
}) => {
  const { context, page: first } = await newPhone(browser)
  await playTurnstile(context, tokenFor('evil.example'))
  await sendInFlood(first, 'ky')
  const page = await openCheck(first, 'ky')
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: words('check.start') }).click()
  expect((await answered).status()).toBe(403)
  await expect(page.getByText(words('error.check_failed'))).toBeVisible()
  await expect(page.getByRole('button', { name: words('check.start') })).toBeEnabled()

  // The token is valid, but its report never arrived, so the edge has nothing to promote.
  await context.unroute(TURNSTILE)
  await playTurnstile(context, tokenFor('127.0.0.1'))
  const again = await openCheck(first, 'ky')
  // The check page in another language keeps the same report.
  await again.locator('header a[lang=ru]').click()
  const second = again.waitForResponse((response) => response.request().method() === 'POST')
  await again.getByRole('button', { name: wordsIn('ru')('check.start') }).click()
  expect((await second).status()).toBe(404)
  await context.close()
})

test('With a blocked or failing Turnstile the check page says that the report arrived', async ({
  browser,
}) => {
  const { context, page: first } = await newPhone(browser)
  await context.route(TURNSTILE, (route) => route.abort())
  await sendInFlood(first, 'ky')
  const page = await openCheck(first, 'ky')
  const start = page.getByRole('button', { name: words('check.start') })
  await start.click()
  await expect(page.getByText(words('error.check_unavailable'))).toBeVisible()
  await context.unroute(TURNSTILE)
  await playTurnstile(context, null)
  await start.click()
  await expect(page.getByText(words('check.loading'))).toBeHidden()
  await expect(page.getByText(words('error.check_unavailable'))).toBeVisible()
  await context.close()
})

test('The check page offers no check without a report, and says that it needs a script', async ({
  browser,
}) => {
  const { context, page } = await newPhone(browser)
  // The page ignores the report id in an address that an older page made.
  for (const address of ['/ky/check/', '/ky/check/#AAAABBBBCCCCDDDDEEEEFF']) {
    await page.goto(address)
    await expect(page.getByText(words('check.nothing'))).toBeVisible()
  }
  await expect(page.getByText(words('check.lead'))).toBeHidden()
  await expect(page.getByRole('button', { name: words('check.start') })).toBeHidden()
  await context.close()

  const plain = await newPhone(browser, false)
  await plain.page.goto('/ky/check/')
  await expect(plain.page.getByText(words('check.scriptless'))).toBeVisible()
  await expect(plain.page.getByRole('button', { name: words('check.start') })).toBeHidden()
  expect(plain.sent).toHaveLength(1)
  await plain.context.close()
})

test('The check page allows only its own scripts and those of Turnstile', async ({ request }) => {
  const response = await request.get('/ky/check/')
  const policy = response.headers()['content-security-policy'] ?? ''
  expect(policy).toMatch(
    /script-src( 'sha256-[^']+')+ https:\/\/challenges\.cloudflare\.com; style-src/,
  )
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("connect-src 'self';")
  expect(policy).toContain('frame-src https://challenges.cloudflare.com')
  expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default")
  expect(response.headers()['cache-control']).toBe('no-store')
  expect(response.headers()['x-robots-tag']).toBe('noindex')
  const other = await request.get('/ky/tell/')
  expect(other.headers()['content-security-policy']).not.toContain('cloudflare')
})
