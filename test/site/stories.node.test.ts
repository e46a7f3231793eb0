// Checks the stories: the paths through the scenes, the texts, and the built pages.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { facts } from '#content/published.ts'
import { HURTFUL, languages, type Language } from '#content/languages.ts'
import { shownScenes, storySchema, wayFaults, type Scene } from '#content/story-schema.ts'
import { headersAt, rulesOf } from '#scripts/shared/header-rules'
import { readStories } from '#scripts/content/story-texts'
import { root } from '#scripts/shared/paths'
import { firstScenes } from '#site/components/pictures/first-scenes.ts'
import { pictureNamed } from '#site/components/pictures/scenes.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { t } from '#site/i18n/text.ts'
import { isPage, storyPage } from '#site/pages.ts'
import { paragraphsOf, stepsOf, stories, storyPages } from '#site/stories.ts'
import { dist } from './built.ts'

const PAGE_BYTES = 12_288

const htmlOf = (lang: Language, page: string): string =>
  readFileSync(join(dist, pathOf(lang, page), 'index.html'), 'utf8')
const written = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/'/g, '&#39;').replace(/"/g, '&quot;')
const wordsOf = (lang: Language, scene: Scene): string[] => [
  scene.title[lang],
  ...paragraphsOf(scene.text[lang]),
  ...scene.choices.map(({ text }) => text[lang]),
  ...stepsOf(scene.now?.[lang] ?? ''),
]

describe('the way through a story', () => {
  const words = { ky: 'а', ru: 'а', en: 'a' }
  const scene = (id: string, ...to: string[]): Scene => ({
    id,
    picture: 'phone',
    title: words,
    text: words,
    signedBy: null,
    choices: to.map((other) => ({ to: other, text: words })),
    now: to.length === 0 ? words : null,
  })

  test('Two choices that lead to two ends have no fault', () => {
    expect(wayFaults([scene('a', 'b', 'c'), scene('b'), scene('c')])).toEqual([])
  })

  test.each([
    ['no scene x', [scene('a', 'x', 'b'), scene('b')]],
    ['no choice leads here', [scene('a', 'b', 'c'), scene('b'), scene('c'), scene('d')]],
    ['never comes to an end', [scene('a', 'b', 'c'), scene('b', 'c', 'a'), scene('c', 'b', 'a')]],
    ['stands twice', [scene('a', 'b', 'c'), scene('b'), scene('c'), scene('c')]],
    ['one choice', [scene('a', 'b'), scene('b')]],
    ['says nothing to do', [scene('a', 'b', 'c'), scene('b'), { ...scene('c'), now: null }]],
    ['is no end', [{ ...scene('a', 'b', 'c'), now: words }, scene('b'), scene('c')]],
    ['choose another id', [scene('main', 'b', 'c'), scene('b'), scene('c')]],
  ])('A story is refused when it has the fault "%s"', (fault, scenes) => {
    expect(wayFaults(scenes).join('\n')).toContain(fault)
  })

  test('A scene without its signature goes, with the choices that lead to it', () => {
    const advice: Scene = { ...scene('b', 'c', 'd'), signedBy: 'familyAdvice' }
    const scenes = [scene('a', 'b', 'c', 'd'), advice, scene('c'), scene('d')]
    expect(shownScenes(scenes, () => true)).toEqual(scenes)
    expect(shownScenes(scenes, () => false)).toEqual([scene('a', 'c', 'd'), scene('c'), scene('d')])
  })

  test('A story whose way breaks without an unsigned scene is refused', () => {
    const [story] = stories
    if (story === undefined) throw new Error('There is no story.')
    const [first, ...others] = story.scenes
    const broken = others.map((each) =>
      each.id === first?.choices[0]?.to ? { ...each, signedBy: 'familyAdvice' } : each,
    )
    const cut = { ...story, scenes: [{ ...first, choices: first?.choices.slice(0, 2) }, ...broken] }
    expect(storySchema.safeParse(cut).error?.message).toContain('one choice is no choice')
  })

  test('The story of an offer can end with a journey after a check, and with staying', () => {
    const offer = stories.find(({ id }) => id === 'offer')
    const ends = offer?.scenes.filter(({ choices }) => choices.length === 0).map(({ id }) => id)
    expect(ends).toEqual(['road', 'stay', 'go'])
  })

  test('Whoever is called can write it down at once, before and after the signature', () => {
    const { story } = readStories(root).find(({ path }) => path.endsWith('/call.json')) ?? {}
    for (const isSigned of [true, false]) {
      const [first] = shownScenes(story?.scenes ?? [], () => isSigned)
      expect(first?.choices.map(({ to }) => to)).toContain('notes')
      expect(first?.choices.some(({ to }) => to === 'loud' || to === 'listen')).toBe(isSigned)
    }
  })

  test('A story that lacks a language in one choice is refused', () => {
    const [story] = stories
    expect(storySchema.safeParse(story).success).toBe(true)
    const text = JSON.stringify(story).replace(
      /("to":"[^"]+","text":\{"ky":"[^"]+"),"ru":"[^"]+"/,
      '$1',
    )
    expect(storySchema.safeParse(JSON.parse(text)).success).toBe(false)
  })
})

