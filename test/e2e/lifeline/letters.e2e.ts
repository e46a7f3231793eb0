// Tests letters that another person carries. A saved page seals a letter without a network, and a
// helper sends it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from '#protocol/bytes'
import { cutEnvelope } from '#protocol/report/carried-letter'
import { askedFor } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { savedCopy } from '#scripts/browser/saved-copy'
import { testDist } from '#scripts/shared/paths'
import { button, folder, openCopy, pathOf, sealLetter, words } from '../support/letters.ts'
import { newPhone, ORIGIN } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { expectNumbers } from '../support/tell.ts'
import { SLOW, slowUnless } from '../support/soak.ts'

test('A saved copy seals a letter offline, and its QR codes and text make one report', async ({
  browser,
  staff,
}) => {
  const writing = 'Байланышсыз жазылды, жашыл эшик 4127'
  const { texts, pictures } = await sealLetter(browser, writing)
  expect(pictures.length).toBeGreaterThan(5)

  const helper = await newPhone(browser)
  const { page } = helper
  await page.goto('/ky/send/')
  const files = pictures.map((buffer, at) => ({
    name: `${String(at)}.png`,
    mimeType: 'image/png',
    buffer,
  }))
  // The helper selects every code except the third, and then the third code.
  await page.getByLabel(words('send.file')).setInputFiles(files.filter((_, at) => at !== 2))
  await expect(page.locator('#found')).toHaveText(
    words('say.letter_missing', { n: String(pictures.length - 1) }) + ' 3',
  )
  await button(page, 'tell.send').click()
  await expect(page.locator('#error')).toHaveText(words('say.letter_incomplete'))
  await page.getByLabel(words('send.file')).setInputFiles(files.slice(2, 3))
  await expect(page.locator('#found')).toHaveText(words('say.letter_whole'))
  await button(page, 'tell.send').click()
  await expect(page.getByText(words('send.done'))).toBeVisible()
  await showReport(staff.page, writing)

  // The same letter, pasted as text from a chat, must not become a second report.
  const before = await staff.page.locator('.queue-count').innerText()
  const chat = texts.map((text) => `Айгүл, [25.11.2026 10:12]\n> ${text}\nсурайм, жөнөтүп кой`)
  await page.getByLabel(words('send.text')).fill(chat.join('\n'))
  await button(page, 'tell.send').click()
  await expect(page.getByText(words('send.done'))).toBeVisible()
  await staff.page.keyboard.press('Escape')
  await showReport(staff.page, writing)
  await expect(staff.page.locator('.queue-count')).toHaveText(before)
  expect(new Set(helper.sent.filter(({ method }) => method === 'POST').map(pathOf))).toEqual(
    new Set(['/api/reports']),
  )
  await helper.context.close()
})

test(
  'A helper without JavaScript pastes the text of a letter, and the letter arrives',
  SLOW,
  async ({ browser, staff }) => {
    const writing = 'Кагаздагыдай көчүрүлдү, көк чатыр 9034'
    const { texts } = await sealLetter(browser, writing)
    const { page, context } = await newPhone(browser, false)
    await page.goto('/ky/send/')
    await page.getByLabel(words('send.text')).fill(texts[0] ?? '')
    await button(page, 'tell.send').click()
    await expect(page.locator('#error')).toHaveText(words('error.letter_incomplete'))
    expect(await page.getByLabel(words('send.text')).inputValue()).toContain('Q/')
    await page.getByLabel(words('send.text')).fill(texts.join('\n'))
    await button(page, 'tell.send').click()
    await expect(page.getByText(words('send.done'))).toBeVisible()
    await showReport(staff.page, writing)
    await context.close()
  },
)

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without'
  test(
    `Letters are sent one by one, and unsent letters are counted, ${how} JavaScript`,
    slowUnless(javaScriptEnabled),
    async ({ browser, staff }) => {
      const writing = `Эки кат бирге, тоо жагы ${javaScriptEnabled ? '3318' : '3319'}`
      const { texts } = await sealLetter(browser, writing)
      const [part = ''] = await cutEnvelope(randomBytes(4096), 3300)
      // A letter that will be refused precedes the good letter.
      const foreign = await cutEnvelope(randomBytes(4096), 3300)
      const { page, context } = await newPhone(browser, javaScriptEnabled)
      await page.goto('/ky/send/')
      const field = page.getByLabel(words('send.text'))
      await field.fill([part, ...foreign, ...texts].join('\n'))
      await button(page, 'tell.send').click()
      await expect(page.locator('#part')).toBeVisible()
      for (const [name, count] of [
        ['arrived', 1],
        ['waiting', 0],
        ['incomplete', 1],
        ['refused', 1],
      ] as const) {
        const line = page.locator(`[data-count=${name}]`)
        if (count) await expect(line).toContainText(`${words(`send.${name}`)} ${String(count)}`)
        else await expect(line).toBeHidden()
      }
      await expect(page.locator('#done')).toBeHidden()
      const left = await field.inputValue()
      expect([part, ...foreign].filter((piece) => !left.includes(piece))).toEqual([])
      expect(left).not.toContain(texts[0]?.match(/Q\/\w{8}/)?.[0])
      await showReport(staff.page, writing)
      await context.close()
    },
  )
}

