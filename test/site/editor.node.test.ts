import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type z } from 'zod'
import { languages, type Language } from '#content/languages.ts'
import { organisationSchema } from '#content/organisation.ts'
import { recordingSchema } from '#content/recordings.ts'
import { cardSchema, countrySchema } from '#content/country-schema.ts'
import { contactSchema, factSchema, linkSchema, networkSchema } from '#content/schema.ts'
import { sceneSchema, storySchema } from '#content/story-schema.ts'
import { root } from '#scripts/shared/paths'
import { backendFrom, SERVED } from '#site/editor/backend.ts'
import { editorPolicy, labelsOf } from '#site/editor/edit-page.ts'
import { editorConfig } from '#site/editor/config.ts'
import { insertionOf, placed } from '#site/editor/insertion.ts'
import { listsIn } from '#site/editor/lists.ts'
import { editorEntryOf, pageShown } from '#site/editor/places.ts'

test('A build without a repository has no editor, which reaches only its own files', () => {
  expect(backendFrom({})).toBeNull()
  expect(editorPolicy([])).toContain("connect-src 'self' blob:")
  expect(editorPolicy([])).not.toContain('http')
})

test('The editor may call the one server that holds the repository', () => {
  const env = { OASIS_EDITOR_REPO: 'oasis/site', OASIS_EDITOR_BACKEND: 'gitea' }
  const found = backendFrom({ ...env, OASIS_EDITOR_API: 'https://git.example/api/v1' })
  expect(found?.backend).toEqual({
    name: 'gitea',
    repo: 'oasis/site',
    api_root: 'https://git.example/api/v1',
    base_url: 'https://git.example',
  })
  expect(found?.hosts).toEqual(['https://git.example'])
})

test('A malformed repository, an unknown backend or a plain http address stops the build', () => {
  const repo = { OASIS_EDITOR_REPO: 'oasis/site' }
  expect(() => backendFrom({ OASIS_EDITOR_REPO: 'x; script-src *' })).toThrow('owner/name')
  expect(() => backendFrom({ ...repo, OASIS_EDITOR_BACKEND: 'ftp' })).toThrow('gitea')
  expect(() => backendFrom({ ...repo, OASIS_EDITOR_API: 'http://git.example' })).toThrow('https')
})

interface Shown {
  name: string
  options?: unknown
  fields?: Shown[]
}
interface Collection extends Shown {
  files?: Shown[]
}
const shapes: Readonly<Record<string, z.ZodObject>> = {
  contacts: contactSchema,
  links: linkSchema,
  network: networkSchema,
  facts: factSchema,
  countries: countrySchema,
  cards: cardSchema,
  recordings: recordingSchema,
}
/** Returns the configuration of `npm run edit`. */
async function configIn(lang: Language): Promise<{ collections: Collection[] }> {
  const label = await labelsOf(lang)
  const lists = listsIn(lang, label)
  return editorConfig({ backend: SERVED, lang, label, lists }) as { collections: Collection[] }
}

const namesOf = (fields: readonly Shown[] = []): string[] => fields.map(({ name }) => name).sort()

test.each(languages)(
  'The editor in %s has the fields of each record, with a label',
  async (lang) => {
    const config = await configIn(lang)
    const records = config.collections.find(({ name }) => name === 'records')?.files ?? []
    const organisation = records.find(({ name }) => name === 'organisation')?.fields ?? []
    expect(namesOf(organisation)).toEqual(Object.keys(organisationSchema.shape).sort())
    for (const [name, shape] of Object.entries(shapes)) {
      const [list] = records.find((file) => file.name === name)?.fields ?? []
      expect(namesOf(list?.fields), name).toEqual(Object.keys(shape.shape).sort())
    }
  },
)

test('An editor may add the text of a country, which becomes the file of its code', async () => {
  const config = await configIn('en')
  const texts = config.collections.find(({ name }) => name === 'country-texts')
  expect(texts).toMatchObject({
    folder: 'content/countries',
    slug: '{{country}}',
    create: true,
    i18n: true,
  })
  const head = readFileSync(join(root, 'content/countries/ky/ru.mdx'), 'utf8').split('---')[1] ?? ''
  const inHead = [...head.matchAll(/^(\w+):/gm)].map(([, name = '']) => name)
  expect(namesOf(texts?.fields)).toEqual([...inHead, 'body'].sort())
})

test('An editor may add a story or copy one, in a file with the fields of a story', async () => {
  const config = await configIn('en')
  const found = config.collections.find(({ name }) => name === 'stories')
  expect(found).toMatchObject({
    folder: 'content/stories',
    extension: 'json',
    slug: '{{id}}',
    create: true,
    duplicate: true,
  })
  const { shape } = storySchema
  expect(namesOf(found?.fields)).toEqual(Object.keys(shape).sort())
  const scenes = found?.fields?.find(({ name }) => name === 'scenes')
  const scene = Object.keys(sceneSchema.shape).sort()
  expect(namesOf(scenes?.fields)).toEqual(scene)
})

test('Facts and pages to read next are lists in the words of the editor', async () => {
  const { collections } = await configIn('ru')
  const pages = collections.find(({ name }) => name === 'pages')?.fields ?? []
  const optionsOf = (name: string): unknown => pages.find((field) => field.name === name)?.options
  expect(optionsOf('facts')).toContainEqual({
    value: 'registered',
    label: expect.stringContaining('Мы зарегистрированы в 2008 году') as string,
  })
  expect(optionsOf('related')).toContainEqual({ value: 'rights', label: 'Права и помощь' })
  expect(optionsOf('related')).toContainEqual({ value: 'country/kr', label: 'Южная Корея' })
})

test('What an editor inserts stays in the language of the text', async () => {
  const lists = listsIn('ky', await labelsOf('ky'))
  expect(insertionOf('pages', 'rights', 'ru', lists)).toMatch(/^\[.+\]\(\/ru\/rights\/\)$/)
  expect(insertionOf('facts', 'unodc', 'ru', lists)).toBe('<FactText id="unodc" />')
  expect(insertionOf('numbers', 'KG-01', 'ru', lists)).toBe("<Contacts ids={['KG-01']} />")
  expect(placed('<Onward />', 'Words', 'more')).toBe('\n\n<Onward />\n\n')
  expect(placed('<Onward />', 'Words\n\n', '\n\nmore')).toBe('<Onward />')
  expect(placed('[a](/ru/rights/)', 'Words ', '')).toBe('[a](/ru/rights/)')
})

test('Each file of a fault has its entry, and each entry its page', () => {
  expect(editorEntryOf('content/pages/ru/about.mdx')).toBe('#/collections/pages/entries/about')
  expect(editorEntryOf('content/countries/ky/kr.mdx')).toBe(
    '#/collections/country-texts/entries/kr',
  )
  expect(editorEntryOf('content/contacts.json')).toBe('#/collections/records/entries/contacts')
  expect(editorEntryOf('content/strings/en/tools.json')).toBeNull()
  expect(pageShown('#/collections/pages/entries/about', 'ru')).toBe('/ru/about/')
  expect(pageShown('#/collections/country-texts/entries/kr', 'ky')).toBe('/ky/country/kr/')
  expect(pageShown('#/collections/pages', 'en')).toBe('/en/')
})
