// Checks a screen: axe finds no fault (WCAG 2.2 AA), and nothing is wider than the window.
import axe from 'axe-core'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// Without this option, axe also lists each part without a fault, which takes longer than the check.
const ALL = { resultTypes: ['violations'] } satisfies axe.RunOptions
const WCAG = { ...ALL, runOnly: { type: 'tag', values: TAGS } } satisfies axe.RunOptions

/** Runs axe in the page, with the WCAG rules or all rules. @returns a line for each violation */
async function violationsOn(page: Page, rules: 'WCAG' | 'all'): Promise<string[]> {
  // Once loaded, axe stays in the document, so a second check of the same document does not load
  // axe again.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options: axe.RunOptions = rules === 'all' ? ALL : WCAG
  return page.evaluate(async (given) => {
    const { axe: loaded } = window as unknown as { axe: typeof axe }
    // An open menu covers parts of the screen, which are checked without the menu.
    const menu = document.querySelector<HTMLElement>('.menu[open]')
    const { violations } = await loaded.run(menu ?? document, given)
    // A bar at the edge of the window covers part of a target that is only half scrolled into view.
    const isStillSmall = async ({ target }: axe.NodeResult): Promise<boolean> => {
      const part = document.querySelector(String(target[0]))
      part?.scrollIntoView({ block: 'center' })
      const again = await loaded.run(part ?? document, { ...given, runOnly: ['target-size'] })
      return again.violations.length > 0
    }
    const lines: string[] = []
    for (const { id, nodes } of violations) {
      const faults: axe.NodeResult[] = []
      for (const node of nodes)
        if (id !== 'target-size' || (await isStillSmall(node))) faults.push(node)
      if (faults.length > 0) lines.push(`${id}: ${faults.map(({ html }) => html).join(' | ')}`)
    }
    return lines
  }, options)
}

export async function expectAccessible(page: Page, rules: 'WCAG' | 'all' = 'WCAG'): Promise<void> {
  expect(await violationsOn(page, rules), page.url()).toEqual([])
}

/** Expects that nothing is wider than the window. */
export async function expectNoSideways(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider, `${page.url()} at ${String(page.viewportSize()?.width)}`).toBeLessThanOrEqual(0)
}