test('There are at least three stories, in the order of the list, each from its own file', () => {
  expect(stories.length).toBeGreaterThanOrEqual(3)
  expect(stories.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['offer', 'call', 'colleague']),
  )
  const read = readStories(root)
  expect(read.flatMap(({ fault }) => fault ?? [])).toEqual([])
  expect(read.map(({ path }) => path)).toEqual(stories.map(({ id }) => `stories/${id}.json`).sort())
  expect(storyPages).toEqual(stories.map(({ id }) => storyPage(id)))
})

test('Each story of ours begins with a drawing that no other scene has', () => {
  const named = stories.flatMap(({ scenes }) => scenes.map(({ picture }) => picture))
  const begins = stories.map(({ scenes: [first] }) => first?.picture ?? '')
  expect([...begins].sort()).toEqual(Object.keys(firstScenes).sort())
  for (const picture of begins) expect(named.filter((each) => each === picture)).toEqual([picture])
})

describe.each(stories)('the story $id', (story) => {
  test('The story has drawings that exist, published facts and pages that exist', () => {
    for (const { picture } of story.scenes) expect(pictureNamed(picture)).toBe(picture)
    expect(new Set(story.scenes.map(({ picture }) => picture)).size).toBe(story.scenes.length)
    for (const id of story.facts) expect(facts.map((fact) => fact.id)).toContain(id)
    for (const page of story.related) expect(isPage(page), page).toBe(true)
  })

  test('The story has the same paragraphs and steps in every language', () => {
    for (const scene of story.scenes)
      for (const lang of languages)
        expect(wordsOf(lang, scene), `${lang} ${scene.id}`).toHaveLength(
          wordsOf('ky', scene).length,
        )
  })

  test.each(languages)(
    'The words of the story in %s are calm and have no number to call',
    (lang) => {
      for (const words of [
        story.title[lang],
        ...story.scenes.flatMap((one) => wordsOf(lang, one)),
      ]) {
        expect(words).not.toMatch(/[\p{L}\d»”]!/u)
        expect(words).not.toMatch(HURTFUL[lang])
        expect(words).not.toMatch(/\+?\d[\d -]{7,}\d|\b1\d\d\b/)
      }
    },
  )

  describe.each(languages)('on its page in %s', (lang) => {
    const html = htmlOf(lang, storyPage(story.id))

    test('The first scene shows its drawing with the light, as home and the list do', () => {
      const [, drawing] = Object.entries(firstScenes).find(
        ([name]) => name === story.scenes[0]?.picture,
      ) ?? ['', []]
      for (const shown of [html, htmlOf(lang, ''), htmlOf(lang, 'stories')])
        for (const [layer, path] of drawing)
          expect(shown).toContain(`<path class="${layer}" d="${path}"`)
      expect(drawing.map(([layer]) => layer)).toContain('light')
    })

    test('The page has all scenes in order, each with its words, and fits its bound', () => {
      const ids = [...html.matchAll(/<section id="([^"]+)" class="scene/g)].map(([, id]) => id)
      expect(ids).toEqual(story.scenes.map(({ id }) => id))
      for (const scene of story.scenes)
        for (const words of wordsOf(lang, scene)) expect(html).toContain(written(words))
      expect(html).toContain(written(t(lang, 'story.made')))
      const packed = brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      expect(packed.length).toBeLessThanOrEqual(PAGE_BYTES)
    })

    test('Each choice is a link to its scene, and each end says where to turn now', () => {
      for (const part of html.split('<section ').slice(1)) {
        const id = /id="([^"]+)"/.exec(part)?.[1]
        const scene = story.scenes.find((each) => each.id === id)
        const hrefs = [...part.matchAll(/<a href="(#[^"]+)" data-place/g)].map(([, to]) => to)
        expect(hrefs).toEqual(scene?.choices.map(({ to }) => `#${to}`))
        for (const page of [story.numbers, 'offer-check', 'tell'])
          expect(part.split('</section>')[0]?.includes(`<a href="${pathOf(lang, page)}"`)).toBe(
            scene?.choices.length === 0,
          )
      }
    })

    test('The page of a story has one script more than every page, in the page itself', () => {
      const scripts = (page: string): string[] =>
        htmlOf(lang, page).match(/<script(?![^>]*ld\+json)[^>]*>/g) ?? []
      const ofStory = scripts(storyPage(story.id))
      expect(ofStory).toHaveLength(scripts('rights').length + 1)
      expect(ofStory.filter((tag) => tag.includes('src='))).toEqual([])
    })
  })
})

test.each(languages)('Home and the list of stories in %s link every story', (lang) => {
  for (const page of ['', 'stories'])
    for (const story of storyPages)
      expect(htmlOf(lang, page)).toContain(`<a href="${pathOf(lang, story)}"`)
})

test('The pages of the stories have one rule of headers, and search engines may list them', () => {
  const rules = rulesOf(readFileSync(join(dist, '_headers'), 'utf8'))
  expect(rules.filter(({ path }) => path.includes('/stories/:story'))).toHaveLength(1)
  for (const page of storyPages) {
    const headers = headersAt(rules, pathOf('ky', page))
    expect(headers.get('Content-Security-Policy')?.match(/default-src/g)).toHaveLength(1)
    expect(headers.get('X-Robots-Tag')).toBeUndefined()
  }
})