test(
  'A letter chosen while another letter is sent stays in the field and is sent next',
  SLOW,
  async ({ browser, staff }) => {
    const writing = ['Биринчи кат, ак көпүрө 7712', 'Экинчи кат, кара суу 7713'] as const
    const first = await sealLetter(browser, writing[0])
    const second = await sealLetter(browser, writing[1])
    const { page, context } = await newPhone(browser)
    let arrive = (): void => undefined
    const held = new Promise<void>((done) => (arrive = done))
    await context.route('**/api/reports', async (route) => {
      await held
      await route.continue()
    })
    await page.goto('/ky/send/')
    const field = page.getByLabel(words('send.text'))
    await field.fill(first.texts.join('\n'))
    const sending = page.waitForRequest('**/api/reports')
    await button(page, 'tell.send').click()
    await sending
    await page.getByLabel(words('send.file')).setInputFiles({
      name: 'letter.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(second.texts.join('\n')),
    })
    arrive()
    // The page must not claim that everything has arrived and may be deleted.
    await expect(page.locator('[data-count=arrived]')).toContainText(`${words('send.arrived')} 1`)
    await expect(page.locator('#part')).toBeFocused()
    await expect(page.locator('#done')).toBeHidden()
    await expect(field).toHaveValue(second.texts.join('\n').trim())
    await expect(page.locator('#found')).toHaveText(words('say.letter_whole'))
    await showReport(staff.page, writing[0])
    await button(page, 'tell.send').click()
    await expect(page.getByText(words('send.done'))).toBeVisible()
    await expect(field).toHaveValue('')
    await showReport(staff.page, writing[1])
    await context.close()
  },
)

test(
  'The page tell is saved under a neutral name, and the saved copy sends a report',
  SLOW,
  async ({ browser, staff }) => {
    const visitor = await newPhone(browser)
    await visitor.page.goto('/ky/tell/')
    const downloading = visitor.page.waitForEvent('download')
    await (await askedFor(visitor.page, 'ky', visitor.page.locator('#keep'))).click()
    await visitor.page.getByText(words('keep.page'), { exact: true }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('page.html')
    expect(readFileSync(await download.path(), 'utf8')).toBe(
      readFileSync(join(testDist, 'ky/tell/saved/index.html'), 'utf8'),
    )
    await visitor.context.close()

    const writing = 'Файлдан жөнөтүлдү, сары дарбаза 6650'
    const { page, context, sent } = await openCopy(browser, writing, true)
    const arriving = page.waitForRequest(`${ORIGIN}/api/reports`)
    await button(page, 'tell.send').click()
    expect((await (await arriving).allHeaders())['origin']).toBe('null')
    await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
    // A tool provides the ways to keep the number, and the page loads it after the report arrives.
    await expect(page.locator('#done [aria-expanded]').first()).toBeVisible()
    expect(sent.filter(({ url }) => url.startsWith('http')).map(pathOf)).toEqual([
      '/api/reports',
      '/tools/ky/hold.js',
    ])
    await showReport(staff.page, writing)
    await context.close()
  },
)

test('A saved copy with expired keys reports the fault, shows numbers and keeps words', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await phone.context.route(/^https?:/, (route) => route.abort())
  const day = 24 * 60 * 60 * 1000
  await phone.page.clock.setFixedTime(Date.now() + 800 * day)
  await phone.page.goto(savedCopy(testDist, folder, 'ky', ORIGIN))
  const text = await askedFor(phone.page, 'ky', phone.page.getByLabel(words('tell.text')))
  await text.fill('Эски көчүрмө')
  await button(phone.page, 'tell.send').click()
  await expect(phone.page.locator('#error')).toHaveText(words('say.manifest_expired'))
  await expectNumbers(phone.page)
  await expect(text).toHaveValue('Эски көчүрмө')
  await phone.context.close()
})

test('A text that is not a letter and a damaged letter are reported and not sent', async ({
  browser,
}) => {
  const { page, context, sent } = await newPhone(browser)
  await page.goto('/ky/send/')
  for (const [text, key] of [
    ['', 'unreadable'],
    ['Салам', 'unreadable'],
    ['Q/ABCDEFGH/1/1/0000000000/00/', 'incomplete'],
  ] as const) {
    await page.getByLabel(words('send.text')).fill(text)
    await button(page, 'tell.send').click()
    await expect(page.locator('#error')).toHaveText(words(`say.letter_${key}`))
  }
  await page
    .getByLabel(words('send.file'))
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('жок') })
  await expect(page.locator('#found')).toHaveText(words('say.no_code'))
  expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
  await context.close()
})
