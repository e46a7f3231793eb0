// `npm run trickle`: sends a megabyte of pictures and voice over 128 kbit/s, interrupted three
// times. The run measures the time and the repeated chunks. The run then opens the stored files and
// compares them with the sent files.
import { chromium, expect, type Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { toB64 } from '#protocol/bytes'
import { shownReceipt } from '#scripts/browser/report'
import { openSentFile, openSent } from '#scripts/browser/sent-files'
import { wordsIn } from '#scripts/browser/words'
import { applyMigrations, executeOnce } from '#scripts/shared/database'
import { testDir, testDist, testOrgDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { serve } from '#scripts/local/serve'
import { fillInFiles } from '#scripts/lab/trickle/fill-in-files'
import { CUT_MS, cutAt, FILES_ARRIVE_MS, slowDown } from '#scripts/lab/trickle/slow-link'
import { storedObjects } from '#scripts/lab/trickle/stored'
import { runTask, step } from '#scripts/shared/progress'
import { FAKE_MEDIA, findBrowser, QUIET } from '#scripts/test/browser'
import { prepareTestSite } from '#scripts/test/site'

const CUTS = [0.2, 0.5, 0.8]

const words = wordsIn('ky')

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
    await slowDown(session)
    await step('Recording and choosing', () => fillInFiles(page, server.origin))

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
    await expect(page.getByText(words('attach.uploaded'))).toBeVisible({ timeout: FILES_ARRIVE_MS })
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
