// Simulates the oldest supported browsers by removing the functions that they lack. `npm run
// clients` runs real old browsers.
import { askedFor, askForReplies } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import {
  choose,
  opened,
  photo,
  photograph,
  row,
  sendButton,
  word,
  words,
} from '../support/attach.ts'
import { newPhone, type Phone } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { shorten } from '../support/tell.ts'
import { SLOW } from '../support/soak.ts'

/** Removes the functions that Chrome 61, Firefox 60 or Safari 11.1 lack. */
function forget(): void {
  const lacking: [object, string[]][] = [
    [Array.prototype, ['at', 'flat', 'flatMap', 'findLast', 'toSorted', 'toSpliced', 'with']],
    [String.prototype, ['at', 'matchAll', 'replaceAll', 'trimStart', 'trimEnd']],
    [Promise.prototype, ['finally']],
    [Promise, ['allSettled', 'any']],
    [Object, ['fromEntries', 'groupBy', 'hasOwn']],
    [Element.prototype, ['replaceChildren', 'toggleAttribute']],
    [Document.prototype, ['replaceChildren']],
    [DocumentFragment.prototype, ['replaceChildren']],
    [Blob.prototype, ['arrayBuffer', 'stream', 'text']],
    [HTMLFormElement.prototype, ['requestSubmit']],
    [Crypto.prototype, ['randomUUID']],
    [window, ['structuredClone', 'queueMicrotask', 'AbortController', 'IntersectionObserver']],
  ]
  for (const [owner, names] of lacking)
    for (const name of names) Reflect.deleteProperty(owner, name)
  // Safari has the class DataTransfer but cannot create an instance of that class.
  window.DataTransfer = function () {
    throw new TypeError('Illegal constructor')
  } as unknown as typeof DataTransfer
}

async function newOldPhone(...args: Parameters<typeof newPhone>): Promise<Phone> {
  const phone = await newPhone(...args)
  await phone.context.addInitScript(forget)
  return phone
}

test(
  'An old browser sends a picture and shows a picture of the reply',
  SLOW,
  async ({ browser, staff }) => {
    const phone = await newOldPhone(browser)
    const { page } = phone
    const text = 'Эски телефондон сүрөт менен 2284'
    await page.goto('/ky/tell/')
    await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill(text)
    await choose(page, await photo())
    await expect(row(page, word('picture', { n: '1' }))).toContainText(word('hidden.place'))
    await sendButton(page).click()
    await expect(page.getByText(word('uploaded'))).toBeVisible()
    expect((await opened(phone)).files.map(({ file }) => file.made)).toEqual(['redrawn'])
    const receipt = (await page.locator('#receipt').innerText()).replace(/\s/g, '')

    await showReport(staff.page, text)
    await staff.page.getByLabel(words('staff.answer.files')).setInputFiles({
      name: 'карта.jpg',
      mimeType: 'image/jpeg',
      buffer: await photograph(),
    })
    await staff.page.getByLabel(words('staff.answer.text')).fill('Сүрөт жообу')
    await staff.page.getByRole('button', { name: words('staff.answer.look') }).click()
    await staff.page.getByRole('button', { name: words('staff.answer.send') }).click()
    await expect(staff.page.getByText(words('staff.answer.sent'))).toBeVisible()

    await askForReplies(page, 'ky', receipt)
    const answer = page.locator('#messages li')
    await answer.getByRole('button', { name: words('say.file', { n: '1' }) }).click()
    await answer.getByRole('button', { name: words('read-file.show') }).click()
    await expect(answer.locator('img')).toBeVisible()
    await phone.context.close()
  },
)

test('An old browser shows the QR codes of a letter and still seals', async ({ browser }) => {
  const { page, context } = await newOldPhone(browser)
  await shorten(context)
  await context.route('**/api/reports', (route) => route.abort())
  await page.goto('/ky/tell/')
  await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill('Код менен')
  await sendButton(page).click()
  await page
    .locator('#ways')
    .getByRole('button', { name: words('tell.hand') })
    .click()
  const panel = page.locator('#panel-hand')
  await panel.getByRole('button', { name: /код/ }).click()
  await expect(panel.locator('img').first()).toBeVisible()
  await expect(page.locator('html')).toHaveClass('js')
  await context.close()
})

test('The form says that a file is not sent when no script can fill the field again', async ({
  browser,
}) => {
  const { page, context } = await newOldPhone(browser)
  await page.addInitScript(() => {
    crypto.subtle.encrypt = () => Promise.reject(new Error('broken'))
    HTMLFormElement.prototype.submit = function () {
      document.title = `sent ${(new FormData(this).get('text') as string).trim()}`
    }
  })
  await page.goto('/ky/tell/')
  await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill('Файлсыз кетти')
  await choose(page, { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') })
  await expect(row(page, 'a.pdf')).toBeVisible()
  await sendButton(page).click()
  const most = word('mb', { n: '3' })
  await expect(page.locator('#plain-files')).toHaveText(
    word('plain.left', { most, names: 'a.pdf' }),
  )
  await page.getByRole('button', { name: words('tell.plainly') }).click()
  await expect(page).toHaveTitle('sent Файлсыз кетти')
  await context.close()
})
