// Measures cold connections, one at a time: every lifeline page in every language, and a sealed
// report of each size.
import type { Page } from '@playwright/test'
import { utf8 } from '#protocol/bytes'
import { ENVELOPE_SIZES } from '#protocol/limits'
import { tell } from '#scripts/browser/report'
import { languages, type WholeLanguage } from '#content/languages.ts'
import { wordsIn } from '#scripts/browser/words'
import type { CurtainBrowsers } from '#scripts/lab/curtain/browsers'
import type { Capture } from '#scripts/lab/curtain/capture'
import {
  FROZEN_AFTER,
  PAGE_PACKETS,
  REPORT_PACKETS,
  type Figure,
} from '#scripts/lab/curtain/figures'
import type { Connection } from '#scripts/lab/curtain/packets'
import { SIBLING_ADDRESS, SITE_ADDRESS } from '#scripts/lab/curtain/network'
import { SITE_HOST } from '#scripts/lab/curtain/site'

/**
 * The number of measurements for each page and report. The worst measurement counts, because packet
 * boundaries vary.
 */
const TRIES = 3
const PAGES = ['tell', 'answer', 'help']
const WORDS = 'Паспортубузду алып коюшту, кампада жашайбыз. '

/** Returns words that require an envelope of this size: too many for the next smaller size. */
export function wordsFor(size: number): string {
  const smaller = Math.max(0, ...ENVELOPE_SIZES.filter((each) => each < size))
  return WORDS.repeat(Math.ceil(Math.max(1, smaller) / utf8(WORDS).length)).trim()
}

interface Measuring {
  people: CurtainBrowsers
  capture: Capture
}

async function repeat(work: () => Promise<Connection>): Promise<Connection[]> {
  const tries: Connection[] = []
  for (let at = 0; at < TRIES; at++) tries.push(await work())
  return tries
}

/** Returns the only connection that `work` opens on a new phone. */
async function onlyConnection(
  { onNewPhone }: CurtainBrowsers,
  { during }: Capture,
  work: (page: Page) => Promise<unknown>,
  script: boolean,
): Promise<Connection> {
  const opened = await onNewPhone((page) => during(() => work(page)), script)
  const [only] = opened
  if (only === undefined || opened.length > 1)
    throw new Error(`one connection was expected, ${opened.length} were opened`)
  return only
}

// Sends the form from another site's page, so that the response has its own connection.
async function sendPlainForm(page: Page, lang: WholeLanguage): Promise<void> {
  await page.setContent(
    `<form method="post" action="https://${SITE_HOST}/api/form/${lang}">
    <textarea name="text">${WORDS}</textarea><button>.</button></form>`,
  )
  await page.getByRole('button').click()
  await page.getByRole('heading', { name: wordsIn(lang)('done.heading') }).waitFor()
}

async function* pageFigures({ people, capture }: Measuring): AsyncGenerator<Figure> {
  for (const lang of languages) {
    const measure = (work: (page: Page) => Promise<unknown>, script: boolean) =>
      repeat(() => onlyConnection(people, capture, work, script))
    for (const page of PAGES) {
      const name = `/${lang}/${page}/`
      const tries = await measure((phone) => phone.goto(name), true)
      yield { name, tries, bound: PAGE_PACKETS }
    }
    const tries = await measure((phone) => sendPlainForm(phone, lang), false)
    yield { name: `/${lang}/tell/sent/ (the plain form's answer)`, tries, bound: PAGE_PACKETS }
  }
}

interface ReportConnections {
  /** the connection to the sibling host, which carries the tools */
  tools: Connection
  /** the connection to the site without credentials, which carries the report */
  report: Connection
}

/**
 * Sends a report of this size; the page, the tools and the report each use a separate connection.
 */
async function reportConnections(
  { people, capture }: Measuring,
  bytes: number,
): Promise<ReportConnections> {
  const sent: number[] = []
  const opened = await people.onNewPhone((page) => {
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.postDataBuffer()?.length ?? 0)
    })
    return capture.during(() => tell(page, 'ky', wordsFor(bytes), ''))
  })
  const [tools, ...others] = opened.filter(({ server }) => server.startsWith(SIBLING_ADDRESS))
  const [, report, ...more] = opened.filter(({ server }) => server.startsWith(SITE_ADDRESS))
  if (!tools || !report || others.length + more.length > 0 || sent.join() !== String(bytes))
    throw new Error(
      `one report of ${bytes} bytes on the third connection was expected: ` +
        `${opened.length} connections, sent ${sent.join()}`,
    )
  return { tools, report }
}

async function* reportFigures(measuring: Measuring): AsyncGenerator<Figure> {
  const tools: Connection[] = []
  for (const [at, bytes] of ENVELOPE_SIZES.entries()) {
    const tries = await repeat(async () => {
      const opened = await reportConnections(measuring, bytes)
      tools.push(opened.tools)
      return opened.report
    })
    // The largest report contains over 3,300 Kyrgyz characters, whose bytes alone take 10 packets.
    // So its bound is the number of packets after which a connection freezes.
    const bound = at < ENVELOPE_SIZES.length - 1 ? REPORT_PACKETS : FROZEN_AFTER
    yield { name: `sealed report of ${bytes} bytes`, tries, bound }
  }
  yield { name: 'tools of a report, from the sibling', tries: tools, bound: PAGE_PACKETS }
}

export async function* figuresOf(measuring: Measuring): AsyncGenerator<Figure> {
  yield* pageFigures(measuring)
  yield* reportFigures(measuring)
}
