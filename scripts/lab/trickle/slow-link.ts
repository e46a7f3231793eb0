// Slows a page's connection down to 128 kbit/s, and cuts it in the middle of the files.
import { expect, type CDPSession, type Page } from '@playwright/test'
import { setTimeout as wait } from 'node:timers/promises'
import { wordsIn } from '#scripts/browser/words'

const BYTES_A_SECOND = 128_000 / 8
const LATENCY_MS = 100
export const CUT_MS = 7000
/** The time limit for all files to arrive over the slow connection. */
export const FILES_ARRIVE_MS = 600_000

const setLink = (session: CDPSession, offline: boolean): Promise<unknown> =>
  session.send('Network.emulateNetworkConditions', {
    offline,
    latency: LATENCY_MS,
    downloadThroughput: BYTES_A_SECOND,
    uploadThroughput: BYTES_A_SECOND,
  })

/** Slows a page's connection down. */
export async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable')
  await setLink(session, false)
}

/** Cuts the connection once this share of the files has been sent, and then restores it. */
export async function cutAt(page: Page, session: CDPSession, share: number): Promise<void> {
  const bar = page.getByRole('progressbar', { name: wordsIn('ky')('attach.list') })
  await expect
    .poll(() => bar.evaluate((bar: HTMLProgressElement) => bar.position), {
      timeout: FILES_ARRIVE_MS,
    })
    .toBeGreaterThan(share)
  await setLink(session, true)
  await wait(CUT_MS)
  await setLink(session, false)
}
