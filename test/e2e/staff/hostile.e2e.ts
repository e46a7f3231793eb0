// Tests the app with reports that are designed to attack their reader. Such reports contain names
// of properties that every object has, marks that pile up, and pictures that expand to gigabytes.
import type { Locator, Page } from '@playwright/test'
import sharp from 'sharp'
import { crc32, deflateSync } from 'node:zlib'
import { concat, u32, utf8, type Bytes } from '#protocol/bytes'
import type { Need } from '#protocol/report/plain-report'
import { showReport } from '#scripts/browser/show-report'
import { photograph, sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'
import { SLOW } from '../support/soak.ts'

const words = wordsIn('ky')

test('R16: A language named __proto__ alters no object, and each label finds its field', async ({
  staff: { page },
}) => {
  const properties = () => page.evaluate(() => Object.getOwnPropertyNames(Object.prototype).sort())
  const before = await properties()
  const text = 'Тилдин аты башка, 8140'
  await sendSealedReport({ text, lang: '__proto__', contact: { lang: '__proto__' } }, [])
  await showReport(page, text)
  const label = page.locator('.thread').getByText('__proto__', { exact: true })
  await expect(label.filter({ visible: true })).toHaveCount(1)
  expect(await properties()).toEqual(before)
  const kept = await page.evaluate(() => {
    const own: Record<string, unknown> = {}
    const key = ['to', 'String'].join('')
    own[key] = 'own'
    const other: Record<string, unknown> = {}
    return [Object.isFrozen(Object.prototype), own[key], typeof other[key]]
  })
  expect(kept).toEqual([true, 'own', 'function'])
  for (const key of ['staff.answer.text', 'staff.notes.text']) {
    await page.getByText(words(key), { exact: true }).click()
    await expect(page.getByLabel(words(key), { exact: true })).toBeFocused()
  }
})

/** Marks that fonts draw above or below the previous marks. */
const [ABOVE, BELOW] = [
  '\u0301\u0302\u0303\u0304\u0306\u0307\u0308',
  '\u0316\u0317\u0318\u0319\u031c',
]

test(
  'Accents that pile up on one character stay inside the box of the words',
  SLOW,
  async ({ staff: { page } }) => {
    const pile = `8141 Z${ABOVE.repeat(40)}A${BELOW.repeat(40)}`
    const needs = [unknownNeed(pile)]
    const contact = { avoid: pile, name: 'ы' }
    await sendSealedReport({ text: pile, place: pile, needs, contact }, [])
    await showReport(page, pile)
    // A box outside the pane shows nothing, with or without its clip.
    await page.setViewportSize({ width: 1280, height: 4000 })
    const report = page.locator('.report')
    await report.locator('.contact-line summary').click()
    const boxes = ['.thread .words', '.contact-avoid :is(dd, .words)', '.facts dd', '.answers'].map(
      (box) => report.locator(box),
    )
    // Notes and similar cases arrive late, and contain no words of this person.
    const style = '.similar, .inside { display: none }'
    const take = async (): Promise<string> =>
      (await report.screenshot({ mask: boxes, animations: 'disabled', style })).toString('base64')
    /** Takes a screenshot of the settled report, without its four boxes of words. */
    const around = async (): Promise<string> => {
      let [before, picture] = ['', await take()]
      while (picture !== before) [before, picture] = [picture, await take()]
      return picture
    }
    const fill = (text: string) =>
      page.evaluate((words) => {
        for (const box of document.querySelectorAll('.report :is(.words, .facts dd, .answers li)'))
          if (box.textContent.startsWith('8141')) box.textContent = words
      }, text)
    // A part of the report may still arrive between the two screenshots, so the test compares them
    // again.
    let piled = ''
    await expect(async () => {
      await fill(pile)
      piled = await around()
      await fill('8141 ZA')
      expect(await differingPixels(page, await around(), piled)).toBeLessThan(EDGE_PIXELS)
    }).toPass({ timeout: 20_000 })

    // Without its clip, each box shows its marks outside, which proves that this machine's fonts
    // pile them up.
    await fill(pile)
    for (const box of boxes) {
      await setStyle(box, 'overflow: visible; contain: none')
      const spilled = await differingPixels(page, await around(), piled)
      // Fonts without these marks draw none of them, with or without a clip.
      if (spilled > 0) expect(spilled).toBeGreaterThan(EDGE_PIXELS)
      await setStyle(box, '')
    }
  },
)

/** A box that ends inside a pixel blends some of its marks into that line of pixels. */
const EDGE_PIXELS = 10

/** Counts the pixels that differ between two PNGs of the same size, each in Base64. */
async function differingPixels(page: Page, one: string, other: string): Promise<number> {
  const blank = await page.context().newPage()
  const count = await blank.evaluate(
    async (pictures) => {
      const pixels = pictures.map(async (picture) => {
        const file = await fetch(`data:image/png;base64,${picture}`)
        const image = await createImageBitmap(await file.blob())
        const canvas = new OffscreenCanvas(image.width, image.height)
        const context = canvas.getContext('2d')
        context?.drawImage(image, 0, 0)
        const data = context?.getImageData(0, 0, image.width, image.height).data
        return new Uint32Array(data?.buffer ?? new ArrayBuffer(0))
      })
      const [before = new Uint32Array(), after = new Uint32Array()] = await Promise.all(pixels)
      return before.reduce((sum, pixel, at) => (pixel === after[at] ? sum : sum + 1), 0)
    },
    [one, other],
  )
  await blank.close()
  return count
}

/**
 * Makes a code that no version of the page knows. The staff app shows the first 60 characters of
 * the code.
 */
const unknownNeed = (code: string): Need => code as Need

/** Sets the style of every element that a locator finds. */
const setStyle = (place: Locator, style: string): Promise<void> =>
  place.evaluateAll((elements, css) => {
    for (const element of elements) (element as HTMLElement).style.cssText = css
  }, style)

/** Makes a single-colour PNG that expands from kilobytes to `width` × `height` pixels. */
function bomb(width: number, height: number): Bytes {
  const part = (type: string, content: Uint8Array): Bytes => {
    const named = concat(utf8(type), content)
    return concat(u32(content.length), named, u32(crc32(named)))
  }
  const rows = new Uint8Array((1 + Math.ceil(width / 8)) * height)
  return concat(
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    part('IHDR', concat(u32(width), u32(height), new Uint8Array([1, 0, 0, 0, 0]))),
    part('IDAT', new Uint8Array(deflateSync(rows))),
    part('IEND', new Uint8Array(0)),
  )
}

test('A picture that would unpack to gigabytes is hidden, and a false type is named', async ({
  staff: { page },
}) => {
  const text = 'Үч сүрөт, 8142'
  const placed = sharp(await photograph()).withExif({
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '42/1 52/1 30/1' },
  })
  const redrawn = { type: 'image/jpeg', made: 'redrawn' } as const
  await sendSealedReport({ text }, [
    { content: bomb(16_000, 16_000), says: { type: 'image/png' } },
    { content: new Uint8Array(await placed.toBuffer()), says: redrawn },
    { content: await photograph(), says: redrawn },
  ])
  await showReport(page, text)
  const file = (place: number) => page.locator('.report .file').nth(place)
  for (const place of [0, 1, 2])
    await file(place)
      .getByRole('button', { name: words('staff.file.open') })
      .click()
  await expect(file(0).getByText(words('staff.file.huge'))).toBeVisible()
  await expect(file(0).getByRole('button', { name: words('staff.file.show') })).toHaveCount(0)
  await expect(file(1).getByText(words('staff.file.redrawn.hidden'))).toBeVisible()
  await expect(file(2).getByText(words('staff.file.redrawn.clean'))).toBeVisible()
  await file(2)
    .getByRole('button', { name: words('staff.file.show') })
    .click()
  await expect(file(2).locator('img')).toBeVisible()
})
