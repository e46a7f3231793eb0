// Fakes cameras and microphones in the browser, and returns the state of the media that a page
// uses.
import { expect, type Page } from '@playwright/test'
import { FAKE_MEDIA, QUIET } from '#scripts/test/browser'
import { NO_WAIT } from './no-wait.ts'
import type { Phone } from './phone.ts'

/** Returns options for a browser that fakes media devices and allows their use. */
export const launchWithMedia = (...more: string[]) => ({
  executablePath: process.env['HEADLESS_PATH'] ?? '',
  args: [...QUIET, ...FAKE_MEDIA, ...more],
})

/**
 * Records the media tracks that the page gets from now on, and logs when the page turns a track
 * off.
 *
 * @param allowed  the event after which the media are allowed; immediately without an event
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

/** Returns the state of every track that the page ever received: `live` or `ended`. */
export const mediaOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (globalThis as unknown as { given: MediaStreamTrack[] }).given.map(
      ({ readyState }) => readyState,
    ),
  )

/**
 * Expects the quick exit to blank the page and turn media off, even while the neutral page hangs.
 */
export async function expectOffByExit(
  { page, context }: Phone,
  kind: 'audio' | 'video',
): Promise<void> {
  const lines: string[] = []
  page.on('console', (line) => lines.push(line.text()))
  const exit = page.locator('[data-exit]')
  await context.route(
    (await exit.getAttribute('data-exit')) ?? '',
    () => new Promise(() => undefined),
  )
  await exit.click(NO_WAIT)
  await expect.poll(() => lines).toContain(`${kind} ended, page: `)
}
