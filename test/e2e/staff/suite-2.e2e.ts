// Tests the staff app in a browser without X-Wing, where a library seals and opens instead.
import { randomBytes, toB64 } from '#protocol/bytes'
import { tell } from '#scripts/browser/report'
import { joinByInvitation } from '#scripts/browser/staff'
import { inviteNewcomer } from '#scripts/local/invite-newcomer'
import { testOrgDir } from '#scripts/shared/paths'
import { newPhone, STAFF_ORIGIN } from '../support/phone.ts'
import { addAuthenticator, expect, test } from '../support/staff.ts'
import { words } from '../support/tell.ts'
import { deleteXWing, expectRead, withoutXWing } from '../support/x-wing.ts'
import { SLOW } from '../support/soak.ts'

/** The script that provides X-Wing for browsers without native support. */
const LIBRARY = /noble-kem[\w.-]*\.js$/

test('R2, R44: Staff whose browser lacks X-Wing fetch a library and read suite 2', async ({
  browser,
  staff,
}) => {
  const phone = await newPhone(browser)
  const writing = `Кызыл дарбаза артында, ${toB64(randomBytes(6))}`
  await tell(phone.page, 'ky', writing)
  await phone.context.close()
  const scripts: string[] = []
  const { page } = staff
  page.on('request', (request) => scripts.push(request.url()))
  await page.evaluate(deleteXWing)
  const library = () => scripts.filter((url) => LIBRARY.test(url))
  const unlock = () => page.getByRole('button', { name: words('staff.locked.passkey') }).click()
  await page.route(LIBRARY, (route) => route.abort())
  // Locking and unlocking discards the keys of the browser's own X-Wing.
  await page.getByRole('button', { name: words('staff.lock') }).click()
  await expect(page.getByRole('button', { name: words('staff.locked.passkey') })).toBeVisible()
  // Locking seals the place in the list. The seal also needs the library, but locking continues
  // without it.
  const before = library().length
  await unlock()
  await expect(page.getByRole('alert')).toHaveText(words('staff.error.network'))
  await page.unroute(LIBRARY)
  await unlock()
  await expect(page.getByRole('button', { name: words('staff.lock') })).toBeVisible()
  expect(library()).toHaveLength(before + 2)
  await expectRead(page, writing, 2)
  expect(library()).toHaveLength(before + 2)
})

test(
  'A newcomer whose browser lacks X-Wing joins once the library arrives, and reads',
  SLOW,
  async ({ browser }) => {
    const phone = await newPhone(browser)
    const writing = `Көк вагондун ичинде, ${toB64(randomBytes(6))}`
    await tell(phone.page, 'ky', writing)
    await phone.context.close()
    const context = await browser.newContext({ locale: 'ky-KG', baseURL: STAFF_ORIGIN })
    await withoutXWing(context)
    const page = await context.newPage()
    await addAuthenticator(page)
    const invitation = await inviteNewcomer(STAFF_ORIGIN, testOrgDir)
    await page.route(LIBRARY, (route) => route.abort())
    await page.goto(invitation)
    await expect(page.getByRole('alert')).toHaveText(words('staff.error.network'))
    await page.unroute(LIBRARY)
    await page.getByRole('button', { name: words('staff.again') }).click()
    await expect(page.getByLabel(words('staff.join.name'))).toBeVisible()
    // The page removed the link from its address.
    await page.goto('about:blank')
    await joinByInvitation(page, invitation, 'Жылдыз')
    await expectRead(page, writing, 2)
    await context.close()
  },
)
