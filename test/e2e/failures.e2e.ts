// Whatever fails between writing and delivery: the words stay, the page says what happened and what to do, and nothing leaves unsealed.
import { expect, test, type Page, type Route } from '@playwright/test'
import { findCanary } from './canary.ts'
import { askedFor } from '#scripts/browser/report'
import { newPhone, shownReceipt, type Phone } from './phone.ts'
import { wordsIn } from './words.ts'

const TOLD = 'Көк капкалуу үйдө кармап турушат 5126'
const words = wordsIn('ky')

const text = (page: Page) => page.getByLabel(words('tell.text'))
const send = (page: Page) => page.getByRole('button', { name: words('tell.send'), exact: true })
const problem = (page: Page) => page.locator('#error')
/** The ways out of a failure: again, the plain form, the numbers. */
const ways = (page: Page) => page.locator('#ways')

async function writeOn({ page }: Phone, told = TOLD): Promise<void> {
  await page.goto('/ky/tell/')
  await (await askedFor(page, 'ky', text(page))).fill(told)
}

async function tellOn(phone: Phone, told = TOLD): Promise<void> {
  await writeOn(phone, told)
  await send(phone.page).click()
}

/** The box says `code`, the numbers are in it, and the words are where they were. */
async function expectKept(page: Page, code: string, told = TOLD): Promise<void> {
  await expect(problem(page)).toContainText(words(`say.${code}`), { timeout: 50_000 })
  await expect(ways(page).locator('a[href="tel:102"]')).toBeVisible()
  await expect(problem(page)).toBeFocused()
  await expect(text(page)).toHaveValue(told)
  await expect(text(page)).toBeEditable()
}

const posts = ({ sent }: Phone) => sent.filter(({ method }) => method === 'POST')

