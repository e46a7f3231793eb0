// Starts `npm run edit` in a copy of the project, and opens the address that the command prints.
import { expect, type Browser, type FrameLocator, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { endChild, firstMatch } from '#scripts/shared/child-process'
import { filesUnder, testDir, testOrgDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { copyProject } from '#scripts/test/site'

/** Texts, by path. */
export type Files = Record<string, string>

export interface OpenEditor {
  page: Page
  /** The editor inside the page. */
  editor: FrameLocator
  /** The folder of the copy. */
  copy: string
  /** The files in content/ as the editor found them. */
  before: Files
  /** The addresses outside this machine that the page requested. */
  elsewhere: string[]
  /** Opens an entry in a collection: `records/entries/contacts`. */
  goTo: (entry: string) => Promise<void>
  /** Returns the bytes of a file in the copy, or null for a missing file. */
  read: (path: string) => Buffer | null
  /** Lists the files in content/ that have changed. */
  changed: () => string[]
  /** Saves the entry that is open, and waits until its faults are known. */
  save: () => Promise<void>
  /** Ends the command. */
  stop: () => Promise<void>
}

const textsIn = (copy: string): Files =>
  Object.fromEntries(
    filesUnder(copy, 'content').map((path) => [path, readFileSync(join(copy, path), 'utf8')]),
  )

/** Opens the editor in a language, in a copy with this name. */
export async function openEditor(browser: Browser, name: string, lang = 'en'): Promise<OpenEditor> {
  const copy = join(testDir, name)
  copyProject(copy)
  // Copying the test organisation is faster than making a new one.
  cpSync(testOrgDir, join(copy, '.oasis/org'), { recursive: true })
  const before = textsIn(copy)
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/edit.ts', lang, '--print'],
    {
      cwd: copy,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PORT: String(await anyPort()), OASIS_STATE: join(copy, '.oasis') },
    },
  )
  const [address = ''] = await firstMatch(child, child.stdout, /http:\/\/\S+key=\S+/).catch(
    async (cause: unknown) => {
      await endChild(child)
      throw cause
    },
  )
  // The editor renders only the fields inside the window.
  const page = await browser.newPage({ viewport: { width: 1800, height: 2400 } })
  const elsewhere: string[] = []
  page.on('response', (answer) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(answer.url())) elsewhere.push(answer.url())
  })
  const editor = page.frameLocator('#editor')
  const verdict = page.locator('#verdict[data-wrong]')
  try {
    await page.goto(address)
    await expect(editor.getByRole('searchbox')).toBeVisible()
  } catch (cause) {
    await endChild(child)
    throw cause
  }
  return {
    page,
    editor,
    copy,
    before,
    elsewhere,
    goTo: async (entry) => {
      const [list = ''] = entry.split('/')
      // An editor goes from one entry to the next through the list of entries.
      for (const place of [list, entry]) {
        await page.locator('#editor').evaluate((frame: HTMLIFrameElement, hash) => {
          if (frame.contentWindow) frame.contentWindow.location.hash = hash
        }, `#/collections/${place}`)
        if (place === list) await expect(editor.getByRole('searchbox')).toBeVisible()
      }
      await expect(editor.getByRole('button', { name: /^(Save|Сохранить)$/ })).toBeVisible()
    },
    read: (path) => (existsSync(join(copy, path)) ? readFileSync(join(copy, path)) : null),
    changed: () => {
      const after = textsIn(copy)
      return [...new Set([...Object.keys(before), ...Object.keys(after)])]
        .filter((path) => before[path] !== after[path])
        .sort()
    },
    save: async () => {
      const button = editor.getByRole('button', { name: /^(Save|Сохранить)$/ })
      const known = page.waitForResponse((answer) => answer.url().endsWith('/state'))
      await button.click()
      await expect(button).toBeDisabled()
      await known
      await expect(verdict).not.toHaveText(/…$/)
    },
    stop: async () => {
      await page.close()
      await endChild(child)
    },
  }
}
