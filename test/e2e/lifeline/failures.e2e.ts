// Tests failures that occur after the words are written and before the report arrives. The words
// are kept, nothing is sent unsealed, and the page shows the failure and the next step.
import { expect, test, type Locator, type Page, type Route } from '@playwright/test'
import { findCanary } from '../support/canary.ts'
import { askedFor } from '#scripts/browser/report'
import { newPhone, shownReceipt, type Phone } from '../support/phone.ts'
import { SEALING_MS } from '#site/lifeline/reporting/seal-report.ts'
import {
  expectNumbers,
  problem,
  send,
  shorten,
  tellOn,
  text,
  ways,
  words,
  WORDS,
  writeOn,
} from '../support/tell.ts'

/**
 * Expects the sentence for `code` and the telephone numbers, and expects the words to be still in
 * their field.
 */
async function expectKept(page: Page, code: string, writing = WORDS): Promise<void> {
  await expect(problem(page)).toContainText(words(`say.${code}`), { timeout: 50_000 })
  await expect(problem(page)).toBeFocused()
  await expectNumbers(page)
  await expect(text(page)).toHaveValue(writing)
  await expect(text(page)).toBeEditable()
}

const posts = ({ sent }: Phone) => sent.filter(({ method }) => method === 'POST')

test('Without a network a page keeps the text, and a retry sends the same envelope', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await shorten(phone.context)
  const bodies: string[] = []
  await phone.context.route('**/api/reports', async (route) => {
    bodies.push(route.request().postDataBuffer()?.toString('hex') ?? '')
    await route.abort()
  })
  await tellOn(phone)
  await expectKept(phone.page, 'network')
  expect(new Set(bodies).size).toBe(1)
  expect(bodies.length).toBeGreaterThan(1)

  await phone.context.unroute('**/api/reports')
  const arrived = phone.page.waitForRequest('**/api/reports')
  await ways(phone.page)
    .getByRole('button', { name: words('tell.again') })
    .click()
  expect((await arrived).postDataBuffer()?.toString('hex')).toBe(bodies[0])
  await expect(phone.page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await shownReceipt(phone.page)
  await phone.context.close()
})

/** Returns the ids of the visible buttons that have the colour of the main button. */
const mainButtons = (page: Page): Promise<string[]> =>
  page.locator('#again').evaluate((again) => {
    const main = getComputedStyle(again).backgroundColor
    return [...document.querySelectorAll('main button')]
      .filter((button) => button.checkVisibility())
      .filter((button) => getComputedStyle(button).backgroundColor === main)
      .map(({ id }) => id)
  })

test('After a failure the retry is the only main button, and beside a typo it is "Send"', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await shorten(phone.context)
  await phone.context.route('**/api/reports', (route) => route.fulfill({ status: 503 }))
  await tellOn(phone)
  await expectKept(page, 'network')
  expect(await mainButtons(page)).toEqual(['again'])
  await text(page).fill('')
  await send(page).click()
  await expect(problem(page)).toContainText(words('say.text_empty'))
  expect(await mainButtons(page)).toEqual(['send'])
  await phone.context.close()
})

const REFUSALS: [string, string, (route: Route) => Promise<void>][] = [
  [
    'A failing server',
    'network',
    (route) => route.fulfill({ status: 503, json: { error: { code: 'unavailable' } } }),
  ],
  [
    'The sign-in page of a hotel network',
    'network',
    (route) => route.fulfill({ status: 200, body: '<h1>Wi-Fi</h1>' }),
  ],
  [
    'A refusal with a code that the page has no words for',
    'network',
    (route) => route.fulfill({ status: 400, json: { error: { code: 'envelope_version' } } }),
  ],
]
for (const [name, code, answer] of REFUSALS)
  test(`${name} is reported, and the text is kept`, async ({ browser }) => {
    const phone = await newPhone(browser)
    await shorten(phone.context)
    await phone.context.route('**/api/reports', answer)
    await tellOn(phone)
    await expectKept(phone.page, code)
    await phone.context.close()
  })

/** Breaks the methods of suite 1 and suite 2, because either suite alone could seal the report. */
const broken = (method: string, result: string): string =>
  `crypto.subtle.${method} = crypto.subtle.encapsulateBits = () => ${result}`

