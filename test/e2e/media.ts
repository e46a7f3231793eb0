// Cameras and microphones of a page: the browser plays them, and a test asks what became of those that the page was given.
import { expect, type Page } from '@playwright/test'
import { FAKE_MEDIA, QUIET } from '#scripts/test/browser'
import type { Phone } from './phone.ts'

/** What plays them, and a person who allows them. */
export const launchWithMedia = (...more: string[]) => ({
  executablePath: process.env['CHROMIUM_PATH'] ?? '',
  args: [...QUIET, ...FAKE_MEDIA, ...more],
})

/**
 * Keeps what the page is given from now on, and says on the console when a part of it is turned off.
 *
 * @param allowed  the event for which the person lets the page wait; at once when there is none
 */
export const watchMedia = (page: Page, allowed = ''): Promise<unknown> =>
  page.addInitScript((event) => {
    const given: MediaStreamTrack[] = []
    Object.assign(globalThis, { given })
    const devices = navigator.mediaDevices
    const ask = devices.getUserMedia.bind(devices)
    devices.getUserMedia = async (wanted) => {
      if (event) await new Promise((done) => addEventListener(event, done))
      const stream = await ask(wanted)
      for (const track of stream.getTracks()) {
        const stop = track.stop.bind(track)
        track.stop = () => {
          stop()
          console.log(
            `${track.kind} ${track.readyState}, page: ${document.documentElement.innerHTML}`,
          )
        }
        given.push(track)
      }
      return stream
    }
  }, allowed)

/** States of all that the page was ever given: `live` or `ended`. */
export const mediaOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (globalThis as unknown as { given: MediaStreamTrack[] }).given.map(
      ({ readyState }) => readyState,
    ),
  )

/** The quick exit, while the way out does not answer: what is on goes off on a page that is blank already. */
export async function expectOffByExit(
  { page, context }: Phone,
  kind: 'audio' | 'video',
): Promise<void> {
  const said: string[] = []
  page.on('console', (line) => said.push(line.text()))
  const exit = page.locator('[data-exit]')
  await context.route(
    (await exit.getAttribute('data-exit')) ?? '',
    () => new Promise(() => undefined),
  )
  await exit.click({ noWaitAfter: true })
  await expect.poll(() => said).toContain(`${kind} ended, page: `)
}
