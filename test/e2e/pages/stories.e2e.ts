// Tests the stories in a browser without JavaScript: with the keyboard, with the back key, and on
// paper.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages, type Language } from '#content/languages.ts'
import { shownScenes, storySchema, type Scene, type StoryRecord } from '#content/story-schema.ts'
import { foundation } from '#content/published.ts'
import { root } from '#scripts/shared/paths'
import { pathOf } from '#site/i18n/paths.ts'
import { storyPage } from '#site/pages.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { newPhone, ORIGIN, PHONE } from '../support/phone.ts'
import { NO_WAIT } from '../support/no-wait.ts'
import { slowUnlessFirst } from '../support/soak.ts'

const folder = join(root, 'content/stories')
const stories: StoryRecord[] = readdirSync(folder)
  .map((name) => storySchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
  .map((story) => ({
    ...story,
    scenes: shownScenes(story.scenes, (by) => foundation[by].value !== null),
  }))
const [first] = stories
if (first === undefined) throw new Error('There is no story.')

async function withoutScript(browser: Browser, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: PHONE,
    baseURL: ORIGIN,
  })
  await act(await context.newPage())
  await context.close()
}

/** Expects that a reader sees this scene and no other. */
async function expectScene(page: Page, lang: Language, { title }: Scene): Promise<void> {
  await expect(page.locator('.scene:visible')).toHaveCount(1)
  await expect(page.locator('.scene:visible h2')).toHaveText(title[lang])
}

/** Follows every choice in a story once, from the first scene. */
async function walk(page: Page, lang: Language, { id, scenes }: StoryRecord): Promise<string[]> {
  const ends: string[] = []
  const seen = new Set<string>()
  const address = pathOf(lang, storyPage(id))
  for (const scene of scenes) {
    await page.goto(scene === scenes[0] ? address : `${address}#${scene.id}`)
    await expectScene(page, lang, scene)
    seen.add(scene.id)
    if (scene.choices.length === 0) ends.push(scene.id)
    for (const { to, text } of scene.choices) {
      await page.locator('.scene:visible .ways-on').getByText(text[lang], { exact: true }).click()
      const next = scenes.find((each) => each.id === to)
      if (next === undefined) throw new Error(`there is no scene ${to}`)
      await expectScene(page, lang, next)
      await page.goBack()
      await expectScene(page, lang, scene)
    }
  }
  expect(seen.size).toBe(scenes.length)
  return ends
}

for (const lang of languages)
  test(
    `Each choice of each story in ${lang} leads to its scene, and the back key leads back`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      await withoutScript(browser, async (page) => {
        for (const story of stories) {
          const ends = await walk(page, lang, story)
          expect(ends.length).toBeGreaterThan(0)
          for (const to of [story.numbers, 'offer-check', 'tell'])
            await expect(
              page.locator(`#${ends[0] ?? ''} a[href="${pathOf(lang, to)}"]`),
            ).toHaveCount(1)
        }
      })
    },
  )

test('By keyboard a choice moves the focus into its scene, and Tab goes on to its choices', async ({
  page,
}) => {
  await page.goto(pathOf('ky', storyPage(first.id)))
  const [start] = first.scenes
  const [choice] = start?.choices ?? []
  const [next] = first.scenes.find(({ id }) => id === choice?.to)?.choices ?? []
  if (!start || !choice || !next) throw new Error('The story has no two choices in a row.')
  await page.locator(`#${start.id} .ways-on a`).first().focus()
  await page.keyboard.press('Enter')
  await expect(page.locator(`#${choice.to}`)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.locator(`#${choice.to} a`).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator(`#${next.to}`)).toBeFocused()
  await page.goBack()
  await expect(page.locator(`#${choice.to}`)).toBeVisible()
  await page.goBack()
  await expect(page.locator(`#${start.id}`)).toBeVisible()
  await expect(page.locator('.scene:visible')).toHaveCount(1)
})

test('R41: After some scenes the quick exit leaves nothing of ours behind Back', async ({
  browser,
}) => {
  const { context, page } = await newPhone(browser)
  await context.route(/^https:/, (route) =>
    route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
  )
  await page.goto('/ky/')
  await page.locator(`main a[href="${pathOf('ky', storyPage(first.id))}"]`).click()
  for (let step = 0; step < 2; step++) {
    const shown = await page.locator('.scene:visible').getAttribute('id')
    await page.locator('.scene:visible .ways-on a').first().click()
    await expect(page.locator(`#${shown ?? ''}`)).toBeHidden()
  }
  await page.locator('[data-exit]:visible').click(NO_WAIT)
  await expect(page.getByText('elsewhere')).toBeVisible()
  await page.goBack().catch(() => null)
  expect(page.url()).not.toContain(ORIGIN)
  await context.close()
})

test('From home a story is one tap away', async ({ browser }) => {
  await withoutScript(browser, async (page) => {
    for (const lang of languages) {
      await page.goto(`/${lang}/`)
      await page.locator(`main a[href="${pathOf(lang, storyPage(first.id))}"]`).click()
      await expect(page.locator('.scene:visible')).toHaveCount(1)
    }
  })
})

test('Every scene passes axe in light and dark and is not wider than the window', async ({
  page,
}) => {
  for (const { id, scenes } of stories)
    for (const scene of scenes) {
      await page.goto(`${pathOf('ky', storyPage(id))}#${scene.id}`)
      await page.setViewportSize({ width: 320, height: 640 })
      await expectNoSideways(page)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await expectAccessible(page)
      }
    }
})

test('On paper a story has all scenes in order, and a choice has the number of its scene', async ({
  page,
}) => {
  for (const { id, scenes } of stories) {
    await page.goto(`${pathOf('en', storyPage(id))}#${scenes[1]?.id ?? ''}`)
    await page.emulateMedia({ media: 'print' })
    await expect(page.locator('.scene h2:visible')).toHaveText(scenes.map(({ title }) => title.en))
    const places = await page
      .locator(`#${scenes[0]?.id ?? ''} .ways-on a`)
      .evaluateAll((links) => links.map((link) => Number(link.getAttribute('data-place'))))
    const numbers = scenes[0]?.choices.map(
      ({ to }) => scenes.findIndex((scene) => scene.id === to) + 1,
    )
    expect(places).toEqual(numbers)
    await page.emulateMedia({ media: 'screen' })
  }
})
