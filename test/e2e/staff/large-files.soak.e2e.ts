// Tests the largest file that a report or a reply can contain. A colleague opens, compares and
// saves the file, and sends it with a reply. A larger file is refused as soon as the person chooses
// it.
import { createHash, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { fromB64, type Bytes } from '#protocol/bytes'
import { openChunk } from '#protocol/file/open-chunk'
import { MAX_FILE_BYTES } from '#protocol/limits'
import { showReport } from '#scripts/browser/show-report'
import { ORIGIN } from '../support/phone.ts'
import { readAnswer, sendSealedReport, type SealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const WORDS = 'Келишимдин видеосу, эң чоң файл 8501'
const REPLY = 'Айткан баракчаңыз ушул жерде 8502'
const SENT_MS = 240_000
const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** Opens the only file of the first reply, as the person's page does. */
async function openAnswered(reporter: SealedReport): Promise<Buffer> {
  const [listed] = (await readAnswer(reporter, 0))?.files ?? []
  if (!listed) throw new Error('no file in the answer')
  const stream = { ...listed, id: fromB64(listed.id), key: fromB64(listed.key) }
  const opened: Bytes[] = []
  for (let n = 0; n * listed.chunk < listed.size; n++) {
    const got = await fetch(`${ORIGIN}/api/files/${listed.id}/${String(n)}`)
    opened.push(await openChunk(stream, n, new Uint8Array(await got.arrayBuffer())))
  }
  return Buffer.concat(opened)
}

test('The largest file is opened, saved and sent, and a larger one is refused at once', async ({
  staff: { page },
}, testInfo) => {
  test.setTimeout(580_000)
  const content = randomBytes(MAX_FILE_BYTES)
  const reporter = await sendSealedReport({ text: WORDS }, [
    { content, says: { type: 'application/octet-stream', name: 'видео.bin', chunk: 65536 } },
  ])
  await showReport(page, WORDS)
  const file = page.locator('.report .file').first()
  const press = (key: string): Promise<void> =>
    page
      .locator('.report')
      .getByRole('button', { name: words(key), exact: true })
      .click()
  await press('staff.file.open')
  await expect(file.getByText(hashOf(content))).toBeVisible({ timeout: SENT_MS })
  await press('staff.file.save')
  const saving = page.waitForEvent('download')
  await press('staff.file.save.go')
  expect(hashOf(await readFile(await (await saving).path()))).toBe(hashOf(content))

  const [whole = '', larger = ''] = ['whole.bin', 'larger.bin'].map((name) =>
    testInfo.outputPath(name),
  )
  await writeFile(whole, content)
  await writeFile(larger, Buffer.concat([content, Buffer.from([1])]))
  const field = page.getByLabel(words('staff.answer.files'))
  const text = page.getByLabel(words('staff.answer.text'))
  await text.fill(REPLY)
  await field.setInputFiles([larger])
  const fault = page.locator('.composer .files').getByText(words('staff.error.file_too_large'))
  await expect(fault).toHaveCount(1)
  await press('staff.answer.look')
  await expect(text).toHaveValue(REPLY)
  await expect(page.getByRole('button', { name: words('staff.answer.send') })).toHaveCount(0)
  await press('staff.answer.files.remove')
  await expect(page.locator('.composer .mistake, .composer [role=alert]')).toHaveCount(0)

  await field.setInputFiles([whole])
  await press('staff.answer.look')
  await press('staff.answer.send')
  await expect(page.getByText(words('staff.answer.sent'))).toBeVisible({ timeout: SENT_MS })
  expect(hashOf(await openAnswered(reporter))).toBe(hashOf(content))
})
