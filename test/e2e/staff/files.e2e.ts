// Tests the files of a report in the staff app. The app opens and compares files, shows them only
// on request and saves them only after a warning. Staff also send files.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fromB64, utf8, type Bytes } from '#protocol/bytes'
import { openChunk } from '#protocol/file/open-chunk'
import { showReport } from '#scripts/browser/show-report'
import { ORIGIN } from '../support/phone.ts'
import { photograph, readAnswer, sendSealedReport, silence } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const hashOf = (content: Bytes): string => createHash('sha256').update(content).digest('hex')

test('Files of a report are opened, compared, shown on request and saved after a warning', async ({
  staff: { page },
}) => {
  const violations: string[] = []
  page.on('console', (line) => {
    if (/content security policy/i.test(line.text())) violations.push(line.text())
  })
  const [picture, voice, document] = [await photograph(), silence(), utf8('%PDF-1.4 келишим')]
  const text = 'Келишимди тартып алдым, үч файл'
  await sendSealedReport(
    { text, consent: 'authorities', signs: ['WithholdsDocuments'], needs: ['lawyer'] },
    [
      { content: picture, says: { type: 'image/jpeg', made: 'redrawn' } },
      { content: voice, says: { type: 'audio/wav', made: 'distorted' } },
      { content: document, says: { type: 'application/pdf', name: '<b>келишим</b>.pdf' } },
    ],
  )
  await showReport(page, text)
  const report = page.locator('.report')
  await expect(report.locator('.leading-wish')).toContainText(words('staff.consent.authorities'))
  await expect(report.getByText(words('staff.sign.documents'))).toBeVisible()
  await expect(report.getByText(words('staff.need.lawyer'))).toBeVisible()

  const files = report.locator('.files > .file')
  await expect(files).toHaveCount(3)
  const [first, second, third] = [files.nth(0), files.nth(1), files.nth(2)]
  const press = (key: string, where = report) =>
    where.getByRole('button', { name: words(key), exact: true }).click()

  await press('staff.file.open', first)
  // The button is gone, so the focus moves to the file.
  await expect(first.getByRole('heading')).toBeFocused()
  await expect(first.getByText(words('staff.file.fits'))).toBeVisible()
  await expect(first.getByText(hashOf(picture))).toBeVisible()
  expect(await report.locator('img').count()).toBe(0)
  await press('staff.file.show', first)
  const image = first.locator('img')
  await expect(image).toBeVisible()
  expect(
    await image.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth)),
  ).toBe(640)
  expect(await image.evaluate((img) => getComputedStyle(img).filter)).toContain('blur')
  await press('staff.file.clear', first)
  expect(await image.evaluate((img) => getComputedStyle(img).filter)).toBe('none')
  await press('staff.file.blur', first)
  expect(await image.evaluate((img) => getComputedStyle(img).filter)).toContain('blur')

  await press('staff.file.open', second)
  await expect(second.getByText(hashOf(voice))).toBeVisible()
  const sound = second.locator('audio')
  await expect
    .poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.duration), { timeout: 10_000 })
    .toBeCloseTo(1, 1)
  expect(
    await sound.evaluate((audio: HTMLAudioElement) => [
      audio.paused,
      audio.autoplay,
      audio.controls,
    ]),
  ).toEqual([true, false, true])

  await press('staff.file.open', third)
  await expect(third.getByText(hashOf(document))).toBeVisible()
  await expect(third.getByText('<b>келишим</b>.pdf')).toBeVisible()
  expect(await third.locator('img, audio, video, iframe, object, embed, a').count()).toBe(0)
  await press('staff.file.save', third)
  await expect(third.getByText(words('staff.file.save.warning'))).toBeVisible()
  const notNow = third.getByRole('button', { name: words('staff.file.save.not'), exact: true })
  await expect(notNow).toBeFocused()
  await notNow.click()
  const saveIt = third.getByRole('button', { name: words('staff.file.save'), exact: true })
  await expect(saveIt).toBeFocused()
  await press('staff.file.save', third)
  const saving = page.waitForEvent('download')
  await press('staff.file.save.go', third)
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/^oasis-\w{6}-[\w-]{2}\.pdf$/)
  expect(await readFile(await saved.path())).toEqual(Buffer.from(document))
  expect(violations).toEqual([])
})

