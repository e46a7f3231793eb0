// Tests a shift in Firefox, which does not support virtual passkeys. A colleague signs in with
// paper, takes a case and writes in it. The colleague then locks and unlocks the app, finds the
// case and signs out.
import { launch, type ElementHandle, type Page } from 'puppeteer-core'
import { STAFF_ORIGIN } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, PASSPHRASE, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const WORDS = 'Firefox менен окулат, паспортту алышты 8301'
const NOTE = 'Эжесине чалдым 8302'
const REPLY = 'Биз эртең жазабыз 8303'
const TASK = 'Консулдукка чалуу 8304'
const HANDOVER = 'Жооп күтүп жатабыз 8305'
/** Opening a sheet takes many seconds on a busy machine. */
const OPENED_MS = 90_000

type Keys = readonly [tag: string, key: string]

async function found(page: Page, [tag, key]: Keys): Promise<ElementHandle> {
  const path = `xpath/.//${tag}[normalize-space()="${words(key)}"]`
  const element = await page.waitForSelector(path, { visible: true, timeout: OPENED_MS })
  if (!element) throw new Error(`the page shows no ${key}`)
  return element
}

const press = async (page: Page, key: string, tag = 'button'): Promise<void> =>
  (await found(page, [tag, key])).click()

/** Types into the field with this label, which may be visible only to screen readers. */
async function fill(page: Page, key: string, text: string): Promise<void> {
  const isFocused = (wanted: string): boolean => {
    const label = [...document.querySelectorAll('label')].find(
      ({ textContent }) => textContent.trim() === wanted,
    )
    const field =
      label?.control ?? document.querySelector<HTMLElement>(`[aria-label="${wanted}"]`) ?? null
    field?.focus()
    return field !== null && document.activeElement === field
  }
  await page.waitForFunction(isFocused, { timeout: OPENED_MS }, words(key))
  await page.keyboard.type(text)
}

const shows = (page: Page, text: string, within: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted, selector) =>
      [...document.querySelectorAll(selector)].some((each) => each.textContent.includes(wanted)),
    { timeout: OPENED_MS },
    text,
    within,
  )

async function openByPaper(page: Page, secret: string, go: string): Promise<void> {
  await fill(page, 'staff.secret', secret)
  await fill(page, 'staff.passphrase', PASSPHRASE)
  await press(page, go)
  await found(page, ['button', 'staff.lock'])
}

test('A colleague works a case in Firefox, from taking it to signing out', async ({ staff }) => {
  test.setTimeout(560_000)
  await sendSealedReport({ text: WORDS }, [])
  const firefox = await launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX_PATH'] ?? '',
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'ky' },
  })
  try {
    const page = await firefox.newPage()
    await page.setViewport({ width: 1280, height: 800 })
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.goto(`${STAFF_ORIGIN}/staff/`)
    await press(page, 'staff.signin.paper', 'summary')
    await openByPaper(page, staff.secret, 'staff.signin.paper.go')

    const line = `xpath/.//button[contains(@class, "line")][contains(., "${WORDS}")]`
    await (await page.waitForSelector(line, { visible: true, timeout: OPENED_MS }))?.click()
    await shows(page, WORDS, '.report .thread')
    await press(page, 'staff.take')
    await shows(page, words('staff.assign.me'), '#assignee-title')
    await fill(page, 'staff.notes.text', NOTE)
    await press(page, 'staff.notes.save')
    await shows(page, NOTE, '.notes')
    await fill(page, 'staff.answer.text', REPLY)
    await press(page, 'staff.answer.look')
    await press(page, 'staff.answer.send')
    await shows(page, words('staff.answer.sent'), '[role=status]')

    await press(page, 'staff.task.add')
    await fill(page, 'staff.task.text', TASK)
    await press(page, 'staff.task.save')
    await shows(page, TASK, '[aria-labelledby=tasks-title]')
    await press(page, 'staff.shift.one')
    await fill(page, 'staff.shift.text', HANDOVER)
    await press(page, 'staff.shift.go')
    await shows(page, words('staff.shift.saved'), '[role=status]')

    await press(page, 'staff.lock')
    await press(page, 'staff.locked.passphrase', 'summary')
    await openByPaper(page, staff.secret, 'staff.locked.open')
    for (const [text, within] of [
      [REPLY, '.from-us'],
      [NOTE, '.notes'],
      [TASK, '[aria-labelledby=tasks-title]'],
    ] as const)
      await shows(page, text, within)

    await page.focus('#report-title')
    await page.keyboard.press('Escape')
    await fill(page, 'staff.list.search', '8304')
    await shows(page, WORDS, '.queue .line')
    await press(page, 'staff.menu', 'summary')
    await press(page, 'staff.signout')
    await found(page, ['button', 'staff.signin.go'])
    expect(await page.evaluate(async () => (await fetch('/api/staff/me')).status)).toBe(401)
    expect(faults).toEqual([])
  } finally {
    await firefox.close()
  }
})
