// Tests that an editor can add a recording in the browser, and that the built site plays it.
import { expect, test } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { headersAt, rulesOf } from '#scripts/shared/header-rules'
import { measureSite } from '#scripts/lab/budgets/measure'
import { buildCopy } from '#scripts/test/site'
import { recordingFaults } from '#scripts/content/recordings'
import { madeClip } from '#test/clip.ts'
import { openEditor } from '../support/editor.ts'
import { wordsIn } from '../support/words.ts'

const SITE = 'http://heard.localhost'
const CLIP = 'audio/ky/home-promise.opus'

test('A recording that an editor adds in the browser is heard on the built page', async ({
  browser,
}) => {
  // Building the site takes minutes on a slow machine.
  test.setTimeout(600_000)
  const { page, editor, copy, goTo, read, save, stop } = await openEditor(browser, 'recorded')
  const buffer = madeClip(2)
  try {
    await goTo('records/entries/recordings')
    // The first record in the file is for the recording of the sentence home.promise. The editor
    // sometimes shows this record already expanded.
    const expand = editor.getByRole('button', { name: 'Expand', exact: true }).first()
    const browse = editor.getByRole('button', { name: 'Browse' }).first()
    await expect(expand.or(browse).first()).toBeVisible()
    if (!(await browse.isVisible())) await expand.click()
    await browse.click()
    await editor.getByRole('option', { name: 'Recordings: Кыргызча' }).click()
    const chooser = page.waitForEvent('filechooser')
    await editor.getByRole('dialog').getByRole('button', { name: 'Upload' }).click()
    await (await chooser).setFiles({ name: 'home-promise.opus', mimeType: 'audio/ogg', buffer })
    await editor.getByRole('dialog').getByRole('button', { name: 'Insert' }).click()
    await save()
    expect(read('content/recordings.json')?.toString()).toContain(`/${CLIP}`)
    expect(read(`content/${CLIP}`)?.equals(buffer)).toBe(true)
    await expect(page.locator('#verdict')).toHaveText('Nothing is wrong')
  } finally {
    await stop()
  }

  expect(recordingFaults(copy)).toEqual([])
  const built = await buildCopy(copy)
  expect(built.code, built.output).toBe(0)
  const dist = join(copy, 'dist')
  expect(measureSite(dist).flatMap(({ faults }) => faults)).toEqual([])

  const rules = rulesOf(readFileSync(join(dist, '_headers'), 'utf8'))
  const heard = await browser.newPage()
  const asked: string[] = []
  const refused: string[] = []
  heard.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await heard.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    const file = join(dist, pathname.replace(/\/$/, '/index.html'))
    asked.push(pathname)
    if (!existsSync(file)) return route.fulfill({ status: 404, body: '' })
    return route.fulfill({
      body: readFileSync(file),
      contentType: 'text/html',
      headers: Object.fromEntries(headersAt(rules, pathname)),
    })
  })
  await heard.goto(`${SITE}/ky/`)
  await heard.locator('.listen summary').click()
  await expect(heard.getByText(wordsIn('ky')('home.promise')).first()).toBeVisible()
  expect(asked.filter((path) => path.startsWith('/audio/'))).toEqual([])
  await heard.locator('audio').evaluate((audio: HTMLAudioElement) => audio.play())
  await expect
    .poll(() => heard.locator('audio').evaluate((audio: HTMLAudioElement) => audio.duration))
    .toBeCloseTo(2, 0)
  expect(asked.filter((path) => path.startsWith('/audio/'))).toContain(`/${CLIP}`)
  expect(refused).toEqual([])
  await heard.goto(`${SITE}/ru/`)
  await expect(heard.locator('audio')).toHaveCount(0)
  await heard.close()
})
