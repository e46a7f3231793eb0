// Tests that a colleague whose only phone is lost regains access with paper. The new device is slow
// and has no passkey. `npm run bench:staff` measures how long the device needs.
import { sendSealedReport } from '../support/sealed-report.ts'
import { showReport } from '#scripts/browser/show-report'
import { PASSPHRASE } from '#scripts/browser/staff'
import { expectAccessible } from '../support/accessible.ts'
import { STAFF_ORIGIN } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
/** Slows the test machine down to the speed of an old phone. */
const CPU_SLOWER = 4

test('R35: A colleague whose only phone is lost signs in by paper on a slow one and reads', async ({
  browser,
  staff,
}) => {
  const text = 'Паспортту алып коюшту, 8812'
  await sendSealedReport({ text }, [])
  const context = await browser.newContext({ baseURL: STAFF_ORIGIN, locale: 'ky-KG' })
  const page = await context.newPage()
  const device = await context.newCDPSession(page)
  await device.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER })
  await page.goto('/staff/')
  await page.getByText(words('staff.signin.paper'), { exact: true }).click()
  await expectAccessible(page)
  const go = page.getByRole('button', { name: words('staff.signin.paper.go') })
  const passphrase = page.getByLabel(words('staff.passphrase'), { exact: true })
  await page.getByLabel(words('staff.secret')).fill(staff.secret)

  // After a wrong passphrase, the typed text is kept and a sentence explains the next step.
  await passphrase.fill('башка сөздөр эле')
  await go.click()
  await expect(page.getByText(words('error.wrong_passphrase'))).toBeVisible({ timeout: 60_000 })
  await expect(page.getByLabel(words('staff.secret'))).toHaveValue(staff.secret)

  await passphrase.fill(PASSPHRASE)
  await go.click()
  const lock = page.getByRole('button', { name: words('staff.lock') })
  await expect(lock).toBeVisible({ timeout: 60_000 })
  await showReport(page, text)
  await context.close()
})
