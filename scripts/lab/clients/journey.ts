// Takes every step of a report in one browser, from the first page to the reply. Staff reply in
// today's Chromium, through the real screens.
import { expect, type Page } from '@playwright/test'
import { join } from 'node:path'
import { answer, showReport } from '#scripts/shared/browser/show-report'
import { savedCopy } from '#scripts/shared/browser/saved-copy'
import { wordsIn } from '#scripts/shared/browser/words'
import { isShown, textContentOf, until, type Client } from '#scripts/lab/clients/client'

/** The server and folder that the journeys of all browsers share. */
export interface JourneyPlace {
  origin: string
  staffOrigin: string
  dist: string
  /** the folder for the saved page */
  folder: string
  picture: string
  /** acts on the staff app, one journey after another, because all share its page */
  withStaff: (act: (staff: Page) => Promise<void>) => Promise<void>
}

export const JOURNEY_STEPS = [
  'tell',
  'picture',
  'number',
  'staff',
  'answer',
  'follow-up',
  'saved page',
  'staff page',
] as const
export type JourneyStep = (typeof JOURNEY_STEPS)[number]

/** Returns whether a step needs no step before it. */
export const isAlone = (step: JourneyStep): boolean => step.endsWith('page')

const LANG = 'ky'
const words = wordsIn(LANG)
const SENT_MS = 90_000
const MOST_QUESTIONS = 20

/** Moves on to the question that holds `selector`, as a person does. */
async function askedFor(client: Client, selector: string): Promise<void> {
  for (let asked = 0; asked < MOST_QUESTIONS; asked++) {
    if (await client.ask<boolean>(isShown(selector))) return
    await client.press('#next')
  }
  throw new Error(`no question holds ${selector}`)
}

/** Opens `tell` at `url` and writes. The script must have started, so that the report is sealed. */
async function write(client: Client, url: string, text: string): Promise<void> {
  await client.open(url)
  await until(client, 'the script of the page', "document.documentElement.className === 'js'")
  await askedFor(client, '#text')
  await client.type('#text', text)
}

/** Presses "Send" and returns the 28 digits. */
async function send(client: Client): Promise<string> {
  await client.press('#send')
  await until(client, 'the return number', isShown('#done'), SENT_MS)
  const receipt = (await client.ask<string>(textContentOf('#receipt'))).replace(/\s/g, '')
  if (!/^\d{28}$/.test(receipt)) throw new Error('what is shown is no return number')
  return receipt
}

async function openPicture(staff: Page): Promise<void> {
  await staff.getByRole('button', { name: words('staff.file.open') }).click()
  await expect(staff.getByText(words('staff.file.fits'))).toBeVisible({ timeout: 20_000 })
}

/** Returns the steps of the journey in order. */
export function journeyOf(
  client: Client,
  name: string,
  place: JourneyPlace,
): Map<JourneyStep, () => Promise<void>> {
  const { origin, staffOrigin, withStaff } = place
  const report = `${name}: эски кампада кармап турушат`
  const [answered, more, kept] = [`${name}: жолдобуз`, `${name}: дагы бир сөз`, `${name}: файлдан`]
  let receipt = ''
  return new Map<JourneyStep, () => Promise<void>>([
    ['tell', () => write(client, `${origin}/${LANG}/tell/`, report)],
    [
      'picture',
      async () => {
        await askedFor(client, '#file')
        await client.choose('#file', place.picture)
        const added = words('attach.added', { name: words('attach.picture', { n: '1' }) })
        const isShown = `document.body.textContent.includes(${JSON.stringify(added)})`
        await until(client, `"${added}"`, isShown)
      },
    ],
    [
      'number',
      async () => {
        receipt = await send(client)
        const arrived = JSON.stringify(words('attach.uploaded'))
        await until(
          client,
          'the picture',
          `document.body.textContent.includes(${arrived})`,
          SENT_MS,
        )
      },
    ],
    [
      'staff',
      () =>
        withStaff(async (staff) => {
          await showReport(staff, report)
          await openPicture(staff)
          await answer(staff, answered)
        }),
    ],
    [
      'answer',
      async () => {
        await client.open(`${origin}/${LANG}/answer/`)
        await until(client, 'the script of the page', "document.documentElement.className === 'js'")
        await client.type('#receipt', receipt)
        await client.press('#number button')
        const text = `(${textContentOf('#messages')}).includes(${JSON.stringify(answered)})`
        await until(client, 'the answer', `${isShown('#messages')} && ${text}`)
      },
    ],
    [
      'follow-up',
      async () => {
        // The field appears when all replies have been read.
        await until(client, 'the field', isShown('#text'))
        await client.type('#text', more)
        await client.press('#form button[value=write]')
        await until(client, 'the news that it has arrived', isShown('#note'), SENT_MS)
        await withStaff((staff) => showReport(staff, more))
      },
    ],
    [
      'saved page',
      async () => {
        await write(client, savedCopy(place.dist, join(place.folder, name), LANG, origin), kept)
        await send(client)
        await withStaff((staff) => showReport(staff, kept))
      },
    ],
    [
      'staff page',
      async () => {
        await client.open(`${staffOrigin}/staff/`)
        const why = `getComputedStyle(document.querySelector('.old')).visibility === 'visible'`
        await until(client, 'the staff app or a sentence', `${isShown('#app *')} || ${why}`)
      },
    ],
  ])
}
