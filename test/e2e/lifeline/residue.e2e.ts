// Tests that Chromium stores no word, answer or digit after a person answers all questions of
// `tell` in two languages.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launch } from 'puppeteer-core'
import { foundUnder } from '../support/folder-search.ts'
import { ORIGIN, WHOLE } from '../support/phone.ts'
import { piecesOf } from '../support/traffic.ts'
import { walkTell } from '../support/walk-tell.ts'

/** The session files would contain the name and value of each field on an open page. */
const SESSIONS = /[\\/]Sessions[\\/]/
/** The field names of `tell`. */
const FIELDS = ['danger', 'door', 'signs', 'contact.how', 'contact.avoid', 'consent']

/** Returns the digits in all groupings that a file could contain. */
const writtenAs = (digits: string): string[] => [
  ...piecesOf(digits, 10),
  ...piecesOf(digits.replace(/\d{4}(?=\d)/g, '$& '), 12),
]

test('R18: Chromium keeps no word and no answer of seven questions in two languages', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'oasis-residue-'))
  const expectNone = (sentences: string[]): void => {
    expect(foundUnder(profile, sentences)).toEqual([])
    expect(foundUnder(profile, FIELDS, SESSIONS)).toEqual([])
  }
  const browser = await launch({
    ...WHOLE,
    // No other host name resolves, so that the exit contacts no other host.
    args: [...WHOLE.args, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    headless: true,
    userDataDir: profile,
  })
  let searched: string[] = []
  try {
    const page = await browser.newPage()
    page.on('dialog', (dialog) => void dialog.accept())
    const { typed, digits } = await walkTell(page, '7394', (soFar) => {
      expectNone(soFar)
      return Promise.resolve()
    })
    searched = [...typed, ...writtenAs(digits)]
    expectNone(searched)
    await page.$eval('[data-exit]', (link) => (link as HTMLElement).click())
    await expect.poll(() => page.url()).not.toContain(ORIGIN)
    expectNone(searched)
  } finally {
    await browser.close()
  }
  // The search finds the record of the visit, which a page cannot delete. So the search works.
  for (const files of [/History$/, SESSIONS])
    expect(foundUnder(profile, [`${ORIGIN}/ky/tell/`], files)).not.toEqual([])
  expectNone(searched)
  rmSync(profile, { recursive: true, force: true })
})
