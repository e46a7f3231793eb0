// Opens, for the letter tests, a saved copy of a page that seals a letter without a network.
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { savedCopy } from '#scripts/browser/saved-copy'
import { testDir, testDist } from '#scripts/shared/paths'
import { lane } from '#scripts/test/lanes'
import { findCanary } from './canary.ts'
import { newPhone, ORIGIN, type Phone } from './phone.ts'
import { expect } from './staff.ts'
import { wordsIn } from './words.ts'

export const words = wordsIn('ky')
export const folder = join(testDir, `saved-${lane}`)
export const pathOf = ({ url }: { url: string }): string => new URL(url).pathname
export const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })

export async function openCopy(browser: Browser, writing: string, online = false): Promise<Phone> {
  const phone = await newPhone(browser)
  if (!online) await phone.context.route(/^https?:/, (route) => route.abort())
  await phone.page.goto(savedCopy(testDist, folder, 'ky', ORIGIN))
  await (await askedFor(phone.page, 'ky', phone.page.getByLabel(words('tell.text')))).fill(writing)
  return phone
}

export interface ReadCarried {
  receipt: string
  texts: string[]
  pictures: Buffer[]
}

/** Seals a letter without a network and returns it as text and as pictures of its QR codes. */
export async function sealLetter(browser: Browser, writing: string): Promise<ReadCarried> {
  const { page, context, sent } = await openCopy(browser, writing)
  await button(page, 'tell.hand').click()
  const panel = page.locator('#panel-hand')
  const receipt = (await panel.locator('.receipt').innerText()).replace(/\s/g, '')
  expect(receipt).toMatch(/^\d{28}$/)
  const texts = await panel
    .locator('textarea')
    .evaluateAll((areas) => areas.map((area) => (area as HTMLTextAreaElement).value))
  await panel.getByRole('button', { name: /код/ }).click()
  const pictures: Buffer[] = []
  for (const picture of await panel.locator('img').all()) {
    // The bar at the foot of the page would cover part of a code at the edge.
    await picture.evaluate((image) => {
      image.scrollIntoView({ block: 'center' })
    })
    pictures.push(await picture.screenshot())
  }
  expect(sent.filter(({ url }) => url.startsWith('http'))).toEqual([])
  expect(findCanary(texts.join(), [writing])).toEqual([])
  await context.close()
  return { receipt, texts, pictures }
}
