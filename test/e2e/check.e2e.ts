// The check of flood mode in a browser: nothing of another host before the click, the report lifted after it, and every failure
// ends in the same words. Cloudflare's script is played by the test; siteverify by scripts/test/siteverify.ts.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { randomBytes, toB64 } from '#protocol/bytes'
import { tokenFor } from '#scripts/test/siteverify'
import { newPhone } from './phone.ts'
import { tracesOf } from './traffic.ts'
import { LANGUAGES, wordsIn } from './words.ts'

const TURNSTILE = 'https://challenges.cloudflare.com/**'
const ID = toB64(randomBytes(16))

/** Does what Turnstile's script does, as far as a page can see: writes markup, adds a frame, gives a token. */
const scriptOf = (token: string | null): string => `
  window.turnstile = {
    render: (holder, options) => {
      holder.innerHTML = '<div></div>'
      const frame = document.createElement('iframe')
      frame.src = 'https://challenges.cloudflare.com/frame'
      holder.firstChild.attachShadow({ mode: 'closed' }).append(frame)
      frame.onload = () => ${token === null ? "options['error-callback']()" : `options.callback('${token}')`}
      return '1'
    },
    remove: () => undefined,
  }`

async function playTurnstile(page: Page, token: string | null): Promise<void> {
  await page.route(TURNSTILE, (route) =>
    route.request().url().includes('api.js')
      ? route.fulfill({ contentType: 'text/javascript', body: scriptOf(token) })
      : route.fulfill({ contentType: 'text/html', body: 'frame' }),
  )
}

for (const lang of LANGUAGES) {
  const words = wordsIn(lang)

  test(`asks another host only after the click, and says that it has passed (${lang})`, async ({
    browser,
  }) => {
    const { context, page, sent } = await newPhone(browser)
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    await playTurnstile(page, tokenFor('localhost'))
    await page.route('/api/check', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 204 }) : route.continue(),
    )
    await page.goto(`/${lang}/check/#${ID}`)
    await expect(page.getByText(words('check.lead'))).toBeVisible()
    expect(new URL(page.url()).hash).toBe('')
    expect(sent).toHaveLength(1)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([`/${lang}/check/`])

    await page.getByRole('button', { name: words('check.start') }).click()
    await expect(page.getByText(words('check.passed'))).toBeVisible()
    await expect(page.getByRole('button', { name: words('check.start') })).toBeHidden()
    expect(complaints).toEqual([])
    expect(await tracesOf(context)).toEqual([])
    await context.close()
  })
}

const words = wordsIn('ky')

test('a token goes to the edge with the report’s id, and is judged there', async ({ browser }) => {
  const { context, page } = await newPhone(browser)
  await playTurnstile(page, tokenFor('evil.example'))
  await page.goto(`/ky/check/#${ID}`)
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: words('check.start') }).click()
  expect((await answered).status()).toBe(403)
  await expect(page.getByText(words('error.check_failed'))).toBeVisible()
  await expect(page.getByRole('button', { name: words('check.start') })).toBeEnabled()

  // A good token, of a report that never came: judged good, and there is nothing to lift.
  await page.unroute(TURNSTILE)
  await playTurnstile(page, tokenFor('localhost'))
  await page.goto(`/ru/check/#${ID}`)
  const second = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: wordsIn('ru')('check.start') }).click()
  expect((await second).status()).toBe(404)
  await context.close()
})

test('a script that is blocked or a widget that fails ends in: your words are with us', async ({
  browser,
}) => {
  const { context, page } = await newPhone(browser)
  await page.route(TURNSTILE, (route) => route.abort())
  await page.goto(`/ky/check/#${ID}`)
  const start = page.getByRole('button', { name: words('check.start') })
  await start.click()
  await expect(page.getByText(words('error.check_unavailable'))).toBeVisible()
  await page.unroute(TURNSTILE)
  await playTurnstile(page, null)
  await start.click()
  await expect(page.getByText(words('check.loading'))).toBeHidden()
  await expect(page.getByText(words('error.check_unavailable'))).toBeVisible()
  await context.close()
})

test('without a report there is nothing to check; without a script a sentence says so', async ({
  browser,
}) => {
  const { context, page } = await newPhone(browser)
  await page.goto('/ky/check/')
  await expect(page.getByText(words('check.nothing'))).toBeVisible()
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

test('the page lets no script in but its own and Turnstile’s', async ({ request }) => {
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
