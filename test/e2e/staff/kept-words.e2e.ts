// Tests that every casework form keeps its words after a refusal and after a lost response. A
// sentence explains the next step.
import type { Locator, Page, Route } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { closeCase } from '../support/shown-case.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { buttonOf, openScreen, words } from '../support/team.ts'

interface WordsForm {
  /** key of the button that opens the form; null for a form that is always open */
  open: string | null
  /** keys of the field labels, and the words for each field */
  fields: Readonly<Record<string, string>>
  /** the end of the URL to which the form is submitted */
  path: RegExp
  /** key of the button that discards the words; null for a form that the person empties */
  drop: string | null
}

/** The forms of a case. The id of another case, if one is needed, is `other`. */
const formsOf = (other: string): Readonly<Record<string, WordsForm>> => ({
  note: {
    open: null,
    fields: { 'staff.notes.text': 'Түндө чалды 6601' },
    path: /\/entries$/,
    drop: null,
  },
  task: {
    open: 'staff.task.add',
    fields: { 'staff.task.text': 'Дарыгер табуу 6602' },
    path: /\/entries$/,
    drop: 'staff.record.drop',
  },
  'summary and tags': {
    open: 'staff.summary.write',
    fields: { 'staff.summary.name': 'Кампа 6603', 'staff.summary.tags': 'белги6603' },
    path: /\/records$/,
    drop: 'staff.record.drop',
  },
  person: {
    open: 'staff.person.add',
    fields: { 'staff.person.name': 'Санжар 6604' },
    path: /\/records$/,
    drop: 'staff.record.drop',
  },
  'reason of a danger': {
    open: 'staff.danger.lift',
    fields: { 'staff.danger.lift.why': 'Үйүнө жетти 6605' },
    path: /\/danger$/,
    drop: 'staff.people.not_yet',
  },
  'word for a colleague': {
    open: 'staff.shift.one',
    fields: { 'staff.shift.text': 'Эртең чалат 6606' },
    path: /\/entries$/,
    drop: 'staff.record.drop',
  },
  link: {
    open: 'staff.link.add',
    fields: { 'staff.link.find': other, 'staff.link.why': 'Бир номер 6607' },
    path: /\/entries$/,
    drop: 'staff.record.drop',
  },
})

const field = (page: Page, key: string): Locator => page.getByLabel(words(key), { exact: true })

/**
 * The form around a field, or a larger part of the screen that also contains the form's sentence.
 */
const formAround = (page: Page, key: string, within = 'form'): Locator =>
  page
    .locator(within)
    .filter({ has: field(page, key) })
    .last()

async function expectKept(page: Page, fields: WordsForm['fields']): Promise<void> {
  for (const [key, text] of Object.entries(fields)) await expect(field(page, key)).toHaveValue(text)
}

const refuse = (route: Route): Promise<void> =>
  route.fulfill({ status: 503, json: { error: { code: 'unavailable' } } })

/** Passes the request to the edge, but drops its response. */
async function loseAnswer(route: Route): Promise<void> {
  await route.fetch()
  await route.abort('failed')
}

const FAILURES = [
  ['staff.error.unavailable', refuse],
  ['staff.error.network', loseAnswer],
] as const

/** Sends the words with `send` over a failing network, and expects the words to stay in place. */
async function expectKeptByFailures(
  page: Page,
  form: Pick<WordsForm, 'fields' | 'path'>,
  send: () => Promise<void>,
  sentence: Locator,
): Promise<void> {
  for (const [says, fail] of FAILURES) {
    await page.route(form.path, (route) =>
      route.request().method() === 'GET' ? route.continue() : fail(route),
    )
    await send()
    await expect(sentence).toHaveText(words(says))
    await expectKept(page, form.fields)
    await page.unroute(form.path)
  }
}

