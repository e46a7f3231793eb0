// Tests PDFs and videos from strangers inside the staff app. Staff view the files without saving
// them, and nothing in them runs, redirects or uses the network.
import type { Browser, Locator, Page } from '@playwright/test'
import { utf8, type Bytes } from '#protocol/bytes'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { HOSTILE_WORDS, hostilePdf } from '../support/hostile-pdf.ts'
import { makeReceiver } from '../support/receiver.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { STAFF_ORIGIN } from '../support/phone.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const PDF = 'application/pdf'
const buttonIn = (place: Locator, key: string): Locator =>
  place.getByRole('button', { name: words(key), exact: true })

/** Opens a file of the report on screen. */
async function openFile(page: Page, place: number): Promise<Locator> {
  const file = page.locator('.report .files > .file').nth(place)
  await buttonIn(file, 'staff.file.open').click()
  await expect(file.getByText(words('staff.file.fits'))).toBeVisible()
  return file
}

/** Returns the number of dark pixels on a canvas. */
const inkOn = (canvas: Locator): Promise<number> =>
  canvas.evaluate((drawn: HTMLCanvasElement) => {
    const pixels = drawn.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data ?? []
    let dark = 0
    for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 255) < 100) dark += 1
    return dark
  })

/** Makes a PDF with a page for each text, as a word processor would. */
async function printed(browser: Browser, texts: readonly string[]): Promise<Bytes> {
  const page = await browser.newPage()
  await page.setContent(texts.map((text) => `<p style="break-after:page">${text}</p>`).join(''))
  const pdf = new Uint8Array(await page.pdf())
  await page.close()
  return pdf
}

/** Collects everything that a page starts: requests, windows, dialogs and downloads. */
function watchPage(page: Page): string[] {
  const started: string[] = []
  page.on('request', (request) => started.push(request.url()))
  page.on('popup', (other) => started.push(`popup ${other.url()}`))
  page.on('dialog', (dialog) => started.push(`dialog ${dialog.type()}`))
  page.on('download', (download) => started.push(`download ${download.url()}`))
  return started
}

test('A PDF is read inside the app, page by page and as words, and is not saved', async ({
  browser,
  staff: { page },
}) => {
  const [first, second] = ['Келишим: жумушчу өзү төлөйт 8201', 'Экинчи бет: паспорт кожоюнда 8202']
  const text = 'Келишимди жөнөтүп жатам 8200'
  await sendSealedReport({ text }, [
    { content: await printed(browser, [first, second]), says: { type: PDF } },
    { content: utf8('%PDF-1.4 бузук'), says: { type: PDF } },
  ])
  await showReport(page, text)
  const started = watchPage(page)
  const file = await openFile(page, 0)
  await expect(file.locator('canvas')).toHaveCount(0)
  await buttonIn(file, 'staff.pdf.show').click()
  const shown = file.locator('.pdf-page')
  await expect(shown).toHaveAttribute('aria-busy', 'false')
  await expect(file.getByText(words('staff.pdf.page', { n: '1', m: '2' }))).toBeVisible()
  expect(await inkOn(shown.locator('canvas'))).toBeGreaterThan(100)
  // A page is blurred at first, and its words appear only after the blur is removed.
  await expect(shown).toHaveClass(/is-blurred/)
  await expect(file.locator('details')).toHaveCount(0)
  await buttonIn(file, 'staff.file.clear').click()
  await expect(shown).toHaveClass(/is-clear/)
  await file.getByText(words('staff.pdf.words')).click()
  await expect(file.locator('.words')).toHaveText(first)
  await buttonIn(file, 'staff.pdf.next').click()
  await file.getByText(words('staff.pdf.words')).click()
  await expect(file.locator('.words')).toHaveText(second)
  const width = async (): Promise<number> =>
    (await shown.locator('canvas').boundingBox())?.width ?? 0
  const before = await width()
  await buttonIn(file, 'staff.pdf.larger').click()
  await expect(shown).toHaveAttribute('aria-busy', 'false')
  expect(await width()).toBeGreaterThan(before * 1.5)
  await expectAccessible(page)
  await expectNoSideways(page)
  expect(started.filter((each) => /^(popup|dialog|download)/.test(each))).toEqual([])
  expect(page.workers()).toHaveLength(1)
  await buttonIn(file, 'staff.pdf.close').click()
  await expect(file.locator('canvas')).toHaveCount(0)
  await expect.poll(() => page.workers().length).toBe(0)

  const broken = await openFile(page, 1)
  await buttonIn(broken, 'staff.pdf.show').click()
  await expect(broken.getByText(words('staff.pdf.unshown'))).toBeVisible()
  await expect.poll(() => page.workers().length).toBe(0)
})

