// Tests that Firefox stores no word, answer or digit after a person answers the questions of `tell`
// in two languages. The test also searches the folder while the page is open.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openFirefox, press, Search } from '../support/firefox-profile.ts'
import { keptIn } from '../support/firefox-session.ts'
import { walkTell } from '../support/walk-tell.ts'

/** The fields of open pages that the session files contain, keyed by id and name. */
function fieldsKept(profile: string): string[] {
  const fields: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
      if (/^(id|xpath)$/.test(key) && typeof inner === 'object' && inner !== null)
        fields.push(...Object.keys(inner))
      collect(inner)
    }
  }
  for (const { name, bytes } of keptIn(profile))
    if (/^(sessionstore|recovery|previous).*lz4$/.test(name)) collect(JSON.parse(bytes.toString()))
  return fields
}

test('R18: Firefox keeps no word and no answer of seven questions in two languages', async () => {
  test.setTimeout(600_000)
  const profile = mkdtempSync(join(tmpdir(), 'oasis-firefox-residue-'))
  const search = new Search(profile)
  const expectNone = (): void => {
    expect(search.found()).toEqual([])
    // The session contains only the field from which the test learns that the session was written.
    expect(fieldsKept(profile).filter((field) => field !== 'mark')).toEqual([])
  }
  const firefox = await openFirefox(profile, true)
  try {
    const page = await firefox.newPage()
    page.on('dialog', (dialog) => void dialog.accept())
    const { typed, digits } = await walkTell(page, '7395', async (soFar) => {
      search.words.push(...soFar)
      await search.saved(page)
      expect(fieldsKept(profile)).toContain('mark')
      expectNone()
    })
    search.words.push(...typed)
    search.number = digits
    await search.saved(page)
    expectNone()
    const exit = await page.$eval('[data-exit]', (link) => link.getAttribute('data-exit') ?? '')
    await press(page, '[data-exit]').catch(() => null)
    await search.holds(exit)
    expectNone()
  } finally {
    await firefox.close()
  }
  expect(keptIn(profile).map(({ name }) => name)).toContain('sessionstore.jsonlz4')
  expectNone()
  rmSync(profile, { recursive: true, force: true })
})
