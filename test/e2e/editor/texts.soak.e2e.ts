// Tests `npm run edit` as an editor uses it: changes to texts, strings and records in a copy of the
// project. Each change is stored in the style of the repository, and the built page shows it.
import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildCopy } from '#scripts/test/site'
import { openEditor } from '../support/editor.ts'

/** Returns the lines of one text that another text does not contain. */
const newLines = (before = '', after = ''): string[] => {
  const old = before.split('\n')
  return after.split('\n').filter((line) => !old.includes(line))
}

test('A change that an editor makes changes its own lines only, and is on the built page', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const { page, editor, copy, before, elsewhere, goTo, changed, save, stop, read } =
    await openEditor(browser, 'edited')
  try {
    await goTo('pages/entries/about')
    const russian = editor.locator('[data-mode="edit"][data-locale="ky"]')
    await russian.getByRole('textbox', { name: 'Title' }).fill('Фонд жөнүндө')
    await save()
    expect(changed()).toEqual(['content/pages/ky/about.mdx'])
    expect(
      newLines(
        before['content/pages/ky/about.mdx'],
        read('content/pages/ky/about.mdx')?.toString(),
      ),
    ).toEqual(['title: Фонд жөнүндө'])

    await goTo('records/entries/contacts')
    await editor.getByRole('button', { name: 'Expand All' }).click()
    await editor.getByRole('textbox', { name: 'English' }).first().fill('Police of the country')
    await save()
    const contacts = 'content/contacts.json'
    expect(newLines(before[contacts], read(contacts)?.toString())).toEqual([
      '      "en": "Police of the country"',
    ])

    await goTo('records/entries/foundation')
    const readers = editor.getByRole('group', { name: 'Who reads what is written' })
    await readers.scrollIntoViewIfNeeded()
    await readers.getByRole('checkbox', { name: 'Answer' }).check()
    const green = readers.getByRole('radio', { name: 'green' })
    // The editor renders the group again after the box is checked.
    await expect(async () => {
      await green.click()
      await expect(green).toBeChecked({ timeout: 1000 })
    }).toPass()
    for (const name of ['Кыргызча', 'Русский', 'English'])
      await readers.getByRole('textbox', { name }).fill('Two people read it.')
    await save()

    await goTo('strings/entries/errors')
    await editor.getByRole('textbox', { name: 'Value' }).first().fill('Said in another way.')
    await save()

    const paths = [
      'content/contacts.json',
      'content/foundation.json',
      'content/pages/ky/about.mdx',
      'content/strings/en/errors.json',
    ]
    expect(changed()).toEqual(paths)
    await expect(page.locator('#verdict')).toHaveText('Nothing is wrong')
    await expect(page.locator('#changes li')).toHaveText(paths)
    await expect(page.locator('#publish')).toContainText('npm run deploy')
    expect(elsewhere).toEqual([])

    const built = await buildCopy(copy)
    expect(built.code, built.output).toBe(0)
    const html = (path: string): string =>
      readFileSync(join(copy, 'dist', path, 'index.html'), 'utf8')
    expect(html('ky/about')).toContain('<title>Фонд жөнүндө')
    expect(html('ru/about')).not.toContain('Фонд жөнүндө')
    expect(html('ru/privacy')).toContain('Two people read it.')
    expect(html('en/help')).toContain('Police of the country')
    await page.locator('#look').click()
    await expect(page.frameLocator('#view').locator('main')).toBeVisible({ timeout: 60_000 })
  } finally {
    await stop()
  }
})