const BROKEN: [string, string, string][] = [
  ['vanishes', 'sealing_failed', 'Object.defineProperty(crypto, "subtle", { value: undefined })'],
  ['throws', 'sealing_failed', 'crypto.subtle.encrypt = () => { throw new Error("no") }'],
  ['rejects', 'sealing_failed', broken('deriveBits', 'Promise.reject(new Error("no"))')],
  ['hangs', 'sealing_failed', broken('generateKey', 'new Promise(() => {})')],
]
for (const [how, code, script] of BROKEN)
  test(`R6: When WebCrypto ${how}, a page sends nothing until the person wants the form`, async ({
    browser,
  }) => {
    const phone = await newPhone(browser)
    await shorten(phone.context, [SEALING_MS])
    await phone.context.addInitScript(script)
    await tellOn(phone)
    await expectKept(phone.page, code)
    expect(posts(phone)).toEqual([])

    await ways(phone.page)
      .getByRole('button', { name: words('tell.plainly') })
      .click()
    await expect(phone.page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
    await shownReceipt(phone.page)
    expect(posts(phone).map(({ url }) => new URL(url).pathname)).toEqual(['/api/form/ky'])
    await phone.context.close()
  })

test('R4: A page with expired keys seals to no changed manifest and keeps the text', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  let at = 20
  const spoil = (bytes: Buffer): Buffer => {
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return bytes
  }
  await phone.context.route('**/ky/tell/', async (route) => {
    const response = await route.fetch()
    const html = await response.text()
    expect(/"until":\d+/.test(html)).toBe(true)
    await route.fulfill({ response, body: html.replace(/"until":\d+/, '"until":1') })
  })
  await phone.context.route('**/api/keys', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: spoil(await response.body()) })
  })
  await tellOn(phone)
  await expectKept(phone.page, 'sealing_failed')
  // Each offset lies in a different field: epoch, last day, intake key, hash, admin key,
  // certificate, signature.
  for (at of [5, 13, 50, 100, 130, 200, 280]) {
    const asked = phone.page.waitForResponse('**/api/keys')
    await ways(phone.page)
      .getByRole('button', { name: words('tell.again') })
      .click()
    await (await asked).finished()
    await expectKept(phone.page, 'sealing_failed')
  }
  expect(posts(phone)).toEqual([])
  // Untrusted keys must not make the page offer the form.
  await expect(ways(phone.page).getByRole('button', { name: words('tell.plainly') })).toBeHidden()
  await phone.context.close()
})

test('A phone whose date is a year ahead offers the form, whose words arrive', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await page.clock.setFixedTime(Date.now() + 400 * 24 * 60 * 60 * 1000)
  await tellOn(phone)
  await expectKept(page, 'sealing_failed')
  expect(posts(phone)).toEqual([])
  // The form's notice appears above the field for the words.
  const notice = page.getByText(words('tell.plain.notice'))
  await expect(notice).toBeVisible()
  const top = async (part: Locator) => (await part.boundingBox())?.y ?? NaN
  expect(await top(notice)).toBeLessThan(await top(text(page)))
  await expect(ways(page).getByRole('button', { name: words('tell.hand') })).toBeHidden()

  const plainly = ways(page).getByRole('button', { name: words('tell.plainly') })
  await plainly.click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await shownReceipt(page)
  expect(posts(phone).map(({ url }) => new URL(url).pathname)).toEqual(['/api/form/ky'])
  await phone.context.close()
})

test('A retired epoch makes the page fetch keys and seal again, once, without a message', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  let refused = 0
  await phone.context.route('**/api/reports', async (route) => {
    if (refused++ > 0) return route.continue()
    await route.fulfill({ status: 409, json: { error: { code: 'epoch_retired' } } })
  })
  await tellOn(phone)
  await expect(phone.page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  const paths = phone.sent
    .map(({ url }) => new URL(url).pathname)
    .filter((path) => path.startsWith('/api/'))
  expect(paths).toEqual(['/api/reports', '/api/keys', '/api/reports'])
  const [first, second] = posts(phone)
  expect(first?.body.equals(second?.body ?? Buffer.alloc(0))).toBe(false)
  await phone.context.close()
})

