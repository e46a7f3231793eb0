// Tests work on one case: its head, taking it, a reply from a template, and a note. Also tests the
// keyboard shortcuts, and the button that opens the next case after a case has been closed. Counts
// the presses, and expects that no press scrolls the page.
import type { Locator, Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { PHONE } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { buttonOf, words } from '../support/team.ts'

// Each test continues with the same case, so the tests run in order.
test.describe.configure({ mode: 'serial' })

const DESKTOP = { width: 1280, height: 800 }
const TEXT = `Кирпич заводдо кулпулап коюшту 9301. ${'Дагы көп сөз бар. '.repeat(60)}`.trim()
const AVOID = '«Фонд» дебеңиз, чалбаңыз'
const head = (page: Page): Locator => page.locator('.case-head')
const line = (page: Page, at: number): Locator => head(page).locator('.head-line').nth(at)
const noteField = (page: Page): Locator => page.getByLabel(words('staff.notes.text'))
const replyField = (page: Page): Locator => page.getByLabel(words('staff.answer.text'))

/** Presses a button that is already in view. */
async function pressInView(button: Locator): Promise<void> {
  await expect(button).toBeInViewport({ ratio: 1 })
  await button.click()
}

/** Returns true when nothing covers the middle of a part. */
const isUncovered = (part: Locator): Promise<boolean> =>
  part.evaluate((box) => {
    const { left, right, top, bottom } = box.getBoundingClientRect()
    return box.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))
  })

test('A new case says how to reach the person, and one press takes it and assigns it', async ({
  staff: { page },
}) => {
  await page.setViewportSize(DESKTOP)
  await sendSealedReport({ text: 'Кийинки иш 9302' }, [])
  await sendSealedReport({ text: TEXT, contact: { avoid: AVOID, when: 'түнкүсүн' } }, [])
  await showReport(page, TEXT)
  await expect(line(page, 0)).toContainText(words('staff.danger'))
  await expect(line(page, 0)).toContainText(words('staff.danger.unconfirmed'))
  await expect(line(page, 0).getByText(AVOID)).toBeInViewport({ ratio: 1 })
  await expect(line(page, 0)).toContainText(words('staff.minor.unknown'))
  await expect(line(page, 1)).toContainText(words('staff.assign.nobody'))
  await expect(head(page).locator('.go')).toHaveText(words('staff.take'))
  await pressInView(buttonOf(page, 'staff.take'))
  await expect(line(page, 1)).toContainText(words('staff.status.in_progress'))
  await expect(line(page, 1)).toContainText(words('staff.assign.me'))
  await expect(head(page).locator('.go')).toHaveText(words('staff.answer.title'))
  await expect(page.locator('.report [role=alert] p')).toHaveCount(0)
})

test('A reply from a template takes three presses, and the advice stays in view', async ({
  staff: { page },
}) => {
  await pressInView(buttonOf(page, 'staff.template.offer'))
  const use = `${words('staff.template.use')}: ${words('staff.template.first')}`
  await pressInView(page.getByRole('button', { name: use, exact: true }))
  await expect(page.locator('.as-seen')).toContainText('Жазганыңыз үчүн рахмат')
  await expect(page.locator('.contact-line').getByText(AVOID).first()).toBeInViewport()
  await expect(page.locator('.composer h4')).toBeFocused()
  await expect(page.locator('.composer h4')).toBeInViewport({ ratio: 1 })
  await pressInView(buttonOf(page, 'staff.answer.send'))
  await expect(page.locator('.from-us')).toContainText('Жазганыңыз үчүн рахмат')
})

test('The keys of a case go to its parts, and do nothing while somebody types', async ({
  staff: { page },
}) => {
  await page.locator('#report-title').focus()
  await page.keyboard.press('c')
  await expect(noteField(page)).toBeFocused()
  await page.keyboard.type('rwe jk 9303')
  await expect(noteField(page)).toHaveValue('rwe jk 9303')
  await page.keyboard.press('Escape')
  await expect(noteField(page)).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.notes').getByText('rwe jk 9303')).toBeVisible()

  // Escape leaves a field only if the field is empty.
  await expect(noteField(page)).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(page.locator('#report-title')).toBeFocused()
  await page.keyboard.press('r')
  await expect(replyField(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('#report-title')).toBeFocused()
  await page.keyboard.press('w')
  await expect(page.getByLabel(words('staff.task.text'))).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('#tasks-title')).toBeFocused()
  await page.keyboard.press('a')
  await expect(page.locator('.assignee .choice input').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('#assignee-title')).toBeFocused()
  await page.keyboard.press('t')
  await expect(page.locator('.templates')).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.locator('.templates')).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(page.locator('.keys-dialog')).toContainText(words('staff.keyboard.step'))
  await page.keyboard.press('r')
  await expect(page.locator('.keys-dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.report')).toBeVisible()
})

test('A case is free of faults in both schemes, forced colours, large text and on a phone', async ({
  staff: { page },
}) => {
  await page.locator('#report-title').focus()
  await page.keyboard.press('r')
  for (const look of [
    { colorScheme: 'light' },
    { colorScheme: 'dark' },
    { colorScheme: 'light', forcedColors: 'active' },
  ] as const) {
    await page.emulateMedia({ forcedColors: 'none', ...look })
    for (const size of [DESKTOP, { width: 1024, height: 700 }, PHONE]) {
      await page.setViewportSize(size)
      await expectAccessible(page)
      await expectNoSideways(page)
    }
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null })
  await page.locator('#report-title').focus()
  const tabs = page.locator('.case-tabs button')
  await expect(tabs.last()).toHaveText(words('staff.answer.title'))
  await tabs.nth(1).click()
  await expect(page.locator('#inside-title')).toBeFocused()
  await expect(page.locator('.thread')).toBeHidden()
  await expectAccessible(page)
  await tabs.last().click()
  await expect(page.locator('#answer-title')).toBeFocused()
  await expect(page.locator('.thread')).toBeVisible()
  await page.setViewportSize(DESKTOP)
})