test('An inserted number and link are right, and each mistake that is typed is named', async ({
  browser,
}) => {
  const { page, editor, goTo, save, stop, read } = await openEditor(browser, 'edited-parts')
  try {
    await goTo('pages/entries/myths')
    const text = editor
      .locator('[data-mode="edit"][data-locale="en"] [data-key-path="body"]')
      .getByRole('textbox')
    await page.setViewportSize({ width: 1366, height: 768 })
    const texts = editor.locator('[data-mode="edit"] [data-key-path="body"] textarea:visible')
    await expect(texts, 'a laptop shows two languages').toHaveCount(2)
    await expect(text, 'the text is on the first screen of a laptop').toBeInViewport()
    await page.setViewportSize({ width: 1800, height: 2400 })
    const body = await text.inputValue()
    const typeAtEnd = async (words: string): Promise<void> => {
      await text.fill(`${body}\n\n${words}`)
      await text.press('Control+End')
    }
    await typeAtEnd('See ')
    await page.getByRole('button', { name: 'Links to pages' }).click()
    await page.getByRole('searchbox').fill('legal')
    await page.locator('#choices button').first().click()
    await expect(text).toHaveValue(/See \[[^\]]+\]\(\/en\/legal-aid\/\)$/)
    await page.getByRole('button', { name: 'Numbers' }).click()
    await page.getByRole('searchbox').fill('KG-04')
    await page.locator('#choices button').first().click()
    await expect(text).toHaveValue(/<Contacts ids=\{\['KG-04'\]\} \/>$/)
    await save()
    expect(read('content/pages/en/myths.mdx')?.toString()).toContain("<Contacts ids={['KG-04']} />")
    const faults = page.locator('#faults li')
    await expect(faults).toHaveCount(1)
    // The number is missing from the other languages.
    await expect(faults).toContainText('Give all languages the same')

    await goTo('pages/entries/myths')
    await typeAtEnd(
      'Call +996 312 000 000.\n\n<FactText id="no.such" />\n\n[x](/ru/rights)\n\n[y](#no-such)',
    )
    await save()
    await expect(faults.filter({ hasText: 'typed into the text' })).toContainText(
      /content\/pages\/en\/myths\.mdx, line \d+/,
    )
    await expect(faults.filter({ hasText: 'no fact “no.such”' })).toHaveCount(1)
    await expect(faults.filter({ hasText: '/ru/rights' })).toHaveCount(1)
    await expect(faults.filter({ hasText: '#no-such' })).toHaveCount(1)
    const field = await text.elementHandle()
    await faults.filter({ hasText: 'no fact' }).getByRole('button').click()
    // The editor leaves the entry and opens it again. Words typed into the old field would be lost.
    await field.waitForElementState('hidden')
    await text.fill(body)
    await save()
    await expect(page.locator('#verdict')).toHaveText('Nothing is wrong')
  } finally {
    await stop()
  }
})

test('A story that an editor copies in the browser is a page of the built site', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const { page, editor, copy, goTo, changed, save, stop } = await openEditor(
    browser,
    'edited-story',
  )
  try {
    await goTo('stories/entries/offer')
    await editor.getByRole('button', { name: 'Show Editor Options' }).click()
    await editor.getByRole('menuitem', { name: 'Duplicate Entry' }).click()
    await editor.getByRole('textbox', { name: 'Id', exact: true }).first().fill('new-offer')
    // The first fields labelled with the language names belong to the title.
    for (const name of ['Кыргызча', 'Русский', 'English'])
      await editor.getByRole('textbox', { name, exact: true }).first().fill(`New story ${name}`)
    await save()
    expect(changed()).toEqual(['content/stories/new-offer.json'])
    await expect(page.locator('#verdict')).toHaveText('Nothing is wrong')
    const built = await buildCopy(copy)
    expect(built.code, built.output).toBe(0)
    for (const [lang, name] of [
      ['ky', 'Кыргызча'],
      ['ru', 'Русский'],
      ['en', 'English'],
    ] as const) {
      const html = (path: string): string =>
        readFileSync(join(copy, 'dist', lang, path, 'index.html'), 'utf8')
      expect(html('stories/new-offer')).toContain(`<h1>New story ${name}</h1>`)
      expect(html('stories')).toContain(`href="/${lang}/stories/new-offer/"`)
    }
  } finally {
    await stop()
  }
})
