// Tests the editor at /edit/. A person changes a text, a string and a number in a folder, and the
// built page shows the changes. The test replaces only the system's folder dialog. The folder is a
// copy of content/ in the browser's private file system.
import { expect, test } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '#content/languages.ts'
import { testDir } from '#scripts/shared/paths'
import { buildCopy, copySources } from '#scripts/test/site'
import { stringFaults } from '#scripts/content/string-faults'
import { openEditor } from '../support/editor.ts'

const copy = join(testDir, 'edited')

test('A change that an editor makes in the browser appears on the built page', async ({
  browser,
}) => {
  const { page, before, elsewhere, goTo, readTexts, save } = await openEditor(browser)

  await goTo('pages/entries/about')
  const titles = page.getByRole('textbox', { name: 'Title' })
  await expect(titles).toHaveCount(2)
  await titles.nth(1).fill('О фонде «Оазис»')
  await save()

  await goTo('records/entries/contacts')
  await page.getByRole('button', { name: 'Expand All' }).click()
  await page.getByRole('textbox', { name: 'English' }).first().fill('Police of the country')
  await save()

  await goTo('records/entries/foundation')
  const readers = page.getByRole('group', { name: 'Who reads what is written' })
  // The editor renders a field only when it is scrolled into view.
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
  const values = page.getByRole('textbox', { name: 'Value' })
  await values.first().fill('Башкача айтылды.')
  await save()

  const after = await readTexts(Object.keys(before))
  const changed = Object.keys(before).filter((path) => before[path] !== after[path])
  expect(changed.sort()).toEqual([
    'content/contacts.json',
    'content/foundation.json',
    ...[...languages].sort().map((lang) => `content/pages/${lang}/about.mdx`),
    'content/strings/ky/errors.json',
  ])
  // The package requests fallback fonts, and the policy refuses them.
  expect(elsewhere.filter((url) => !url.includes('/fontsource/'))).toEqual([])
  copySources(copy)
  for (const [path, text] of Object.entries(after)) writeFileSync(join(copy, path), text)
  expect(stringFaults(copy)).toEqual([])
  const built = await buildCopy(copy)
  expect(built.code, built.output).toBe(0)
  const about = (lang: string): string =>
    readFileSync(join(copy, 'dist', lang, 'about/index.html'), 'utf8')
  expect(about('ru')).toContain('<title>О фонде «Оазис»')
  expect(about('ky')).not.toContain('О фонде «Оазис»')
  expect(readFileSync(join(copy, 'dist/ru/privacy/index.html'), 'utf8')).toContain(
    'Two people read it.',
  )
  const numbers = readFileSync(join(copy, 'dist/en/help/index.html'), 'utf8')
  expect(numbers).toContain('Police of the country')
  await page.close()
})

test('A story that an editor copies in the browser is a page of the built site', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const { page, before, goTo, readTexts, save } = await openEditor(browser)
  await goTo('stories/entries/offer')
  await page.getByRole('button', { name: 'Show Editor Options' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate Entry' }).click()
  await expect(page).toHaveURL(/new/)
  await page.getByRole('textbox', { name: 'Id', exact: true }).first().fill('new-offer')
  // The fields of the title are the first ones with the names of the languages.
  for (const name of ['Кыргызча', 'Русский', 'English'])
    await page.getByRole('textbox', { name, exact: true }).first().fill(`New story ${name}`)
  await save()

  const added = 'content/stories/new-offer.json'
  const { [added]: written = '', ...after } = await readTexts([...Object.keys(before), added])
  expect(after).toEqual(before)
  copySources(copy)
  writeFileSync(join(copy, added), written)
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
  await page.close()
})
