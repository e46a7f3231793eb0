// Tests the list as a colleague uses it: views, keys and actions on many cases. The list keeps its
// place after a refresh and after the app has been locked.
import type { Page } from '@playwright/test'
import { closeCase } from '../support/shown-case.ts'
import { PASSPHRASE, expect, test, type Colleague } from '../support/staff.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const buttonOf = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })
const viewOf = (page: Page, name: string) =>
  page.locator('.views button').filter({ hasText: name }).first()
const focusedLine = (page: Page) => page.locator('.line:focus')
const selected = (page: Page) => page.locator('.row.is-selected')
const bar = (page: Page) => page.getByRole('region', { name: words('staff.bulk.title') })

/** Returns the number of pixels by which an element's content exceeds its height. */
const hiddenBelow = ({ scrollHeight, clientHeight }: HTMLElement): number =>
  scrollHeight - clientHeight

const VIEW = 'B кезегинин окула электери'

/** Loads the changes, and waits for all lines. */
async function refresh(page: Page): Promise<void> {
  await buttonOf(page, 'staff.queue.reload').click()
  await expect(page.locator('.queue [aria-busy="true"]')).toHaveCount(0)
}

/** Opens another tab for the colleague, unlocked with paper. */
async function openSecondTab({ context, secret }: Colleague): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/staff/')
  await page.getByText(words('staff.locked.passphrase')).click()
  await page.getByLabel(words('staff.passphrase')).fill(PASSPHRASE)
  await page.getByLabel(words('staff.secret')).fill(secret)
  await buttonOf(page, 'staff.locked.open').click()
  await expect(page.locator('.queue .line').first()).toBeVisible()
  return page
}

test('A colleague finds, chooses and works through lines without a mouse', async ({ staff }) => {
  const { page } = staff
  for (const n of [1, 2, 3]) await sendSealedReport({ text: `Тизме үчүн ${String(n)}, 8121` }, [])
  const calm = 'Тынч кат, 8121'
  await sendSealedReport({ text: calm }, [], undefined, { danger: false })
  await closeCase(page)
  await refresh(page)
  await page.getByRole('searchbox').fill('жокнерсе 8122')
  await expect(page.getByText(words('staff.list.none.found'))).toBeVisible()
  await viewOf(page, words('staff.list.view.open')).click()
  const total = await page.locator('.queue-count').innerText()

  // The keys for moving, selecting and opening work from anywhere in the list.
  await page.locator('#queue-title').focus()
  await page.keyboard.press('j')
  await expect(focusedLine(page)).toHaveCount(1)
  // Another test may have left the focus on the last line.
  await page.keyboard.press('Home')
  await expect(page.locator('.queue .line').first()).toBeFocused()
  const first = await focusedLine(page).getAttribute('id')
  await page.keyboard.press('ArrowDown')
  await expect(focusedLine(page)).not.toHaveAttribute('id', String(first))
  const second = await focusedLine(page).getAttribute('id')
  await page.keyboard.press('k')
  await expect(focusedLine(page)).toHaveAttribute('id', String(first))
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+j')
  await expect(selected(page)).toHaveCount(2)
  await expect(bar(page)).toContainText(words('staff.bulk.selected', { n: '2' }))
  await expectAccessible(page)
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: words('staff.keyboard.title') })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(focusedLine(page)).toHaveCount(1)

  // The filter, the selection and the place survive a refresh and a lock.
  await refresh(page)
  await expect(selected(page)).toHaveCount(2)
  await buttonOf(page, 'staff.lock').click()
  await buttonOf(page, 'staff.locked.passkey').click()
  await expect(selected(page)).toHaveCount(2)
  await expect(page.locator('.queue-count')).toHaveText(total)
  await expect(page.locator(`.line[id="${String(second)}"]`)).toBeFocused()

  // Adding a tag opens each selected case. The bar counts the finished cases.
  await bar(page)
    .getByRole('button', { name: words('staff.bulk.tag'), exact: true })
    .click()
  await page.getByLabel(words('staff.list.tag'), { exact: true }).fill('сынак')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toContainText(words('staff.bulk.done', { n: '2' }))
  await expect(bar(page).locator('.bulk-results li')).toHaveCount(0)

  // The bar disappears, and the focus returns to the line where it was.
  await buttonOf(page, 'staff.bulk.understood').click()
  await expect(bar(page)).toHaveCount(0)
  await expect(page.locator(`.line[id="${String(second)}"]`)).toBeFocused()

  // Marking as read skips an unread report of danger and says so. The marks can be undone.
  await viewOf(page, words('staff.list.view.unread')).click()
  const unread = Number(await page.locator('.queue-count').innerText())
  await page.getByRole('searchbox').fill('8121')
  const row = (text: string) => page.locator('.row').filter({ hasText: text })
  const danger = 'Тизме үчүн 3, 8121'
  const read = bar(page).getByRole('button', { name: words('staff.bulk.read') })
  const marked = page.locator('.row:not(:has(.is-unread))').filter({ hasText: calm })
  await row(calm).locator('.pick').check()
  await row(danger).locator('.pick').check()
  await read.click()
  await expect(bar(page)).toContainText(words('staff.bulk.done', { n: '1' }))
  await expect(bar(page)).toContainText(words('staff.bulk.left.danger'))
  await expect(marked).toHaveCount(1)
  await bar(page)
    .getByRole('button', { name: words('staff.bulk.undo') })
    .click()
  await expect(marked).toHaveCount(0)
  await row(danger).locator('.pick').uncheck()
  await row(calm).locator('.pick').check()
  await read.click()
  await expect(marked).toHaveCount(1)
  await page.getByRole('searchbox').fill('')
  await viewOf(page, words('staff.list.view.unread')).click()
  await expect(page.locator('.queue-count')).toHaveText(String(unread - 1))
})

