// Tests the whole path of a report. A phone seals a report, staff read it and reply, and the person
// reads the reply with the number. Then the test searches for words that were left behind.
import { DatabaseSync } from 'node:sqlite'
import type { Locator } from '@playwright/test'
import { isLanguage, languages, type Language } from '#content/languages.ts'
import { askedFor, askForReplies, tell } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { lane, laneState } from '#scripts/test/lanes'
import { choose, sendButton, word } from '../support/attach.ts'
import { findCanary } from '../support/canary.ts'
import { foundIn, readFolder } from '../support/folder-search.ts'
import { newPhone, type Phone } from '../support/phone.ts'
import { SLOW, slowUnlessFirst } from '../support/soak.ts'
import { expect, test } from '../support/staff.ts'
import { historyOf, leakedIn, tracesOf } from '../support/traffic.ts'
import { wordsIn } from '../support/words.ts'

// The last test searches for the words of all others, so the tests run in order.
test.describe.configure({ mode: 'serial' })

const ANSWER = 'Жашыл дарыянын жээгинде күтөбүз 4819'
const NOTE = 'Ички белги: сары эшек көпүрөдө 2207'

interface Journey {
  lang: Language
  script: boolean
  writing: string
  more: string
}

const JOURNEYS = [
  {
    lang: 'ky',
    script: true,
    writing: 'Паспортумду алып коюшту, көк дарбаза, 73-үй',
    more: 'Дагы бирөө бар: боз чатыр 51',
  },
  {
    lang: 'ky',
    script: false,
    writing: 'Эжемди чыгарбай жатышат, кызыл короо, 19-бөлмө',
    more: 'Телефону өчүк: үч күн, 88',
  },
  {
    lang: 'ru',
    script: true,
    writing: 'Нас держат за зелёной пилорамой, 5518',
    more: 'Завтра повезут дальше, серый фургон 7740',
  },
  {
    lang: 'en',
    script: true,
    writing: 'They keep our papers in the yellow barn 6612',
    more: 'The van left for the north 3307',
  },
  {
    lang: 'en',
    script: false,
    writing: 'My brother is held at the purple mill 9023',
    more: 'He wrote once more 4471',
  },
] as const satisfies Journey[]

/** The tests for the second organisation run these journeys in other languages. */
const OTHERS = languages
  .filter((lang) => !JOURNEYS.some((known) => known.lang === lang))
  .flatMap((lang) =>
    [true, false].map((script) => ({
      ...{ lang, script, writing: `Behind the ${lang} barn ${script ? 6071 : 2958}` },
      more: `By the ${lang} river ${script ? 8342 : 1265}`,
    })),
  )

const JOURNEYS_HERE = [...JOURNEYS, ...OTHERS].filter(({ lang }) => isLanguage(lang))

for (const { lang, script, writing, more } of JOURNEYS_HERE) {
  const journey = `in ${lang} ${script ? 'with' : 'without'} JavaScript`
  test(
    `${script ? 'R1, R8, R14: ' : ''}A report ${journey} is read, answered and ended`,
    slowUnlessFirst(lang),
    async ({ browser, staff }) => {
      const words = wordsIn(lang)
      const phone: Phone = await newPhone(browser, script)
      const { page } = phone
      const receipt = await tell(page, lang, writing)
      const titles = [await page.title()]

      await showReport(staff.page, writing)
      const report = staff.page.locator('.report')
      // The advice appears in the case head, beside the letter and above the reply field.
      const avoid = report.getByText(`${writing} avoid`)
      await expect(avoid.filter({ visible: true })).toHaveCount(3)
      await expect(report.getByText('Ош', { exact: true })).toBeVisible()
      await answer(staff.page, `${ANSWER} ${lang}`)
      await staff.page.getByLabel(wordsIn(defaultLanguage)('staff.notes.text')).fill(NOTE)
      await staff.page
        .getByRole('button', { name: wordsIn(defaultLanguage)('staff.notes.save') })
        .click()
      await expect(report.locator('.notes').getByText(NOTE)).toBeVisible()

      await askForReplies(page, lang, receipt)
      await expect(page.locator('#messages')).toContainText(`${ANSWER} ${lang}`)
      await page.getByLabel(words('answer.again')).fill(more)
      await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
      await expect(page.getByText(words('answer.written'))).toBeVisible()

      await showReport(staff.page, writing)
      await expect(report.getByText(more)).toBeVisible()
      await answer(staff.page, `${ANSWER} ${lang} 2`)

      await askForReplies(page, lang, receipt)
      await expect(page.locator('#messages li')).toHaveCount(2)
      await page.getByText(words('answer.destroy'), { exact: true }).click()
      await page.getByRole('button', { name: words('answer.destroy.yes') }).click()
      await expect(page.getByText(words('answer.destroyed'))).toBeVisible()
      await askForReplies(page, lang, receipt)
      await expect(page.getByText(words('answer.none'))).toBeVisible()
      titles.push(await page.title())
      await showReport(staff.page, writing)
      await expect(
        report.getByText(wordsIn(defaultLanguage)('staff.answer.impossible')),
      ).toBeVisible()

      const origin = new URL(page.url()).origin
      for (const each of phone.sent) {
        expect(each.url).toMatch(new RegExp(`^(${origin}|data:)`))
        expect(findCanary(each.url, [writing, more, receipt])).toEqual([])
      }
      if (script) {
        // No data that left the phone may contain a word or six digits of the number.
        expect(phone.sent.filter(({ body }) => body.length > 0).length).toBeGreaterThan(5)
        for (const { url, rest, body } of phone.sent) {
          expect(findCanary(body, [writing, more])).toEqual([])
          for (const part of [url, rest]) expect(leakedIn(part, receipt)).toEqual([])
        }
        expect(await tracesOf(phone.context)).toEqual([])
        for (const kept of [await historyOf(page), ...titles])
          expect([kept, leakedIn(kept, receipt), findCanary(kept, [writing, more])]).toEqual([
            kept,
            [],
            [],
          ])
      } else expect(await phone.context.cookies()).toEqual([])
      await phone.context.close()
    },
  )
}

