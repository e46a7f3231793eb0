// Tests pressing "Send" while files are still being prepared, and tests that chunks are sent
// despite failures.
import { expect, test } from '@playwright/test'
import {
  choose,
  opened,
  pdf,
  photo,
  photograph,
  row,
  sendButton,
  shoot,
  word,
  words,
} from '../support/attach.ts'
import { newPhone, shownReceipt } from '../support/phone.ts'
import { SLOW } from '../support/soak.ts'

test(
  'An early "Send" and a second choice of files wait for the tool that prepares files',
  SLOW,
  async ({ browser }) => {
    const phone = await newPhone(browser)
    await phone.context.route('**/tools/ky/attach.js', async (route) => {
      await new Promise((done) => setTimeout(done, 1500))
      await route.continue()
    })
    await choose(phone.page, pdf('a.pdf'))
    await choose(phone.page, pdf('b.pdf'))
    await sendButton(phone.page).click()
    await expect(phone.page.getByText(word('uploaded'))).toBeVisible()
    expect((await opened(phone)).files.map(({ file }) => file.name)).toEqual(['a.pdf', 'b.pdf'])
    await phone.context.close()
  },
)

test(
  'A tool for files that cannot be loaded is reported, and "Send" sends nothing',
  SLOW,
  async ({ browser }) => {
    const { page, context, sent } = await newPhone(browser)
    await context.route('**/tools/ky/attach.js', async (route) => {
      await new Promise((done) => setTimeout(done, 1500))
      await route.abort()
    })
    await choose(page, pdf('a.pdf'))
    await sendButton(page).click()
    await expect(page.locator('#error')).toHaveText(words('say.network'))
    const again = page.getByRole('button', { name: words('tell.again') })
    await expect(again).toBeVisible()
    expect(sent.filter(({ method }) => method !== 'GET')).toEqual([])
    // No file remains chosen, so the retry sends the report without files.
    await page.getByLabel(words('tell.text')).fill('Файлсыз')
    await again.click()
    await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
    await context.close()
  },
)

test('Chunks arrive in spite of refusals, lost connections and a stop by the person', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context, sent } = phone
  let tries = 0
  await context.route('**/api/files/**', async (route) => {
    tries++
    if (tries === 2) return route.fulfill({ status: 429, headers: { 'retry-after': '1' } })
    if (tries === 4) return route.fulfill({ status: 503 })
    if (tries > 5 && tries < 8) return route.abort()
    await route.continue()
  })
  await choose(page, pdf('a.pdf', 90_000))
  await sendButton(page).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  const number = await shownReceipt(page)
  await expect(page.getByRole('progressbar', { name: word('list') })).toBeVisible()
  await expect(page.getByText(word('waiting'))).toBeVisible()
  await shoot(page, 'waiting')
  await page.getByRole('button', { name: word('stop_sending') }).click()
  await expect(page.getByText(word('stopped'))).toBeVisible()
  await page.getByRole('button', { name: word('go_on') }).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 40_000 })
  expect(await shownReceipt(page)).toBe(number)
  const { files } = await opened(phone)
  expect(Buffer.from(files[0]?.content ?? []).equals(Buffer.alloc(90_000, 'келишим '))).toBe(true)
  expect(sent.some(({ method }) => method === 'PUT')).toBe(true)
  await context.close()
})

test('A chosen file waits for the file that is being prepared, and "Send" waits for both', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await choose(page, pdf('a.pdf'))
  await expect(row(page, 'a.pdf')).toBeVisible()
  await choose(page, { ...(await photo()), buffer: await photograph(4000, 3000) })
  await choose(page, pdf('b.pdf'))
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 60_000 })
  const { files } = await opened(phone)
  expect(files.map(({ file }) => file.name ?? file.made)).toEqual(['a.pdf', 'redrawn', 'b.pdf'])
  await phone.context.close()
})