for (const javaScript of [true, false])
  test.describe(javaScript ? 'with JavaScript' : 'without JavaScript', () => {
    const how = javaScript ? 'with' : 'without'
    for (const [name, writing, code] of [
      ['A text of spaces only', ' \n ', 'text_empty'],
      ['A text of 12,000 letters', 'ө'.repeat(12_000), 'text_too_long'],
    ] as const)
      test(`${name} is kept ${how} JavaScript, and the page says what to do`, async ({
        browser,
      }) => {
        const phone = await newPhone(browser, javaScript)
        await tellOn(phone, writing)
        await expect(problem(phone.page)).toContainText(
          words(`${javaScript ? 'say' : 'error'}.${code}`),
        )
        await expect(text(phone.page)).toHaveValue(writing)
        if (javaScript) {
          await expect(text(phone.page)).toHaveAttribute('aria-invalid', 'true')
          expect(posts(phone)).toEqual([])
        }
        await phone.context.close()
      })

    for (const [name, typed, code] of [
      ['that is too short', '1234 5678', 'receipt_length'],
      ['with a typo', '1234 5678 9012 3456 7890 1234 5678', 'receipt_slip'],
    ] as const)
      test(`A number ${name} gets advice ${javaScript ? 'with' : 'without'} JavaScript`, async ({
        browser,
      }) => {
        const phone = await newPhone(browser, javaScript)
        await phone.page.goto('/ky/answer/')
        await phone.page.getByLabel(words('answer.number')).fill(typed)
        await phone.page.getByRole('button', { name: words('answer.read') }).click()
        await expect(problem(phone.page)).toContainText(
          words(`${javaScript ? 'say' : 'error'}.${code}`),
        )
        if (javaScript) expect(posts(phone)).toEqual([])
        await phone.context.close()
      })
  })

test('An error disappears at the next question and appears again while the cause remains', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await tellOn(phone, '')
  await expect(problem(page)).toContainText(words('say.text_empty'))
  await page.locator('#next').click()
  await expect(page.getByText(words('more.signs'))).toBeVisible()
  await expect(problem(page)).toBeHidden()
  await send(page).click()
  await expect(problem(page)).toContainText(words('say.text_empty'))
  await expect(text(page)).toBeFocused()
  await phone.context.close()
})

test('Enter sends nothing after a failure, and "Next" does nothing while a report is sent', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  let answer: (route: Route) => Promise<void> = (route) =>
    route.fulfill({ status: 400, json: { error: { code: 'envelope_version' } } })
  await phone.context.route('**/api/reports', (route) => answer(route))
  await tellOn(phone)
  await expectKept(page, 'network')
  const before = posts(phone).length
  const place = await askedFor(page, 'ky', page.getByLabel(words('more.place')))
  await place.fill('Ош')
  await place.press('Enter')
  await expect(page.getByText(words('more.contact'), { exact: true })).toBeVisible()
  expect(posts(phone)).toHaveLength(before)

  const pressed = Promise.withResolvers<void>()
  answer = async (route) => {
    await pressed.promise
    await route.fulfill({ status: 201, body: '{}' })
  }
  const asked = page.waitForRequest('**/api/reports')
  await send(page).click()
  await asked
  await page.locator('#next').click()
  await expect(page.getByText(words('more.contact'), { exact: true })).toBeVisible()
  pressed.resolve()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await phone.context.close()
})

test('When a tool cannot be loaded, its error has no button that sends the report', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await shorten(phone.context)
  await phone.context.route('**/tools/*/keep.js', (route) => route.abort())
  await writeOn(phone)
  await page.getByRole('button', { name: words('tell.keep'), exact: true }).click()
  await expectKept(page, 'network')
  await expect(ways(page).getByRole('button', { name: words('tell.again') })).toBeHidden()
  // After a tool fails, the person presses the tool's own button again. Only a failed report shows
  // the retry button.
  await phone.context.route('**/api/reports', (route) => route.fulfill({ status: 503 }))
  await send(page).click()
  await expect(ways(page).getByRole('button', { name: words('tell.again') })).toBeVisible()
  await phone.context.close()
})

test('A person can send a report without a number', async ({ browser }) => {
  const phone = await newPhone(browser)
  await writeOn(phone)
  await (await askedFor(phone.page, 'ky', phone.page.getByLabel(words('more.numberless')))).check()
  await send(phone.page).click()
  await expect(phone.page.getByText(words('done.numberless'))).toBeVisible()
  await expect(phone.page.locator('#receipt')).toBeHidden()
  for (const { rest } of phone.sent) expect(findCanary(rest, [WORDS])).toEqual([])
  await phone.context.close()
})