test(
  'An answer to a question that is no longer asked is not sent',
  SLOW,
  async ({ browser, staff }) => {
    const writing = 'Короодо сегиз киши, 3390'
    const words = wordsIn('ky')
    const { page, context } = await newPhone(browser)
    const asked = (what: Locator): Promise<Locator> => askedFor(page, 'ky', what)
    await page.goto('/ky/tell/')
    const door = page.getByLabel(words('tell.door.me'))
    await (await asked(door)).check()
    await (await asked(page.getByLabel(words('tell.text')))).fill(writing)
    await (await asked(page.getByLabel(words('more.signs.debtbondage'), { exact: true }))).check()
    await (await asked(page.getByLabel(words('more.needs.lawyer'), { exact: true }))).check()
    const back = page.locator('#back')
    while (!(await door.isVisible())) await back.click()
    await expect(page.locator('#count')).toHaveText('2 / 8')
    await page.getByLabel(words('tell.door.see')).check()
    await expect(page.locator('#count')).toHaveText('2 / 8')
    await asked(page.getByLabel(words('more.consent.foundation')))
    await expect(page.getByLabel(words('more.needs.lawyer'), { exact: true })).toBeHidden()
    await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
    await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
    await context.close()

    await showReport(staff.page, writing)
    const report = staff.page.locator('.report')
    await expect(report.getByText(words('staff.sign.debt'))).toBeVisible()
    await expect(report.getByText(words('staff.need.lawyer'))).toBeHidden()
  },
)

test('R16: Markup in a report and in a reply stays letters on every screen', async ({
  browser,
  staff,
}) => {
  const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e'
  const phone = await newPhone(browser)
  const receipt = await tell(phone.page, 'ky', attack)
  await showReport(staff.page, attack)
  await answer(staff.page, attack)
  await askForReplies(phone.page, 'ky', receipt)
  await expect(phone.page.locator('#messages')).toContainText(attack)
  for (const page of [phone.page, staff.page]) {
    expect(await page.title()).not.toMatch(/[12]/)
    expect(await page.locator('main img').count()).toBe(0)
  }
  await phone.context.close()
})

const PAPER = 'Келишимде күлгүн мөөр бар 1385 '

test('R1: A document beside a report leaves the phone sealed, chunk by chunk', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const document = {
    name: 'a.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(PAPER.repeat(900)),
  }
  await choose(phone.page, document)
  await sendButton(phone.page).click()
  await expect(phone.page.getByText(word('uploaded'))).toBeVisible()
  const chunks = phone.sent.filter(({ method }) => method === 'PUT')
  expect(chunks.length).toBeGreaterThan(0)
  for (const { body } of phone.sent) expect(findCanary(body, [PAPER])).toEqual([])
  await phone.context.close()
})

test('R1: After the journeys the database, the file store and the output hold no word', () => {
  const files = readFolder(laneState(lane))
  const names = files.map(({ name }) => name)
  const database = files.find(({ name }) => /^[\da-f]{64}\.sqlite$/.test(name))
  if (!database) throw new Error('no database')
  const stored = new DatabaseSync(database.path, { readOnly: true })
  const sealers = stored.prepare('SELECT DISTINCT sealed_by FROM reports ORDER BY 1').all()
  expect(sealers.map((row) => row['sealed_by'])).toEqual(['device', 'worker'])
  stored.close()
  expect(names.some((name) => name.endsWith('.sqlite'))).toBe(true)
  expect(names).toContain('server.log')
  expect(files.filter(({ path }) => path.includes('r2')).length).toBeGreaterThan(1)
  const sentences = [
    PAPER,
    ANSWER,
    NOTE,
    ...JOURNEYS.flatMap(({ writing, more }) => [writing, more]),
  ]
  expect(foundIn(files, sentences)).toEqual([])
})