test('A view that a colleague saves is on their other devices, and nowhere in the clear', async ({
  staff,
}) => {
  const { page } = staff
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(request.postData() ?? ''))
  await closeCase(page)
  await page.locator('.filter-go').click()
  await page.getByLabel(words('staff.fact.lane')).selectOption('B')
  await page.locator('.filter-marks').getByLabel(words('staff.list.view.unread')).check()
  await page.getByLabel(words('staff.list.save')).fill(VIEW)
  await buttonOf(page, 'staff.list.save.go').click()
  await expect(viewOf(page, VIEW)).toBeVisible()
  await expect(viewOf(page, VIEW)).toHaveAttribute('aria-pressed', 'true')
  for (const size of [
    { width: 360, height: 640 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size)
    await expectAccessible(page)
    await expectNoSideways(page)
    // The filter pushes the lines far below a small window, but Tab still reaches them.
    await expect(page.locator('.line[tabindex="0"]')).toHaveCount(1)
    expect(await page.locator('.views').evaluate(hiddenBelow)).toBe(0)
  }
  // The column of views is taller than this window, and scrolls beside the list.
  await page.setViewportSize({ width: 1280, height: 500 })
  await expectAccessible(page)
  await viewOf(page, VIEW).scrollIntoViewIfNeeded()
  await expect(viewOf(page, VIEW)).toBeInViewport({ ratio: 1 })
  await page.setViewportSize({ width: 1280, height: 800 })
  expect(bodies.join()).not.toContain('кезегинин')
  expect(bodies.some((body) => body.includes('sealed'))).toBe(true)

  const other = await openSecondTab(staff)
  await viewOf(other, VIEW).click()
  await expect(viewOf(other, VIEW)).toHaveAttribute('aria-pressed', 'true')
  await other.locator('.filter-go').click()
  await expect(other.getByLabel(words('staff.fact.lane'))).toHaveValue('B')
  await other
    .getByRole('button', { name: words('staff.list.save.remove.name', { name: VIEW }) })
    .click()
  await expect(viewOf(other, VIEW)).toHaveCount(0)
  await other.close()
  await viewOf(page, words('staff.list.view.open')).click()
  await page.locator('.filter-go').click()
})
