// Plays out a colleague's working day, and finds each control by the words on the screen. Puppeteer
// drives Chromium and Firefox alike. Every word that the colleague types or reads is recorded, so
// that a test can search for it.
import { expect } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { PASSPHRASE } from '#scripts/browser/staff'
import { STAFF_ORIGIN } from './phone.ts'
import { photograph, sendSealedReport } from './sealed-report.ts'
import { wordsIn } from './words.ts'

const words = wordsIn('ky')
/** Argon2id and the first reading of all cases take a long time on a busy machine. */
const WAIT_MS = 120_000
/** A range of bytes from the middle of the picture. No other file contains these bytes. */
const PICTURE_PART = [2000, 2032] as const

/** Presses the visible element with exactly this name, as soon as the element is no longer busy. */
async function press(page: Page, name: string, among = 'button, summary'): Promise<void> {
  const isPressed = (): Promise<boolean> =>
    page.evaluate(
      (selector, wanted) => {
        const found = [...document.querySelectorAll<HTMLElement>(selector)].find(
          (each) =>
            each.getClientRects().length > 0 &&
            each.getAttribute('aria-disabled') !== 'true' &&
            (each.getAttribute('aria-label') ?? each.textContent).trim() === wanted,
        )
        found?.click()
        return found !== undefined
      },
      among,
      name,
    )
  await expect.poll(isPressed, { timeout: WAIT_MS, message: name }).toBe(true)
}

/** Types into the field with exactly this label. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  const isFocused = (): Promise<boolean> =>
    page.evaluate((wanted) => {
      const found = [...document.querySelectorAll('label')].find(
        (each) => each.getClientRects().length > 0 && each.textContent.trim() === wanted,
      )
      const control = found?.control ?? null
      control?.focus()
      return control !== null && document.activeElement === control
    }, label)
  await expect.poll(isFocused, { timeout: WAIT_MS, message: label }).toBe(true)
  await page.keyboard.type(text)
}

const count = (page: Page, selector: string): Promise<number> =>
  page.evaluate((css) => document.querySelectorAll(css).length, selector)

async function shows(page: Page, selector: string, text: string): Promise<void> {
  const read = (): Promise<string> =>
    page.evaluate(
      (css) => [...document.querySelectorAll(css)].map((each) => each.textContent).join('\n'),
      selector,
    )
  await expect.poll(read, { timeout: WAIT_MS }).toContain(text)
}

interface StaffDay {
  /** everything that the profile must not contain */
  canaries: (string | Buffer)[]
  /** signs in with paper and works until a reply is half written; the case is then open */
  work: (page: Page) => Promise<void>
  lock: (page: Page) => Promise<void>
}

/**
 * Sends a report with a picture, and prepares a day's work on it.
 *
 * @param secret  the printed secret of a colleague who is an admin and a reader
 * @param mark    digits that no other test uses
 */
export async function prepareDay(secret: string, mark: string): Promise<StaffDay> {
  const letter = `Кампанын артында жашайбыз ${mark}`
  const picture = await photograph()
  await sendSealedReport({ text: letter }, [
    { content: picture, says: { type: 'image/jpeg', made: 'redrawn' } },
  ])
  const typed = {
    missed: `табылбаган издөө ${mark}`,
    note: `Жазуу: эшиги көк ${mark}`,
    title: `Аты: кампа ${mark}`,
    tag: `белги${mark}`,
    draft: `Жооптун башы ${mark}`,
    view: `Көрүнүш ${mark}`,
    template: `Үлгү: рахмат сизге ${mark}`,
  }
  return {
    canaries: [
      ...[letter, ...Object.values(typed), secret, PASSPHRASE],
      Buffer.from(picture.slice(...PICTURE_PART)),
    ],
    work: async (page) => {
      await signIn(page, secret)
      await writeTemplate(page, typed.template)
      await saveView(page, typed.view)
      await findCase(page, typed.missed, letter)
      await workOnCase(page, typed)
    },
    lock: async (page) => {
      await press(page, words('staff.lock'))
      await expect.poll(() => count(page, '.report'), { timeout: WAIT_MS }).toBe(0)
    },
  }
}

async function signIn(page: Page, secret: string): Promise<void> {
  // In a narrow window, the note and the conversation are two tabs.
  await page.setViewport({ width: 1280, height: 800 })
  await page.goto(`${STAFF_ORIGIN}/staff/`)
  await press(page, words('staff.signin.paper'))
  await fill(page, words('staff.secret'), secret)
  await fill(page, words('staff.passphrase'), PASSPHRASE)
  await press(page, words('staff.signin.paper.go'))
  // If the list does not appear, the failure message shows the text of the page.
  const seen = (): Promise<string> =>
    page.evaluate(() => (document.querySelector('.queue') ? 'the list' : document.body.innerText))
  await expect.poll(seen, { timeout: WAIT_MS }).toBe('the list')
}

async function writeTemplate(page: Page, text: string): Promise<void> {
  await press(page, words('staff.menu'))
  await press(page, words('staff.screen.templates'))
  const title = words('staff.template.own_1')
  await press(page, `${words('staff.template.edit')}: ${title}`)
  await fill(page, words('staff.template.text'), text)
  await press(page, words('staff.template.save'))
  await shows(page, '.card', words('staff.template.saved'))
  await press(page, words('staff.menu'))
  await press(page, words('staff.screen.reports'))
}

async function saveView(page: Page, name: string): Promise<void> {
  await press(page, words('staff.list.filter'))
  await fill(page, words('staff.list.save'), name)
  await press(page, words('staff.list.save.go'), '.saved-views button')
  await shows(page, '.views', name)
  await page.evaluate(() => document.querySelector<HTMLElement>('.filter-go')?.click())
}

/** Searches for words that no case contains and for the words of the case, and opens the case. */
async function findCase(page: Page, missed: string, letter: string): Promise<void> {
  await fill(page, words('staff.list.search'), missed)
  await expect.poll(() => count(page, '.queue .line'), { timeout: WAIT_MS }).toBe(0)
  await page.keyboard.press('Escape')
  await fill(page, words('staff.list.search'), letter)
  await expect.poll(() => count(page, '.queue .line'), { timeout: WAIT_MS }).toBe(1)
  await page.evaluate(() => document.querySelector<HTMLElement>('.queue .line')?.click())
  await shows(page, '.thread', letter)
}

interface Typed {
  note: string
  title: string
  tag: string
  draft: string
}

async function workOnCase(page: Page, { note, title, tag, draft }: Typed): Promise<void> {
  await fill(page, words('staff.notes.text'), note)
  await press(page, words('staff.notes.save'))
  await shows(page, '.notes', note)
  await press(page, words('staff.summary.write'))
  await fill(page, words('staff.summary.name'), title)
  await fill(page, words('staff.summary.tags'), tag)
  await press(page, words('staff.record.save'), '.report button')
  await shows(page, '#report-title', title)
  await press(page, words('staff.file.open'))
  await press(page, words('staff.file.show'))
  const isDrawn = (): Promise<boolean> =>
    page.evaluate(
      () => (document.querySelector<HTMLImageElement>('.file img')?.naturalWidth ?? 0) > 0,
    )
  await expect.poll(isDrawn, { timeout: WAIT_MS }).toBe(true)
  expect((await page.pdf()).length).toBeGreaterThan(0)
  await fill(page, words('staff.answer.text'), draft)
}
