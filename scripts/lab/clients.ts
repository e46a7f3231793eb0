// `npm run clients`: runs every step of a report's journey in each browser on this machine and
// prints a table. The command exits with code 1 when a step has failed. A missing browser counts
// neither as passed nor as failed. Arguments select clients by name.
import { chromium } from '@playwright/test'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { saveLetterPage } from '#scripts/browser/letter-page'
import { addAuthenticator, invitationIn, joinByInvitation } from '#scripts/browser/staff'
import { startChromium } from '#scripts/lab/clients/cdp'
import type { ClientKind } from '#scripts/lab/clients/client'
import { firefox } from '#scripts/lab/clients/firefox'
import { JOURNEY_STEPS, type JourneyPlace } from '#scripts/lab/clients/journey'
import { LETTER_LANG, LETTER_STEPS, openLetterIn } from '#scripts/lab/clients/open-letter'
import { oldChromiums } from '#scripts/lab/clients/old-chromium'
import { tableOf, tallyOf, type ClientRow } from '#scripts/lab/clients/table'
import { takeJourney } from '#scripts/lab/clients/take-journey'
import { goWithText, TEXT_STEPS } from '#scripts/lab/clients/text-browsers'
import { webkit } from '#scripts/lab/clients/webkit'
import { applyMigrations, executeOnce } from '#scripts/shared/database'
import { inParallel } from '#scripts/shared/in-parallel'
import { clientsDir, testDist, testOrgDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { serve } from '#scripts/local/serve'
import { runTask, step, Stop } from '#scripts/shared/progress'
import { findBrowser, QUIET } from '#scripts/test/browser'
import { prepareTestSite } from '#scripts/test/site'

const KINDS: ClientKind[] = [
  { name: 'Chromium', start: async () => startChromium(await findBrowser(), QUIET) },
  ...oldChromiums,
  firefox,
  webkit,
]

/** Number of journeys that run in parallel: one per core. */
const AT_ONCE = 2

const photograph = (): Promise<Buffer> =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#7a8' } })
    .withExif({ IFD0: { Make: 'Kyzyl' } })
    .jpeg()
    .toBuffer()

function chosenKinds(asked: string[]): ClientKind[] {
  const names = KINDS.map(({ name }) => name)
  const wrong = asked.find((name) => !names.includes(name))
  if (wrong !== undefined)
    throw new Stop(`There is no client ${wrong}: say one of ${names.join(', ')}.`)
  return KINDS.filter(({ name }) => asked.length === 0 || asked.includes(name))
}

runTask(async () => {
  const kinds = chosenKinds(process.argv.slice(2))
  await prepareTestSite()
  rmSync(clientsDir, { recursive: true, force: true })
  mkdirSync(clientsDir, { recursive: true })
  await applyMigrations(clientsDir)
  await executeOnce(clientsDir, 'published', join(testOrgDir, 'publish.sql'))
  const picture = join(clientsDir, 'picture.jpg')
  writeFileSync(picture, await photograph())
  const server = await serve({
    ...{ state: clientsDir, dist: testDist, port: await anyPort() },
    orgDir: testOrgDir,
  })
  const office = await chromium.launch({ executablePath: await findBrowser(), args: QUIET })
  try {
    const staff = await office.newPage({ locale: 'ky-KG', baseURL: server.staffOrigin })
    await addAuthenticator(staff)
    await joinByInvitation(staff, invitationIn(testOrgDir), 'Айгүл')
    const folder = join(clientsDir, 'saved')
    const { origin, staffOrigin } = server
    let last: Promise<unknown> = Promise.resolve()
    const withStaff: JourneyPlace['withStaff'] = (act) => {
      const done = last.then(() => act(staff))
      last = done.catch(() => undefined)
      return done
    }
    const place = { origin, staffOrigin, dist: testDist, folder, picture, withStaff }
    const rows: ClientRow[] = []
    await step(kinds.map(({ name }) => name).join(', '), () =>
      inParallel(AT_ONCE, [...kinds.entries()], async ([at, kind]) => {
        rows[at] = await takeJourney(kind, place)
      }),
    )
    const texts = await step('Text browsers', () => goWithText(clientsDir, server.origin))
    // The old Chromiums open only this machine's server, and not a file.
    const readers = kinds.filter((kind) => !oldChromiums.includes(kind))
    const letter = await saveLetterPage(join(clientsDir, 'letter'), LETTER_LANG)
    const letters: ClientRow[] = []
    await step('A referral letter, from a file', async () => {
      for (const kind of readers) letters.push(await openLetterIn(kind, letter))
    })
    console.log(`\n${tableOf(JOURNEY_STEPS, rows)}`)
    console.log(`\nA referral letter, opened from a file:\n\n${tableOf(LETTER_STEPS, letters)}`)
    console.log(`\nA letter with words only, as it arrives:\n\n${tableOf(TEXT_STEPS, texts)}\n`)
    const all = [...rows, ...letters, ...texts]
    for (const { client, why } of all) if (why !== '') console.log(`${client}: ${why}.`)
    const { passed, failed, absent } = tallyOf(all)
    if (absent > 0)
      console.log(`${absent} of ${all.length} clients are not here: nothing is known of them.`)
    console.log(`${passed} passed, ${failed} failed`)
    return failed === 0 && passed > 0 ? 0 : 1
  } finally {
    await office.close()
    await server.stop()
  }
})
