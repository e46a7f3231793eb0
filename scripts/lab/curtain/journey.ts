// Runs a report's journey on the open wire, to count connections, and behind the box that freezes
// connections.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { fillAndSend, askForReplies, tell, tellPlainly } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { freezeAfter, unfreeze } from '#scripts/lab/curtain/box'
import { wordsFor } from '#scripts/lab/curtain/cold'
import { FROZEN_AFTER, type CurtainStep } from '#scripts/lab/curtain/figures'
import { runInside } from '#scripts/lab/curtain/network'
import { takeStep, type Journey } from '#scripts/lab/curtain/take-step'
import { ENVELOPE_SIZES } from '#protocol/limits'
import { curtainDir } from '#scripts/shared/paths'

const LANG = 'ky'
const READ_MS = 30_000
/** A request that takes longer than this has hit a frozen connection. */
const FROZEN_MS = 1500

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
  const telling = await takeStep(journey, `${name}: sent`, script, async (page) => {
    receipt = await (script ? tell(page, LANG, report, '') : tellPlainly(page, LANG, report))
  })
  yield telling
  if (telling.fault !== null) return
  await showReport(staff, report)
  await answer(staff, answered)
  yield await takeStep(journey, `${name}: answer read`, script, (page) =>
    read(page, receipt, answered),
  )
}

// Sends small requests on the connection that the report would use, until it is frozen.
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
    yield await takeStep(journey, 'connection frozen before: sent', true, async (page) => {
      await page.goto(`/${LANG}/tell/`)
      await freezeTheReportsConnection(page)
      await fillAndSend(page, LANG, 'Байланыш үзүлдү', '')
    })
    for (const size of ENVELOPE_SIZES.slice(1))
      yield await takeStep(journey, `${size} bytes: sent`, true, (page) =>
        tell(page, LANG, wordsFor(size), ''),
      )
  } finally {
    runInside(router, 'nft', unfreeze)
  }
}
