// The whole way of a report: sealed on a phone, read and answered by staff, the answer read with the number. And what is left of it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Locator } from '@playwright/test'
import { answer, askedFor, openReport, readAnswers, tell } from '#scripts/browser/report'
import { e2eState } from '#scripts/paths'
import { choose, sendButton, word } from './attach.ts'
import { findCanary } from './canary.ts'
import { newPhone, type Phone } from './phone.ts'
import { expect, test } from './staff.ts'
import { historyOf, leakedIn, tracesOf } from './traffic.ts'
import { wordsIn } from './words.ts'

const ANSWER = 'Жашыл дарыянын жээгинде күтөбүз 4819'
const NOTE = 'Ички белги: сары эшек көпүрөдө 2207'

const JOURNEYS = [
  {
    lang: 'ky',
    script: true,
    told: 'Паспортумду алып коюшту, көк дарбаза, 73-үй',
    more: 'Дагы бирөө бар: боз чатыр 51',
  },
  {
    lang: 'ky',
    script: false,
    told: 'Эжемди чыгарбай жатышат, кызыл короо, 19-бөлмө',
    more: 'Телефону өчүк: үч күн, 88',
  },
  {
    lang: 'ru',
    script: true,
    told: 'Нас держат за зелёной пилорамой, 5518',
    more: 'Завтра повезут дальше, серый фургон 7740',
  },
  {
    lang: 'en',
    script: true,
    told: 'They keep our papers in the yellow barn 6612',
    more: 'The van left for the north 3307',
  },
  {
    lang: 'en',
    script: false,
    told: 'My brother is held at the purple mill 9023',
    more: 'He wrote once more 4471',
  },
] as const

for (const { lang, script, told, more } of JOURNEYS)
  test(`${script ? 'R1, R8, R14: ' : ''}a report in ${lang} ${script ? 'with' : 'without'} JavaScript is read, answered, answered again and ended`, async ({
    browser,
    staff,
  }) => {
    const words = wordsIn(lang)
    const phone: Phone = await newPhone(browser, script)
    const { page } = phone
    const receipt = await tell(page, lang, told)
    const titles = [await page.title()]

    await openReport(staff.page, told)
    const report = staff.page.locator('.report')
    await expect(report.getByText(`${told} avoid`)).toBeVisible()
    await expect(report.getByText('Ош', { exact: true })).toBeVisible()
    await answer(staff.page, `${ANSWER} ${lang}`)
    await staff.page.getByLabel(wordsIn('ky')('staff.notes.text')).fill(NOTE)
    await staff.page.getByRole('button', { name: wordsIn('ky')('staff.notes.save') }).click()
    await expect(report.locator('.notes').getByText(NOTE)).toBeVisible()

    await readAnswers(page, lang, receipt)
    await expect(page.locator('#messages')).toContainText(`${ANSWER} ${lang}`)
    await page.getByLabel(words('answer.again')).fill(more)
    await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
    await expect(page.getByText(words('answer.written'))).toBeVisible({ timeout: 20_000 })

    await openReport(staff.page, told)
    await expect(report.getByText(more)).toBeVisible()
    await answer(staff.page, `${ANSWER} ${lang} 2`)

    await readAnswers(page, lang, receipt)
    await expect(page.locator('#messages li')).toHaveCount(2)
    await page.getByText(words('answer.destroy'), { exact: true }).click()
    await page.getByRole('button', { name: words('answer.destroy.yes') }).click()
    await expect(page.getByText(words('answer.destroyed'))).toBeVisible()
    await readAnswers(page, lang, receipt)
    await expect(page.getByText(words('answer.none'))).toBeVisible()
    titles.push(await page.title())
    await openReport(staff.page, told)
    await expect(report.getByText(wordsIn('ky')('staff.answer.impossible'))).toBeVisible()

    const origin = new URL(page.url()).origin
    for (const each of phone.sent) {
      expect(each.url).toMatch(new RegExp(`^(${origin}|data:)`))
      expect(findCanary(each.url, [told, more, receipt])).toEqual([])
    }
    if (script) {
      // Everything that left the phone, byte by byte: no word, and no six digits of the number.
      expect(phone.sent.filter(({ body }) => body.length > 0).length).toBeGreaterThan(5)
      for (const { url, rest, body } of phone.sent) {
        expect(findCanary(body, [told, more])).toEqual([])
        for (const part of [url, rest]) expect(leakedIn(part, receipt)).toEqual([])
      }
      expect(await tracesOf(phone.context)).toEqual([])
      for (const kept of [await historyOf(page), ...titles])
        expect([kept, leakedIn(kept, receipt), findCanary(kept, [told, more])]).toEqual([
          kept,
          [],
          [],
        ])
    } else expect(await phone.context.cookies()).toEqual([])
    await phone.context.close()
  })