test('J and K open the next and the previous case, and so does a press after closing', async ({
  staff: { page },
}) => {
  await page.locator('#report-title').focus()
  const lines = page.locator('.queue .line')
  const current = page.locator('.queue .line[aria-current]')
  const [first, second] = await lines.evaluateAll((all) => all.map(({ id }) => id))
  await page.keyboard.press('Escape')
  await lines.first().click()
  await expect(current).toHaveAttribute('id', first ?? '')
  await expect(page.locator('#report-title')).toBeFocused()
  await page.keyboard.press('j')
  await expect(current).toHaveAttribute('id', second ?? '')
  await expect(page.locator('#report-title')).toBeFocused()
  await page.keyboard.press('k')
  await expect(current).toHaveAttribute('id', first ?? '')
  await expect(page.locator('.thread')).toBeVisible()
  await page.keyboard.press('e')
  await page.getByLabel(words('staff.close.spam')).check()
  await buttonOf(page, 'staff.close.go').click()
  await expect(head(page).locator('.go')).toHaveText(words('staff.head.next_case'))
  await pressInView(buttonOf(page, 'staff.head.next_case'))
  await expect(current).toHaveAttribute('id', second ?? '')
})

test('A reply to a case that nobody has takes it, unless the box is unticked', async ({
  staff: { page },
}) => {
  for (const [text, isTicked, holder] of [
    ['Эч кимде жок 9304', true, 'staff.assign.me'],
    ['Эч кимде калсын 9305', false, 'staff.assign.nobody'],
  ] as const) {
    await sendSealedReport({ text }, [])
    await showReport(page, text)
    await replyField(page).fill('Окудук')
    const box = page.getByLabel(words('staff.take.also'))
    await expect(box).toBeChecked()
    await box.setChecked(isTicked)
    await buttonOf(page, 'staff.answer.look').click()
    await buttonOf(page, 'staff.answer.send').click()
    await expect(page.locator('.from-us')).toContainText('Окудук')
    await expect(line(page, 1)).toContainText(words(holder))
    await expect(page.locator('.sent')).toBeInViewport({ ratio: 1 })
    await expect(page.getByText(words('staff.taken'))).toHaveCount(isTicked ? 1 : 0)
  }
})

test('A phone says where a colleague looks that the case is taken and the reply is sent', async ({
  staff: { page },
}) => {
  const text = `${'Узун кат, көп сөз. '.repeat(80)}9309`
  await sendSealedReport({ text }, [])
  await showReport(page, text)
  await page.setViewportSize(PHONE)
  const tabs = page.locator('.case-tabs')
  await page.locator('.thread').getByText('9309').scrollIntoViewIfNeeded()
  await pressInView(tabs.getByRole('button', { name: words('staff.take') }))
  await expect(tabs.getByText(words('staff.taken'))).toBeInViewport({ ratio: 1 })
  await expect(tabs).toBeFocused()
  await expectAccessible(page)
  await tabs.getByRole('button', { name: words('staff.answer.title') }).click()
  await replyField(page).fill('Окудук 9310')
  await buttonOf(page, 'staff.answer.look').click()
  await buttonOf(page, 'staff.answer.send').click()
  await expect(page.locator('.from-us')).toContainText('Окудук 9310')
  const sent = page.locator('.sent')
  await expect(sent).toContainText(words('staff.answer.sent'))
  await expect(sent).toBeFocused()
  await expect(sent).toBeInViewport({ ratio: 1 })
  expect(await isUncovered(sent)).toBe(true)
  await expectAccessible(page)
  await expectNoSideways(page)
  // A reply that was started and then abandoned shows no message about the previous reply.
  await page.keyboard.press('r')
  await expect(replyField(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(sent).toHaveCount(0)
  await expect(page.locator('#report-title')).toBeFocused()
  // The words belong to the next reply, and the page no longer says that a reply was sent.
  await replyField(page).fill('Дагы бир сөз')
  await expect(sent).toHaveCount(0)
  await replyField(page).fill('')
  await page.setViewportSize(DESKTOP)
})

test('A laptop shows a long answer about contact whole, and a phone its beginning', async ({
  staff: { page },
}) => {
  const text = 'Узун кеңеш 9306'
  const contact = {
    avoid: `Үйгө чалбаңыз, ${'эжеме эч нерсе айтпаңыз, '.repeat(6)}аягы 9307`,
    how: `Telegram аркылуу гана, ${'башка ат менен жазыңыз, '.repeat(4)}аягы 9308`,
    when: 'түнкүсүн, он экиден кийин',
  }
  await sendSealedReport({ text, contact }, [])
  await showReport(page, text)
  const reach = head(page).locator('.is-reach')
  await page.setViewportSize(DESKTOP)
  for (const words of ['аягы 9307', 'аягы 9308', contact.when])
    await expect(reach.getByText(words)).toBeVisible()
  expect(await reach.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0)
  await page.setViewportSize(PHONE)
  await expect(reach).toContainText(contact.when)
  await expectNoSideways(page)
  await page.setViewportSize(DESKTOP)
  await expect(reach).toBeInViewport({ ratio: 1 })
})