test('without a network the text is kept, and the same envelope goes when there is one', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
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

const REFUSALS: [string, string, (route: Route) => Promise<void>][] = [
  [
    'a failing server',
    'network',
    (route) => route.fulfill({ status: 503, json: { error: { code: 'unavailable' } } }),
  ],
  [
    'the sign-in page of a hotel’s network',
    'network',
    (route) => route.fulfill({ status: 200, body: '<h1>Wi-Fi</h1>' }),
  ],
  [
    'a refusal with a code that this page has no words for',
    'network',
    (route) => route.fulfill({ status: 400, json: { error: { code: 'envelope_version' } } }),
  ],
]
for (const [name, code, answer] of REFUSALS)
  test(`${name} is told, and the text is kept`, async ({ browser }) => {
    const phone = await newPhone(browser)
    await phone.context.route('**/api/reports', answer)
    await tellOn(phone)
    await expectKept(phone.page, code)
    await phone.context.close()
  })

const BROKEN: [string, string, string][] = [
  ['vanishes', 'sealing_failed', 'Object.defineProperty(crypto, "subtle", { value: undefined })'],
  ['throws', 'sealing_failed', 'crypto.subtle.encrypt = () => { throw new Error("no") }'],
  ['rejects', 'sealing_failed', 'crypto.subtle.deriveBits = () => Promise.reject(new Error("no"))'],
  ['hangs', 'sealing_failed', 'crypto.subtle.generateKey = () => new Promise(() => {})'],
]
for (const [how, code, script] of BROKEN)
  test(`R6: when WebCrypto ${how}, nothing leaves until the person chooses the plain form`, async ({
    browser,
  }) => {
    const phone = await newPhone(browser)
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

test('R4: when its own keys are too old, a manifest with another key, epoch, date or signature is never sealed to: numbers are shown, the text is kept', async ({
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
  // The epoch, the last day, the recovery key, the admin's key, its certificate, the signature.
  for (at of [5, 13, 100, 150, 250, 300]) {
    const asked = phone.page.waitForResponse('**/api/keys')
    await ways(phone.page)
      .getByRole('button', { name: words('tell.again') })
      .click()
    await (await asked).finished()
    await expectKept(phone.page, 'sealing_failed')
  }
  expect(posts(phone)).toEqual([])
  // Keys that cannot be trusted are no reason to send in the plain way.
  await expect(ways(phone.page).getByRole('button', { name: words('tell.plainly') })).toBeHidden()
  await phone.context.close()
})

test('a retired epoch is renewed and sealed again, once, without a word to the person', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  let refused = 0
  await phone.context.route('**/api/reports', async (route) => {
    if (refused++ > 0) return route.continue()
    await route.fulfill({ status: 409, json: { error: { code: 'epoch_retired' } } })
  })
  await tellOn(phone)
  await expect(phone.page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: 20_000,
  })
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
    for (const [name, told, code] of [
      ['pictures only', '🙏🙏🙏', 'text_empty'],
      ['12,000 letters', 'ө'.repeat(12_000), 'text_too_long'],
    ] as const)
      test(`${name}: the page says what to do and keeps the text`, async ({ browser }) => {
        const phone = await newPhone(browser, javaScript)
        await tellOn(phone, told)
        await expect(problem(phone.page)).toContainText(
          words(`${javaScript ? 'say' : 'error'}.${code}`),
        )
        await expect(text(phone.page)).toHaveValue(told)
        if (javaScript) {
          await expect(text(phone.page)).toHaveAttribute('aria-invalid', 'true')
          expect(posts(phone)).toEqual([])
        }
        await phone.context.close()
      })

    for (const [name, typed, code] of [
      ['too short', '1234 5678', 'receipt_length'],
      ['with a slip', '1234 5678 9012 3456 7890 1234 5678', 'receipt_slip'],
    ] as const)
      test(`a number ${name}: the page says what to do`, async ({ browser }) => {
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

test('what went wrong goes when the person goes on, and comes back when it is still so', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await tellOn(phone, '')
  await expect(problem(page)).toContainText(words('say.text_empty'))
  await page.getByRole('button', { name: words('tell.next'), exact: true }).click()
  await expect(page.getByText(words('tell.signs'))).toBeVisible()
  await expect(problem(page)).toBeHidden()
  await send(page).click()
  await expect(problem(page)).toContainText(words('say.text_empty'))
  await expect(text(page)).toBeFocused()
  await phone.context.close()
})

test('after a failure Enter goes on and sends nothing; while it is being sent nothing else is asked', async ({
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
  const place = await askedFor(page, 'ky', page.getByLabel(words('tell.place')))
  await place.fill('Ош')
  await place.press('Enter')
  await expect(page.getByText(words('tell.needs'))).toBeVisible()
  expect(posts(phone)).toHaveLength(before)

  const pressed = Promise.withResolvers<void>()
  answer = async (route) => {
    await pressed.promise
    await route.fulfill({ status: 201, body: '{}' })
  }
  const asked = page.waitForRequest('**/api/reports')
  await send(page).click()
  await asked
  await page.getByRole('button', { name: words('tell.next'), exact: true }).click()
  await expect(page.getByText(words('tell.needs'))).toBeVisible()
  pressed.resolve()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await phone.context.close()
})

test('when a tool does not come, nothing beside the news of it sends the report', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await phone.context.route('**/tools/*/keep.js', (route) => route.abort())
  await writeOn(phone)
  await page.getByRole('button', { name: words('tell.keep'), exact: true }).click()
  await expectKept(page, 'network')
  await expect(ways(page).getByRole('button', { name: words('tell.again') })).toBeHidden()
  // What failed is pressed again where it was pressed; a report that fails can be tried again as before.
  await phone.context.route('**/api/reports', (route) => route.fulfill({ status: 503 }))
  await send(page).click()
  await expect(ways(page).getByRole('button', { name: words('tell.again') })).toBeVisible({
    timeout: 50_000,
  })
  await phone.context.close()
})

test('the browser asks before Back takes a number that is shown once, and not before the exit', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await phone.context.route(/^https:/, (route) =>
    route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
  )
  await page.goto('/ky/')
  await tellOn(phone)
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: 20_000,
  })
  const receipt = await shownReceipt(page)
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.evaluate(() => {
    history.back()
  })
  await expect.poll(() => asked).toEqual(['beforeunload'])
  expect(await shownReceipt(page)).toBe(receipt)
  await page.locator('[data-exit]').click({ noWaitAfter: true })
  await expect(page.getByText('elsewhere')).toBeVisible()
  expect(asked).toEqual(['beforeunload'])
  await phone.context.close()
})

test('a person may want no number', async ({ browser }) => {
  const phone = await newPhone(browser)
  await writeOn(phone)
  await (await askedFor(phone.page, 'ky', phone.page.getByLabel(words('tell.numberless')))).check()
  await send(phone.page).click()
  await expect(phone.page.getByText(words('done.numberless'))).toBeVisible({ timeout: 20_000 })
  await expect(phone.page.locator('#receipt')).toBeHidden()
  for (const { rest } of phone.sent) expect(findCanary(rest, [TOLD])).toEqual([])
  await phone.context.close()
})

for (const [how, leave] of [
  ['a touch', (page: Page) => page.locator('[data-exit]').click({ noWaitAfter: true })],
  [
    'Shift three times',
    async (page: Page) => {
      for (let press = 0; press < 3; press++) await page.keyboard.press('Shift')
    },
  ],
] as const)
  test(`R18: ${how} leaves: the page is gone, and Back does not bring the words back`, async ({
    browser,
  }) => {
    const phone = await newPhone(browser)
    await phone.context.route(/^https:/, (route) =>
      route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
    )
    await phone.page.goto('/ky/')
    await writeOn(phone)
    await leave(phone.page)
    await expect(phone.page.getByText('elsewhere')).toBeVisible()
    expect(phone.page.url()).not.toContain('localhost')
    await phone.page.goBack()
    await expect(phone.page.locator('body')).not.toContainText(words('tell.heading'))
    expect(await phone.page.content()).not.toContain(TOLD)
    await phone.context.close()
  })
