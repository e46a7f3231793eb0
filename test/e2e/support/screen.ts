// Checks that a phone shows an element completely: without scrolling, and not covered by the bar or
// anything else.
import { expect, type Locator } from '@playwright/test'

/** The distance from the corners, in pixels, at which the element must be on top. */
const INSET = 3

/**
 * Returns `is whole` when the first element is fully visible without scrolling, otherwise the
 * fault.
 */
const lookAt = (place: Locator): Promise<string> =>
  place.first().evaluate((element, inset) => {
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
    const where = `${Math.round(top)} to ${Math.round(bottom)} of ${innerHeight}`
    if (!element.checkVisibility() || width === 0 || height === 0) return 'is not shown'
    if (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight)
      return `is off the screen: ${where}`
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : null
    for (const x of [left + inset, (left + right) / 2, right - inset])
      for (const y of [top + inset, bottom - inset]) {
        const hit = document.elementFromPoint(x, y)
        const isOwn = hit && (element.contains(hit) || hit.contains(element))
        if (!isOwn && !(hit && label?.contains(hit)))
          return `is covered by ${hit?.outerHTML.slice(0, 80)}: ${where}`
      }
    return 'is whole'
  }, INSET)

/** Expects that the first element is fully visible without scrolling. */
export async function expectWhole(place: Locator, message: string): Promise<void> {
  await expect.poll(() => lookAt(place), { message }).toBe('is whole')
}

/** Expects that at least one of the elements is fully visible. */
export async function expectOneWhole(places: Locator, message: string): Promise<void> {
  const looks = async (): Promise<string[]> =>
    Promise.all((await places.all()).map((place) => lookAt(place)))
  await expect.poll(looks, { message }).toContain('is whole')
}

/** Imitates a finger that taps only fully visible elements, and counts the taps. */
export function newFinger(): {
  tap: (place: Locator, what: string) => Promise<void>
  taps: () => string[]
} {
  const taps: string[] = []
  return {
    tap: async (place, what) => {
      await expectWhole(place, `${what}, after ${taps.length} taps`)
      taps.push(what)
      await place.first().tap()
    },
    taps: () => taps,
  }
}
