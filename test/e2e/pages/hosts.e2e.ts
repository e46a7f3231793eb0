// Tests that the staff host serves no public page, and that the site's host does not serve the
// staff app. The server runs both workers with the files of a deployment.
import { expect, test } from '@playwright/test'
import { filesUnder, testDist } from '#scripts/shared/paths'
import { addressOf } from '#site/integrations/page-headers.ts'
import { ORIGIN, STAFF_ORIGIN } from '../support/phone.ts'
import { wordsIn } from '../support/words.ts'

const CODE = '{"error":{"code":"not_found"}}'
const addresses = filesUnder(testDist)
  .filter((file) => file !== '_headers')
  .map(addressOf)
const isOfStaff = (address: string): boolean => /^\/(staff|_astro)\//.test(address)

/** Other spellings of a path that a server could resolve to an address on the other host. */
const SPELLINGS = ['/staff', '/staff/index.html', '/%73taff/', '//staff/', '/staff%2f', '/./staff/']

test('The staff host gives every file of the staff app and no file of the site', async () => {
  expect(addresses.filter(isOfStaff).length).toBeGreaterThan(20)
  expect(addresses.length).toBeGreaterThan(100)
  for (const address of addresses) {
    const answer = await fetch(STAFF_ORIGIN + address, { redirect: 'manual' })
    const place = [address, answer.status, answer.headers.get('location')]
    if (isOfStaff(address)) expect(place).toEqual([address, 200, null])
    else if (address === '/') expect(place).toEqual(['/', 302, '/staff/'])
    else expect([...place, await answer.text()]).toEqual([address, 404, null, CODE])
  }
})

test('The site’s host does not serve any file of the staff app, in any spelling', async () => {
  for (const address of [...addresses.filter(isOfStaff), ...SPELLINGS, '/api/staff/me']) {
    const answer = await fetch(ORIGIN + address)
    expect([address, answer.status]).toEqual([address, 404])
    expect(await answer.text()).not.toContain('data-root')
  }
})

test('No spelling and no path upwards gets a page of the site on the staff host', async () => {
  const upwards = ['/staff/..%2fky/', '/staff/%2e%2e/ky/', '/staff//ky/', '/_astro/..%2f..%2fky/']
  for (const path of [...upwards, '/staff/../exit', '/%6by/', '//ky/']) {
    const answer = await fetch(STAFF_ORIGIN + path)
    expect([path, answer.status, await answer.text()]).toEqual([path, 404, CODE])
  }
})

test('In a browser the staff host shows the staff app, without quick exit and site', async ({
  page,
}) => {
  await page.goto(STAFF_ORIGIN)
  expect(page.url()).toBe(`${STAFF_ORIGIN}/staff/`)
  await expect(page.getByRole('button', { name: wordsIn('ky')('staff.signin.go') })).toBeVisible()
  await expect(page.locator('[data-exit]')).toHaveCount(0)
  for (const path of ['/exit', '/exit/now', '/ky/', '/ky/tell/']) {
    await page.goto(STAFF_ORIGIN + path)
    expect(await page.locator('body').innerText()).toBe(CODE)
    expect(page.url()).toBe(STAFF_ORIGIN + path)
  }
})

test('No public page names the staff app', async () => {
  for (const address of addresses.filter((each) => each.endsWith('/') && !isOfStaff(each)))
    expect(await (await fetch(ORIGIN + address)).text()).not.toMatch(/["'/]staff\/|_astro/)
})
