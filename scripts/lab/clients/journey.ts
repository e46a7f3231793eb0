// Runs every step of a report's journey in one browser, from the first page to the reply. The staff
// reply in a current Chromium, through the real screens.
import { expect, type Page } from '@playwright/test'
import { join } from 'node:path'
import { answer, showReport } from '#scripts/browser/show-report'
import { savedCopy } from '#scripts/browser/saved-copy'
import { wordsIn } from '#scripts/browser/words'
import {
  addPicture,
  JOURNEY_LANG,
  pressSend,
  askForReply,
  untilPictureArrived,
  writeAfterReply,
  writeReport,
} from '#scripts/lab/clients/act-on-pages'
import { isShown, until, type Client } from '#scripts/lab/clients/client'

/** The server and folder that the journeys of all browsers share. */
export interface JourneyPlace {
  origin: string
  staffOrigin: string
  dist: string
  /** the folder for the saved page */
  folder: string
  picture: string
  /** acts in the staff app, one journey at a time, because all journeys share one staff page */
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

/** Returns true when a step does not depend on an earlier step. */
export const isAlone = (step: JourneyStep): boolean => step.endsWith('page')

const words = wordsIn(JOURNEY_LANG)

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
    ['tell', () => writeReport(client, `${origin}/${JOURNEY_LANG}/tell/`, report)],
    ['picture', () => addPicture(client, place.picture)],
    [
      'number',
      async () => {
        receipt = await pressSend(client)
        await untilPictureArrived(client)
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
    ['answer', () => askForReply(client, `${origin}/${JOURNEY_LANG}/answer/`, receipt, answered)],
    [
      'follow-up',
      async () => {
        await writeAfterReply(client, more)
        await withStaff((staff) => showReport(staff, more))
      },
    ],
    [
      'saved page',
      async () => {
        const saved = savedCopy(place.dist, join(place.folder, name), JOURNEY_LANG, origin)
        await writeReport(client, saved, kept)
        await pressSend(client)
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
