// Measures how long Chromium takes to seal a report with suite 1 and with suite 2.
import { createServer } from 'node:http'
import { chromium, type Page } from '@playwright/test'
import { build } from 'esbuild'
import { toB64 } from '#protocol/bytes'
import { readManifest } from '#protocol/keys/manifest'
import type { Suite } from '#protocol/report/envelope'
import { median } from '#scripts/lab/bench/cpu'
import type { Organisation } from '#scripts/org/organisation'
import { root } from '#scripts/shared/paths'
import { step } from '#scripts/shared/progress'
import { findBrowser, QUIET } from '#scripts/test/browser'

const REPORTS = 500
const TEXT = 'Паспортумду алып коюшту, иштеген акчамды беришпейт. '.repeat(6)

/** The measured code, taken from the pages and from the `pq` tool, which runs in the browser. */
const SOURCE = `
import { fromB64, randomBytes } from '#protocol/bytes'
import { hpkeSealHybrid } from '#protocol/crypto/hpke-seal-hybrid'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { hybridSealer } from '#protocol/report/seal-hybrid-envelope'

export async function timesOf(suite, epoch, key, text, reports) {
  const seal = suite === 1 ? sealEnvelope : hybridSealer(hpkeSealHybrid)
  const keys = { epoch, intake: fromB64(key) }
  const json = JSON.stringify({ v: 1, lang: 'ky', at: '2026-11-24T10:00Z', text })
  const times = []
  for (let at = 0; at < reports; at++) {
    const [headerId, ownerHash, writeHash] = [randomBytes(16), randomBytes(32), randomBytes(32)]
    const header = { headerId, kind: 2, danger: false, ownerHash, writeHash }
    const began = performance.now()
    await seal(keys, header, json)
    times.push(performance.now() - began)
  }
  return times
}`

/** Opens an empty page on this machine, because WebCrypto requires a secure origin. */
async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>sealing</title>'),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: QUIET })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    return await work(page)
  } finally {
    await browser.close()
    server.close()
  }
}

/** Returns the median of each suite in milliseconds. */
async function timesOfSealing(organisation: Organisation): Promise<Record<Suite, number>> {
  const { outputFiles } = await build({
    stdin: { contents: SOURCE, resolveDir: root },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'sealing',
  })
  const { epoch, intake } = readManifest(organisation.manifest)
  const keys = { 1: toB64(intake), 2: toB64(organisation.hybridKey) }
  return withPage(async (page) => {
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' })
    const timesOf = (suite: Suite): Promise<number[]> =>
      page.evaluate(`sealing.timesOf(${suite}, ${epoch}, '${keys[suite]}', '${TEXT}', ${REPORTS})`)
    // The first run warms up the browser and does not count.
    for (const suite of [1, 2] as const) await timesOf(suite)
    return { 1: median(await timesOf(1)), 2: median(await timesOf(2)) }
  })
}

const SEALING_BOUND_MS = 5

/** Prints the medians. @returns 1 when suite 2 is over its bound, otherwise 0 */
export async function benchSealing(organisation: Organisation): Promise<number> {
  const medians = await step('Sealing in Chromium', () => timesOfSealing(organisation))
  console.log('\nSealing one report in Chromium: median of 500, one after another.\n')
  for (const suite of [1, 2] as const)
    console.log(`  suite ${suite}   ${medians[suite].toFixed(2)} ms`)
  const fits = medians[2] <= SEALING_BOUND_MS
  console.log(`${fits ? '  ' : '! '}bound of suite 2: ${SEALING_BOUND_MS} ms`)
  return fits ? 0 : 1
}
