// Opens the editor at /edit/ on a copy of content/ in the browser's private file system.
// The test replaces only the system's folder dialog.
import { expect, type Browser, type Page } from '@playwright/test'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder, root, testDir } from '#scripts/shared/paths'
import { writeEditor } from '#site/editor/build.ts'

const ORIGIN = 'http://editor.localhost'
const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  woff2: 'font/woff2',
}

/** Texts, keyed by path. */
export type Files = Record<string, string>

export interface OpenEditor {
  page: Page
  /** The files of content/ as the editor found them. */
  before: Files
  /** The addresses that the editor requested outside its own host. */
  elsewhere: string[]
  /** Opens an entry of a collection: `records/entries/contacts`. */
  goTo: (entry: string) => Promise<void>
  /** Reads a file of the folder as the editor left it, or null. */
  read: (path: string) => Promise<Buffer | null>
  /** Reads texts of the folder. A missing file counts as an empty text. */
  readTexts: (paths: readonly string[]) => Promise<Files>
  /** Saves the entry that is open. */
  save: () => Promise<void>
}

/** Serves the editor with its own policy from a folder. Returns the addresses of other hosts. */
async function serveFolder(page: Page, folder: string): Promise<string[]> {
  const elsewhere: string[] = []
  const rule = readFileSync(join(folder, '_headers'), 'utf8')
  const policy = /Content-Security-Policy: (.*)/.exec(rule)?.[1] ?? ''
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    const file = join(folder, url.pathname.replace(/\/$/, '/index.html'))
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

/** Opens the editor, and in it a copy of content/. */
export async function openEditor(browser: Browser): Promise<OpenEditor> {
  const folder = join(testDir, 'editor')
  rmSync(folder, { recursive: true, force: true })
  await writeEditor(folder, { OASIS_EDITOR_LANG: 'en' })
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1400, height: 900 } })
  const elsewhere = await serveFolder(page, folder)
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
  const before: Files = Object.fromEntries(
    filesUnder(root, 'content').map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  )
  await putFiles(page, { ...before, '.git/HEAD': 'ref: refs/heads/main\n' })
  await page.getByRole('button', { name: 'Work with Local Repository' }).click()
  await expect(page.getByText('Pages').first()).toBeVisible()
  return {
    page,
    before,
    elsewhere,
    goTo: async (entry) => {
      await page.goto(`${ORIGIN}/edit/#/collections/${entry}`)
    },
    read: (path) => readFrom(page, path),
    readTexts: async (paths) => {
      const texts: Files = {}
      for (const path of paths) texts[path] = (await readFrom(page, path))?.toString() ?? ''
      return texts
    },
    save: async () => {
      const button = page.getByRole('button', { name: 'Save', exact: true })
      await button.click()
      await expect(button).toHaveCount(0)
      await expect(page).not.toHaveURL(/entries/)
    },
  }
}

const putFiles = (page: Page, files: Files): Promise<void> =>
  page.evaluate(async (all) => {
    const top = await navigator.storage.getDirectory()
    for (const [path, text] of Object.entries(all)) {
      const parts = ['project', ...path.split('/')]
      let into = top
      for (const part of parts.slice(0, -1))
        into = await into.getDirectoryHandle(part, { create: true })
      const file = await into.getFileHandle(parts.at(-1) ?? '', { create: true })
      const writable = await file.createWritable()
      await writable.write(text)
      await writable.close()
    }
  }, files)

async function readFrom(page: Page, path: string): Promise<Buffer | null> {
  const bytes = await page.evaluate(async (wanted) => {
    let from = await navigator.storage.getDirectory()
    const parts = ['project', ...wanted.split('/')]
    try {
      for (const part of parts.slice(0, -1)) from = await from.getDirectoryHandle(part)
      const file = await (await from.getFileHandle(parts.at(-1) ?? '')).getFile()
      return [...new Uint8Array(await file.arrayBuffer())]
    } catch {
      return null
    }
  }, path)
  return bytes && Buffer.from(bytes)
}
