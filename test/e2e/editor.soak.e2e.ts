// Tests the editor at /edit/. A person changes a text, a string and a number in a folder, and the
// built page shows the changes. The test replaces only the system's dialog that chooses a folder.
// The folder is a copy of content/ in the browser's private file system.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '#content/languages.ts'
import { filesUnder, root, testDir } from '#scripts/shared/paths'
import { buildCopy, copySources } from '#scripts/test/site'
import { stringFaults } from '#scripts/verify/strings'
import { writeEditor } from '#site/editor/build.ts'

const ORIGIN = 'http://editor.localhost'
const editorDir = join(testDir, 'editor')
const copy = join(testDir, 'edited')
const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  woff2: 'font/woff2',
}

type Files = Record<string, string>

async function serveEditor(page: Page): Promise<string[]> {
  const elsewhere: string[] = []
  const rule = readFileSync(join(editorDir, '_headers'), 'utf8')
  const policy = /Content-Security-Policy: (.*)/.exec(rule)?.[1] ?? ''
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    const file = join(editorDir, url.pathname.replace(/\/$/, '/index.html'))
    if (url.origin !== ORIGIN) elsewhere.push(url.href)
    if (url.origin !== ORIGIN || !existsSync(file)) return route.fulfill({ status: 404, body: '' })
    return route.fulfill({
      body: readFileSync(file),
      contentType: TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      headers: { 'Content-Security-Policy': policy },
    })
  })
  return elsewhere
}

async function putFolder(page: Page, files: Files): Promise<void> {
  await page.evaluate(async (all) => {
    const top = await navigator.storage.getDirectory()
    for (const [path, text] of Object.entries(all)) {
      const parts = ['project', ...path.split('/')]
      let folder = top
      for (const part of parts.slice(0, -1))
        folder = await folder.getDirectoryHandle(part, { create: true })
      const file = await folder.getFileHandle(parts.at(-1) ?? '', { create: true })
      const writable = await file.createWritable()
      await writable.write(text)
      await writable.close()
    }
  }, files)
}

const readFolder = (page: Page, paths: string[]): Promise<Files> =>
  page.evaluate(async (wanted) => {
    const top = await navigator.storage.getDirectory()
    const found: Record<string, string> = {}
    for (const path of wanted) {
      const parts = ['project', ...path.split('/')]
      let folder = top
      for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part)
      const file = await (await folder.getFileHandle(parts.at(-1) ?? '')).getFile()
      found[path] = await file.text()
    }
    return found
  }, paths)

async function save(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Save', exact: true })
  await button.click()
  await expect(button).toHaveCount(0)
  await expect(page).not.toHaveURL(/entries/)
}

interface OpenEditor {
  page: Page
  /** The files of content/ before the change. */
  before: Files
  /** The addresses that the editor asked for outside its own host. */
  elsewhere: string[]
}

/** Opens the editor, and in it a copy of content/. */
async function openEditor(browser: Browser): Promise<OpenEditor> {
  rmSync(editorDir, { recursive: true, force: true })
  await writeEditor(editorDir, { OASIS_EDITOR_LANG: 'en' })
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1400, height: 900 } })
  const elsewhere = await serveEditor(page)
  const before: Files = Object.fromEntries(
    filesUnder(root, 'content').map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  )
  await page.addInitScript(() => {
    const granted = () => Promise.resolve('granted' as const)
    Object.assign(FileSystemHandle.prototype, {
      requestPermission: granted,
      queryPermission: granted,
    })
    Object.assign(window, {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('project'),
    })
  })

  await page.goto(`${ORIGIN}/edit/`)
  await putFolder(page, { ...before, '.git/HEAD': 'ref: refs/heads/main\n' })
  await page.getByRole('button', { name: 'Work with Local Repository' }).click()
  await expect(page.getByText('Pages').first()).toBeVisible()
  return { page, before, elsewhere }
}

test('A change that an editor makes in the browser appears on the built page', async ({
  browser,
}) => {
  const { page, before, elsewhere } = await openEditor(browser)

  await page.goto(`${ORIGIN}/edit/#/collections/pages/entries/about`)
  const titles = page.getByRole('textbox', { name: 'Title' })
  await expect(titles).toHaveCount(2)
  await titles.nth(1).fill('О фонде «Оазис»')
  await save(page)

  await page.goto(`${ORIGIN}/edit/#/collections/records/entries/contacts`)
  await page.getByRole('button', { name: 'Expand All' }).click()
  await page.getByRole('textbox', { name: 'English' }).first().fill('Police of the country')
  await save(page)

  await page.goto(`${ORIGIN}/edit/#/collections/records/entries/foundation`)
  const readers = page.getByRole('group', { name: 'Who reads what is written' })
  // The editor draws a field only when it is scrolled into view.
  await readers.scrollIntoViewIfNeeded()
  await readers.getByRole('checkbox', { name: 'Answer' }).check()
  const green = readers.getByRole('radio', { name: 'green' })
  // The editor redraws the group after the box is checked.
  await expect(async () => {
    await green.click()
    await expect(green).toBeChecked({ timeout: 1000 })
  }).toPass()
  for (const name of ['Кыргызча', 'Русский', 'English'])
    await readers.getByRole('textbox', { name }).fill('Two people read it.')
  await save(page)

  await page.goto(`${ORIGIN}/edit/#/collections/strings/entries/errors`)
  const values = page.getByRole('textbox', { name: 'Value' })
  await values.first().fill('Башкача айтылды.')
  await save(page)

  const after = await readFolder(page, Object.keys(before))
  const changed = Object.keys(before).filter((path) => before[path] !== after[path])
  expect(changed.sort()).toEqual([
    'content/contacts.json',
    'content/foundation.json',
    ...[...languages].sort().map((lang) => `content/pages/${lang}/about.mdx`),
    'content/strings/ky/errors.json',
  ])
  // The package asks for spare fonts, and the policy refuses them.
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
  const { page, before } = await openEditor(browser)
  await page.goto(`${ORIGIN}/edit/#/collections/stories/entries/offer`)
  await page.getByRole('button', { name: 'Show Editor Options' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate Entry' }).click()
  await expect(page).toHaveURL(/new/)
  await page.getByRole('textbox', { name: 'Id', exact: true }).first().fill('new-offer')
  // The fields of the title are the first ones with the names of the languages.
  for (const name of ['Кыргызча', 'Русский', 'English'])
    await page.getByRole('textbox', { name, exact: true }).first().fill(`New story ${name}`)
  await save(page)

  const added = 'content/stories/new-offer.json'
  const { [added]: written = '', ...after } = await readFolder(page, [
    ...Object.keys(before),
    added,
  ])
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