test('A file with missing chunks is marked incomplete and opens when all chunks are there', async ({
  staff: { page },
}) => {
  const content = new Uint8Array(40_000).fill(7)
  const text = 'Байланыш үзүлдү, файл толук эмес'
  const sent = await sendSealedReport({ text }, [
    { content, says: { type: 'image/png' }, missing: [2, 4] },
  ])
  await showReport(page, text)
  const file = page.locator('.report .file')
  const parts = (n: number) => words('staff.file.parts', { n: String(n), m: '5' })
  await expect(file.getByText(parts(3))).toContainText(words('staff.file.incomplete'))
  await expect(file.getByRole('button', { name: words('staff.file.open') })).toHaveCount(0)
  await sent.sendRest()
  await file.getByRole('button', { name: words('staff.file.look') }).click()
  await expect(file.getByText(parts(5))).toBeVisible()
  await file.getByRole('button', { name: words('staff.file.open') }).click()
  await expect(file.getByText(hashOf(content))).toBeVisible()
  // The content is not a picture, although its type claims that it is.
  await expect(file.getByText(words('staff.file.unshown'))).toBeVisible()
})

test('A file with another hash than its report names is marked as different', async ({
  staff: { page },
}) => {
  const text = 'Бул файл башка'
  const hash = 'A'.repeat(43)
  await sendSealedReport({ text }, [{ content: utf8('x'), says: { type: 'text/plain', hash } }])
  await showReport(page, text)
  const file = page.locator('.report .file')
  await file.getByRole('button', { name: words('staff.file.open') }).click()
  await expect(file.getByText(words('staff.file.differs'))).toBeVisible()
})

test('A file that staff send opens by its entry in the reply', async ({ staff: { page } }) => {
  const text = 'Мага баракча керек'
  const reporter = await sendSealedReport({ text }, [])
  await showReport(page, text)
  const content = Buffer.alloc(150_000, 'баракча ')
  await page
    .getByLabel(words('staff.answer.files'))
    .setInputFiles([{ name: 'баракча.txt', mimeType: 'text/plain', buffer: content }])
  await page.getByLabel(words('staff.answer.text')).fill('Баракча ушул жерде')
  await page.getByRole('button', { name: words('staff.answer.look') }).click()
  await page.getByRole('button', { name: words('staff.answer.send') }).click()
  await expect(page.getByText(words('staff.answer.sent'))).toBeVisible()
  await expect(page.locator('.sent')).toBeFocused()
  await expect(page.locator('.from-us .file')).toContainText('баракча.txt')

  const answer = await readAnswer(reporter, 0)
  const [listed] = answer?.files ?? []
  if (!listed) throw new Error('no file in the answer')
  const stream = { ...listed, id: fromB64(listed.id), key: fromB64(listed.key) }
  const opened: Bytes[] = []
  for (let n = 0; n < 3; n++) {
    const got = await fetch(`${ORIGIN}/api/files/${listed.id}/${String(n)}`)
    opened.push(await openChunk(stream, n, new Uint8Array(await got.arrayBuffer())))
  }
  expect(Buffer.concat(opened)).toEqual(content)
})

test('A file that a lock let go is named, and the reply keeps its words', async ({
  staff: { page },
}) => {
  const [text, reply, name] = ['Мага арыз керек', 'Арыз ушул жерде', 'арыз.txt']
  await sendSealedReport({ text }, [])
  await showReport(page, text)
  const press = (key: string) => page.getByRole('button', { name: words(key), exact: true }).click()
  await page.getByLabel(words('staff.answer.text')).fill(reply)
  await page
    .getByLabel(words('staff.answer.files'))
    .setInputFiles([{ name, mimeType: 'text/plain', buffer: Buffer.from('арыз') }])
  await expect(page.locator('.composer .file')).toContainText(name)
  await press('staff.lock')
  await press('staff.locked.passkey')
  await expect(page.getByLabel(words('staff.answer.text'))).toHaveValue(reply)
  const missing = page.getByText(words('staff.answer.files.again', { names: name }))
  await expect(missing).toBeVisible()
  await press('staff.answer.files.remove')
  await expect(missing).toHaveCount(0)
})
