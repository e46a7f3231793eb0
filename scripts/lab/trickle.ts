// `npm run trickle`: sends a megabyte of pictures and voice over 128 kbit/s with three cuts.
// The run measures the time and the repeated chunks. Then the run opens the stored files and
// compares them with the sent files.
import { chromium, expect, type CDPSession, type Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { toB64 } from '#protocol/bytes'
import { askedFor, shownReceipt } from '#scripts/shared/browser/report'
import { openSentFile, openSent } from '#scripts/shared/browser/sent-files'
import { wordsIn } from '#scripts/shared/browser/words'
import { applyMigrations, executeOnce } from '#scripts/shared/database'
import { testDir, testDist, testOrgDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { serve } from '#scripts/shared/serve'
import { storedObjects } from '#scripts/lab/trickle/stored'
import { runTask, step } from '#scripts/shared/progress'
import { FAKE_MEDIA, findBrowser, QUIET } from '#scripts/test/browser'
import { prepareTestSite } from '#scripts/test/site'

const BYTES_A_SECOND = 128_000 / 8
const LATENCY_MS = 100
const CUTS = [0.2, 0.5, 0.8]
const CUT_MS = 7000
const RECORDING_MS = 20_000
const PICTURES = 5
const LONGEST_MS = 600_000

const words = wordsIn('ky')
const word = (key: string, fill: Record<string, string> = {}): string =>
  words(`attach.${key}`, fill)

const link = (session: CDPSession, offline: boolean): Promise<unknown> =>
  session.send('Network.emulateNetworkConditions', {
    offline,
    latency: LATENCY_MS,
    downloadThroughput: BYTES_A_SECOND,
    uploadThroughput: BYTES_A_SECOND,
  })

/** Makes a picture that weighs some 200 KB once the page has redrawn it. */
const picture = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 1200,
      height: 900,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .jpeg()
    .toBuffer()

async function fillIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/ky/tell/`)
  await (
    await askedFor(page, 'ky', page.getByRole('button', { name: words('tell.voice') }))
  ).click()
  await expect(page.getByRole('button', { name: word('stop') })).toBeVisible({ timeout: 30_000 })
  await wait(RECORDING_MS)
  await page.getByRole('button', { name: word('stop') }).click()
  const input = await askedFor(page, 'ky', page.locator('#file'))
  for (let n = 1; n <= PICTURES; n++) {
    await input.setInputFiles([
      { name: `${n}.jpg`, mimeType: 'image/jpeg', buffer: await picture() },
    ])
    await expect(
      page.getByText(word('added', { name: word('picture', { n: `${n}` }) })),
    ).toBeVisible()
  }
}

interface Sent {
  envelope: Buffer | null
  /** the tries of each chunk by its path, and the tries that got a response */
  chunks: Map<string, { tries: number; taken: number }>
}

function watch(page: Page): Sent {
  const sent: Sent = { envelope: null, chunks: new Map() }
  const chunkOf = (url: string) => {
    const path = new URL(url).pathname
    const known = sent.chunks.get(path) ?? { tries: 0, taken: 0 }
    sent.chunks.set(path, known)
    return known
  }
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.envelope = request.postDataBuffer()
    if (request.method() === 'PUT') chunkOf(request.url()).tries++
  })
  page.on('response', (response) => {
    if (response.request().method() === 'PUT' && response.ok()) chunkOf(response.url()).taken++
  })
  return sent
}

/** Cuts the link when this share of the files has been sent, and restores the link. */
async function cutAt(page: Page, session: CDPSession, share: number): Promise<void> {
  const bar = page.getByRole('progressbar', { name: word('list') })
  await expect
    .poll(() => bar.evaluate((bar: HTMLProgressElement) => bar.position), { timeout: LONGEST_MS })
    .toBeGreaterThan(share)
  await link(session, true)
  await wait(CUT_MS)
  await link(session, false)
}

runTask(async () => {
  await prepareTestSite()
  const state = join(testDir, 'trickle')
  rmSync(state, { recursive: true, force: true })
  await applyMigrations(state)
  await executeOnce(state, 'published', join(testOrgDir, 'publish.sql'))
  const server = await serve({ state, dist: testDist, port: await anyPort() })
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...QUIET, ...FAKE_MEDIA],
  })
  try {
    const page = await browser.newPage({ locale: 'ky-KG', viewport: { width: 360, height: 640 } })
    const sent = watch(page)
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await link(session, false)
    await step('Recording and choosing', () => fillIn(page, server.origin))

    const begun = Date.now()
    const seconds = (): string => ((Date.now() - begun) / 1000).toFixed(0)
    await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
    await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
      timeout: 60_000,
    })
    await shownReceipt(page)
    const arrived = seconds()
    for (const share of CUTS)
      await step(`Cut at ${share * 100} %`, () => cutAt(page, session, share))
    await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: LONGEST_MS })
    const whole = seconds()

    const { id, report } = await openSent(new Uint8Array(sent.envelope ?? []))
    const stored = storedObjects(state)
    let bytes = 0
    let broken = 0
    for (const [place, file] of (report.files ?? []).entries()) {
      const content = await openSentFile(id, place, file, (path) =>
        stored(path.replace('/api/', '')),
      )
      const fits = toB64(createHash('sha256').update(content).digest()) === file.hash
      if (!fits) broken += 1
      bytes += content.length
      const size = `${String(content.length).padStart(8)} bytes in chunks of ${file.chunk}`
      console.log(
        `${fits ? '  ' : '! '}${file.made.padEnd(10)}${file.type.padEnd(24)}${size}: ` +
          `SHA-256 ${fits ? 'fits' : 'DIFFERS'}`,
      )
    }
    const chunks = [...sent.chunks.values()]
    const twice = chunks.filter(({ tries }) => tries > 1).length
    const inVain = chunks.filter(({ taken }) => taken > 1).length
    if (bytes < 1_000_000) broken += 1
    console.log(
      `\n${bytes} bytes over 128 kbit/s with ${CUTS.length} cuts of ${CUT_MS / 1000} s: ` +
        `the report arrived after ${arrived} s, all files after ${whole} s.` +
        `\n${chunks.length} chunks, ${twice} of them sent more than once, ` +
        `${inVain} again although they had been answered.`,
    )
    return broken === 0 && inVain === 0 ? 0 : 1
  } finally {
    await browser.close()
    await server.stop()
  }
})