test('what is asked no more, since the door was changed, does not go along', async ({
  browser,
  staff,
}) => {
  const told = 'Короодо сегиз киши, 3390'
  const words = wordsIn('ky')
  const { page, context } = await newPhone(browser)
  const asked = (what: Locator): Promise<Locator> => askedFor(page, 'ky', what)
  await page.goto('/ky/tell/')
  const door = page.getByLabel(words('tell.door.me'))
  await (await asked(door)).check()
  await (await asked(page.getByLabel(words('tell.text')))).fill(told)
  await (await asked(page.getByLabel(words('tell.sign.debtbondage')))).check()
  await (await asked(page.getByLabel(words('tell.need.lawyer')))).check()
  const back = page.getByRole('button', { name: words('tell.back'), exact: true })
  while (!(await door.isVisible())) await back.click()
  await expect(page.locator('#count')).toHaveText('2 / 10')
  await page.getByLabel(words('tell.door.see')).check()
  await expect(page.locator('#count')).toHaveText('2 / 9')
  await asked(page.getByLabel(words('tell.consent.foundation')))
  await expect(page.getByLabel(words('tell.need.lawyer'))).toBeHidden()
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await context.close()

  await openReport(staff.page, told)
  const report = staff.page.locator('.report')
  await expect(report.getByText(words('staff.sign.debt'))).toBeVisible()
  await expect(report.getByText(words('staff.need.lawyer'))).toBeHidden()
})

test('R16: markup in a report and in an answer stays letters on every screen', async ({
  browser,
  staff,
}) => {
  const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e'
  const phone = await newPhone(browser)
  const receipt = await tell(phone.page, 'ky', attack)
  await openReport(staff.page, attack)
  await answer(staff.page, attack)
  await readAnswers(phone.page, 'ky', receipt)
  await expect(phone.page.locator('#messages')).toContainText(attack)
  for (const page of [phone.page, staff.page]) {
    expect(await page.title()).not.toMatch(/[12]/)
    expect(await page.locator('main img').count()).toBe(0)
  }
  await phone.context.close()
})

const PAPER = 'Келишимде күлгүн мөөр бар 1385 '

test('R1: a document that goes along leaves the phone sealed, chunk by chunk', async ({
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
  await expect(phone.page.getByText(word('uploaded'))).toBeVisible({ timeout: 20_000 })
  const chunks = phone.sent.filter(({ method }) => method === 'PUT')
  expect(chunks.length).toBeGreaterThan(0)
  for (const { body } of phone.sent) expect(findCanary(body, [PAPER])).toEqual([])
  await phone.context.close()
})

test('R1: after the journeys no word of them is in the database, the file store or the output', () => {
  const files = readdirSync(e2eState, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  )
  const names = files.map(({ name }) => name)
  const database = files.find(({ name }) => /^[\da-f]{64}\.sqlite$/.test(name))
  if (!database) throw new Error('no database')
  const stored = new DatabaseSync(join(database.parentPath, database.name), { readOnly: true })
  const sealers = stored.prepare('SELECT DISTINCT sealed_by FROM reports ORDER BY 1').all()
  expect(sealers.map((row) => row['sealed_by'])).toEqual(['device', 'worker'])
  stored.close()
  expect(names.some((name) => name.endsWith('.sqlite'))).toBe(true)
  expect(names).toContain('server.log')
  expect(files.filter(({ parentPath }) => parentPath.includes('r2')).length).toBeGreaterThan(1)
  const sentences = [PAPER, ANSWER, NOTE, ...JOURNEYS.flatMap(({ told, more }) => [told, more])]
  for (const { parentPath, name } of files)
    expect(findCanary(readFileSync(join(parentPath, name)), sentences), name).toEqual([])
})
