// Checks a screen: axe finds no fault (WCAG 2.2 AA), and nothing is wider than the window.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export async function expectAccessible(page: Page): Promise<void> {
  // The pages have no frames, so axe needs no second page to join the results of frames.
  const axe = new AxeBuilder({ page }).withTags(TAGS).setLegacyMode()
  const { violations } = await axe.analyze()
  const faults = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
  )
  expect(faults, page.url()).toEqual([])
}

/** Expects that nothing is wider than the window. */
export async function expectNoSideways(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider, `${page.url()} at ${String(page.viewportSize()?.width)}`).toBeLessThanOrEqual(0)
}