test('R43: Every form of a case keeps its words after a refusal and a lost answer', async ({
  staff: { page },
}) => {
  test.setTimeout(300_000)
  const [text, second] = ['Сөздөр жоголбойт 6600', 'Экинчи иш 6611']
  for (const each of [text, second]) await sendSealedReport({ text: each }, [])
  await showReport(page, second)
  const other = ((await page.locator('.line[aria-current]').getAttribute('id')) ?? '').slice(5)
  await showReport(page, text)
  for (const [name, form] of Object.entries(formsOf(other)))
    await test.step(name, async () => {
      const [first = ''] = Object.keys(form.fields)
      if (form.open !== null) await buttonOf(page, form.open).click()
      for (const [key, typed] of Object.entries(form.fields)) await field(page, key).fill(typed)
      const around = formAround(page, first)
      const send = () => around.locator('button[type=submit]').click()
      await expectKeptByFailures(page, form, send, around.locator('.refused'))
      if (form.drop === null) await field(page, first).fill('')
      else await around.getByRole('button', { name: words(form.drop), exact: true }).click()
    })

  await test.step('reply', async () => {
    const form = { fields: { 'staff.answer.text': 'Жолугалы 6608' }, path: /\/answers$/ }
    await field(page, 'staff.answer.text').fill('Жолугалы 6608')
    const area = page.locator('section[aria-labelledby=answer-title]')
    const send = async (): Promise<void> => {
      await buttonOf(page, 'staff.answer.look').click()
      await buttonOf(page, 'staff.answer.send').click()
    }
    await expectKeptByFailures(page, form, send, area.locator('.refused'))
    await field(page, 'staff.answer.text').fill('')
  })

  await test.step('reason to close', async () => {
    const group = page.locator('.closing')
    await buttonOf(page, 'staff.status.to.closed').click()
    const reason = group.getByLabel(words('staff.close.spam'))
    await reason.check()
    await page.route(/\/status$/, refuse)
    await buttonOf(page, 'staff.close.go').click()
    await expect(group.locator('.refused')).toHaveText(words('staff.error.unavailable'))
    await expect(reason).toBeChecked()
    await page.unroute(/\/status$/)
    await group.getByRole('button', { name: words('staff.people.not_yet') }).click()
  })
})

test('R43: While a form of a case is being saved, its fields take no words', async ({
  staff: { page },
}) => {
  const [text, second] = ['Сактоо жай жүрөт 6620', 'Экинчи иш 6621']
  for (const each of [text, second]) await sendSealedReport({ text: each }, [])
  await showReport(page, second)
  const other = ((await page.locator('.line[aria-current]').getAttribute('id')) ?? '').slice(5)
  await showReport(page, text)
  for (const [name, form] of Object.entries(formsOf(other)))
    await test.step(name, async () => {
      const [first = ''] = Object.keys(form.fields)
      if (form.open !== null) await buttonOf(page, form.open).click()
      for (const [key, typed] of Object.entries(form.fields)) await field(page, key).fill(typed)
      let answer = (): void => undefined
      const isHeld = new Promise<void>((release) => (answer = release))
      await page.route(form.path, async (route) => {
        if (route.request().method() !== 'GET') await isHeld
        await refuse(route)
      })
      const sent = page.waitForRequest(form.path)
      await formAround(page, first).locator('button[type=submit]').click()
      await sent
      await field(page, first).press('End')
      await page.keyboard.type(' дагы')
      await expectKept(page, form.fields)
      answer()
      await expect(field(page, first)).toBeEditable()
      await page.keyboard.type(' дагы')
      await expect(field(page, first)).toHaveValue(/ дагы/)
      await page.unroute(form.path)
      const around = formAround(page, first)
      if (form.drop === null) await field(page, first).fill('')
      else await around.getByRole('button', { name: words(form.drop), exact: true }).click()
    })
})

test('R43: A view and a template keep their words after a refusal and a lost answer', async ({
  staff: { page },
}) => {
  await openScreen(page, 'staff.screen.reports')
  await closeCase(page)
  await test.step('name of a view', async () => {
    const form = { fields: { 'staff.list.save': 'Көрүнүш 6609' }, path: /\/me\/views$/ }
    await page.locator('.filter-go').click()
    await field(page, 'staff.list.save').fill('Көрүнүш 6609')
    const box = page.locator('.saved-views')
    const send = () => buttonOf(page, 'staff.list.save.go').click()
    await expectKeptByFailures(page, form, send, box.locator('.refused'))
    await field(page, 'staff.list.save').fill('')
    await page.locator('.filter-go').click()
  })

  await test.step('template', async () => {
    const form = { fields: { 'staff.template.text': 'Рахмат 6610' }, path: /\/templates\// }
    await openScreen(page, 'staff.screen.templates')
    const title = words('staff.template.own_3')
    await page.getByRole('button', { name: `${words('staff.template.edit')}: ${title}` }).click()
    await field(page, 'staff.template.text').fill('Рахмат 6610')
    const card = formAround(page, 'staff.template.text', '.card')
    const send = () => card.locator('button[type=submit]').click()
    await expectKeptByFailures(page, form, send, card.locator('.refused'))
    await card.getByRole('button', { name: words('staff.template.drop') }).click()
    await openScreen(page, 'staff.screen.reports')
  })
})
