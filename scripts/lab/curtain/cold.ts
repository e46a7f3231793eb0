// Measures cold connections, one at a time: every lifeline page in every language, and a sealed
// report of each size.
import type { Page } from '@playwright/test'
import { utf8 } from '#protocol/bytes'
import { ENVELOPE_SIZES } from '#protocol/limits'
import { tell } from '#scripts/shared/browser/report'
import { languages, type Language } from '#content/languages.ts'
import { wordsIn } from '#scripts/shared/browser/words'
import type { People } from '#scripts/lab/curtain/browsers'
import type { Capture } from '#scripts/lab/curtain/capture'
import {
  FROZEN_AFTER,
  PAGE_PACKETS,
  REPORT_PACKETS,
  type Figure,
} from '#scripts/lab/curtain/figures'
import type { Connection } from '#scripts/lab/curtain/packets'
import { SITE_HOST } from '#scripts/lab/curtain/site'

/**
 * The number of measurements of each page and report. The worst measurement counts, because packet
 * boundaries vary.
 */
const TRIES = 3
const PAGES = ['tell', 'answer', 'help']
const WORDS = 'Паспортубузду алып коюшту, кампада жашайбыз. '

/** Returns words that need an envelope of this size: too many for the next smaller one. */
export function wordsFor(size: number): string {
  const smaller = Math.max(0, ...ENVELOPE_SIZES.filter((each) => each < size))
  return WORDS.repeat(Math.ceil(Math.max(1, smaller) / utf8(WORDS).length)).trim()
}

interface Measuring {
  people: People
  capture: Capture
}

async function repeat(work: () => Promise<Connection>): Promise<Connection[]> {
  const tries: Connection[] = []
  for (let at = 0; at < TRIES; at++) tries.push(await work())
  return tries
}

/** Returns the only connection that `work` opens on a new phone. */
async function onlyConnection(
  { onNewPhone }: People,
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

// Sends the form from a foreign page, so that the response has a connection of its own.
async function sendPlainForm(page: Page, lang: Language): Promise<void> {
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

/** Returns the connection of the report, where page and report used two connections. */
async function reportConnection(
  { onNewPhone }: People,
  { during }: Capture,
  bytes: number,
): Promise<Connection> {
  const sent: number[] = []
  const opened = await onNewPhone((page) => {
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.postDataBuffer()?.length ?? 0)
    })
    return during(() => tell(page, 'ky', wordsFor(bytes), ''))
  })
  const report = opened[1]
  if (report === undefined || opened.length > 2 || sent.join() !== String(bytes))
    throw new Error(
      `one report of ${bytes} bytes on the second connection was expected: ` +
        `${opened.length} connections, sent ${sent.join()}`,
    )
  return report
}

async function* reportFigures({ people, capture }: Measuring): AsyncGenerator<Figure> {
  for (const [at, bytes] of ENVELOPE_SIZES.entries()) {
    const tries = await repeat(() => reportConnection(people, capture, bytes))
    // The largest report holds over 3,300 letters of Kyrgyz, whose bytes alone take 10 packets.
    // So the bound of the largest report is the freezing point of a connection.
    const bound = at < ENVELOPE_SIZES.length - 1 ? REPORT_PACKETS : FROZEN_AFTER
    yield { name: `sealed report of ${bytes} bytes`, tries, bound }
  }
}

export async function* figuresOf(measuring: Measuring): AsyncGenerator<Figure> {
  yield* pageFigures(measuring)
  yield* reportFigures(measuring)
}