test('R16: A PDF that attacks its reader is a picture: nothing runs, leads on or calls', async ({
  staff: { page },
}) => {
  const trap = await makeReceiver()
  await trap.start()
  const text = 'Мына документ 8203'
  await sendSealedReport({ text }, [{ content: hostilePdf(trap.url), says: { type: PDF } }])
  await showReport(page, text)
  const file = await openFile(page, 0)
  const started = watchPage(page)
  await buttonIn(file, 'staff.pdf.show').click()
  await buttonIn(file, 'staff.file.clear').click()
  const shown = file.locator('.pdf-page')
  await expect(shown).toHaveAttribute('aria-busy', 'false')
  expect(await inkOn(shown.locator('canvas'))).toBeGreaterThan(100)
  await file.getByText(words('staff.pdf.words')).click()
  await expect(file.locator('.words')).toContainText(HOSTILE_WORDS)
  // The link covers the page, and the field covers its lower half.
  for (const at of [0.2, 0.5, 0.9]) {
    const box = await shown.locator('canvas').boundingBox()
    if (!box) throw new Error('the page is not drawn')
    await shown.locator('canvas').click({ position: { x: box.width / 2, y: box.height * at } })
  }
  expect(
    await file.locator('.pdf :is(a, iframe, object, embed, input, form, script, style)').count(),
  ).toBe(0)
  const [reader] = page.workers()
  const codes = [page.url(), reader?.url() ?? '']
  expect(codes).toEqual([
    expect.stringMatching(/\/staff\/$/),
    expect.stringMatching(/\/_astro\/pdf/),
  ])
  expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false)
  expect(await reader?.evaluate(() => 'hit' in globalThis)).toBe(false)
  // The worker that reads the bytes cannot send a request, not even to the site's own API.
  for (const address of [`${trap.url}/worker`, `${STAFF_ORIGIN}/api/staff/me`])
    expect(
      await reader?.evaluate(
        (to) =>
          fetch(to).then(
            () => 'sent',
            () => 'refused',
          ),
        address,
      ),
    ).toBe('refused')
  const own = /^http:\/\/localhost:\d+\/(_astro\/pdf[\w.-]+\.mjs|api\/staff\/)/
  expect(started.filter((each) => !own.test(each))).toEqual([])
  expect(trap.received).toEqual([])
  await trap.stop()
})

test('R16: A film that names addresses elsewhere makes the browser call nobody', async ({
  staff: { page },
}) => {
  const trap = await makeReceiver()
  await trap.start()
  const text = 'Видеону караңыз 8204'
  const list = `#EXTM3U\n#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="s",URI="${trap.url}/track"
#EXT-X-KEY:METHOD=AES-128,URI="${trap.url}/key"\n#EXTINF:9,\n${trap.url}/part.ts\n#EXT-X-ENDLIST\n`
  await sendSealedReport({ text }, [
    { content: utf8(list), says: { type: 'video/mp4' } },
    { content: movieElsewhere(`${trap.url}/movie`), says: { type: 'video/mp4' } },
  ])
  await showReport(page, text)
  const started = watchPage(page)
  for (const place of [0, 1]) {
    const file = await openFile(page, place)
    await buttonIn(file, 'staff.film.show').click()
    await expect(file.getByText(words('staff.film.unshown'))).toBeVisible()
  }
  const own = /^(blob:)?http:\/\/localhost:\d+\//
  expect(started.filter((each) => !own.test(each))).toEqual([])
  expect(trap.received).toEqual([])
  await trap.stop()
})

/** Makes a video whose media data is at another URL (ISO/IEC 14496-12, 8.7.2). */
function movieElsewhere(address: string): Bytes {
  const box = (type: string, ...parts: Buffer[]): Buffer => {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(8 + Buffer.concat(parts).length)
    return Buffer.concat([size, Buffer.from(type), ...parts])
  }
  const zeros = (length: number): Buffer => Buffer.alloc(length)
  const one = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])
  const source = box('url ', zeros(4), Buffer.from(`${address}\0`))
  const media = box('minf', box('dinf', box('dref', one, source)))
  const track = box('trak', box('tkhd', zeros(84)), box('mdia', media))
  const brand = box('ftyp', Buffer.from('isom'), zeros(4))
  return new Uint8Array(Buffer.concat([brand, box('moov', box('mvhd', zeros(100)), track)]))
}
