// Takes the steps of a report on the open wire, to count connections, and behind the box that
// freezes connections.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { fillAndSend, askForReplies, tell, tellPlainly } from '#scripts/shared/browser/report'
import { answer, showReport } from '#scripts/shared/browser/show-report'
import { freezeAfter, frozenIn, listFrozen, unfreeze } from '#scripts/lab/curtain/box'
import type { CurtainBrowsers } from '#scripts/lab/curtain/browsers'
import type { Capture } from '#scripts/lab/curtain/capture'
import { wordsFor } from '#scripts/lab/curtain/cold'
import { FROZEN_AFTER, type CurtainStep } from '#scripts/lab/curtain/figures'
import { runInside, type Network } from '#scripts/lab/curtain/network'
import { ENVELOPE_SIZES } from '#protocol/limits'
import { curtainDir } from '#scripts/shared/paths'

export interface Journey {
  people: CurtainBrowsers
  capture: Capture
  network: Network
}

const LANG = 'ky'
const READ_MS = 30_000
/** A request that takes longer than this time has met a frozen connection. */
const FROZEN_MS = 1500

const frozenAt = ({ router }: Network): Set<string> => {
  try {
    return frozenIn(runInside(router, 'nft', ...listFrozen))
  } catch {
    // The box is not in place.
    return new Set()
  }
}

async function take(
  { people, capture, network }: Journey,
  name: string,
  script: boolean,
  work: (page: Page) => Promise<unknown>,
): Promise<CurtainStep> {
  const asked: string[] = []
  let fault: string | null = null
  let ms = 0
  const before = frozenAt(network)
  const connections = await people.onNewPhone((page) => {
    page.on('request', (request) => {
      const { hostname, pathname } = new URL(request.url())
      if (request.method() === 'POST' && pathname === '/api/reports') asked.push(hostname)
    })
    return capture.during(async () => {
      const begun = Date.now()
      try {
        await work(page)
      } catch (reason) {
        fault = reason instanceof Error ? (reason.message.split('\n')[0] ?? '') : String(reason)
      }
      ms = Date.now() - begun
    })
  }, script)
  const frozen = new Set([...frozenAt(network)].filter((client) => !before.has(client)))
  return { name, seconds: ms / 1000, connections, frozen, asked, fault }
}

async function read(page: Page, receipt: string, answered: string): Promise<void> {
  await askForReplies(page, LANG, receipt)
  await expect(page.locator('#messages')).toContainText(answered, { timeout: READ_MS })
}

/** Sends a report from one phone, replies outside the box and reads the reply on a new phone. */
async function* thereAndBack(
  journey: Journey,
  name: string,
  script: boolean,
): AsyncGenerator<CurtainStep> {
  const { staff } = journey.people
  const [report, answered] = [`Кампада камап коюшту: ${name}`, `Бүгүн барабыз: ${name}`]
  let receipt = ''
  const telling = await take(journey, `${name}: sent`, script, async (page) => {
    receipt = await (script ? tell(page, LANG, report, '') : tellPlainly(page, LANG, report))
  })
  yield telling
  if (telling.fault !== null) return
  await showReport(staff, report)
  await answer(staff, answered)
  yield await take(journey, `${name}: answer read`, script, (page) => read(page, receipt, answered))
}

// Sends small requests on the connection that the report would use, until the connection is frozen.
const freezeTheReportsConnection = (page: Page): Promise<void> =>
  page.evaluate(async (ms) => {
    for (;;) {
      const abort = new AbortController()
      const clock = setTimeout(() => abort.abort(), ms)
      try {
        await (
          await fetch('/api/keys', {
            credentials: 'omit',
            cache: 'no-store',
            signal: abort.signal,
          })
        ).arrayBuffer()
      } catch {
        return
      }
      clearTimeout(clock)
    }
  }, FROZEN_MS)

export const onTheOpenWire = (journey: Journey): AsyncGenerator<CurtainStep> =>
  thereAndBack(journey, 'open wire', true)

export async function* behindTheBox(journey: Journey): AsyncGenerator<CurtainStep> {
  const { router } = journey.network
  const rules = join(curtainDir, 'box.nft')
  writeFileSync(rules, freezeAfter(FROZEN_AFTER))
  runInside(router, 'nft', '-f', rules)
  try {
    yield* thereAndBack(journey, 'with script', true)
    yield* thereAndBack(journey, 'without script', false)
    yield await take(journey, 'connection frozen before: sent', true, async (page) => {
      await page.goto(`/${LANG}/tell/`)
      await freezeTheReportsConnection(page)
      await fillAndSend(page, LANG, 'Байланыш үзүлдү', '')
    })
    for (const size of ENVELOPE_SIZES.slice(1))
      yield await take(journey, `${size} bytes: sent`, true, (page) =>
        tell(page, LANG, wordsFor(size), ''),
      )
  } finally {
    runInside(router, 'nft', unfreeze)
  }
}
