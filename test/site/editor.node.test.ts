import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type z } from 'zod'
import { languages } from '#content/languages.ts'
import { organisationSchema } from '#content/organisation.ts'
import { recordingSchema } from '#content/recordings.ts'
import { cardSchema, countrySchema } from '#content/country-schema.ts'
import { contactSchema, factSchema, linkSchema, networkSchema } from '#content/schema.ts'
import { sceneSchema, storySchema } from '#content/story-schema.ts'
import { root } from '#scripts/shared/paths'
import { backendFrom } from '#site/editor/backend.ts'
import { editorPolicy, labelsOf } from '#site/editor/edit-page.ts'
import { editorConfig } from '#site/editor/config.ts'

test('Without a repository the editor can reach only its own files', () => {
  expect(backendFrom({}).hosts).toEqual([])
  expect(editorPolicy([])).toContain("connect-src 'self' blob:")
  expect(editorPolicy([])).not.toContain('http')
})

test('The editor may call the one server that holds the repository', () => {
  const env = { OASIS_EDITOR_REPO: 'oasis/site', OASIS_EDITOR_BACKEND: 'gitea' }
  const { backend, hosts } = backendFrom({ ...env, OASIS_EDITOR_API: 'https://git.example/api/v1' })
  expect(backend).toEqual({
    name: 'gitea',
    repo: 'oasis/site',
    api_root: 'https://git.example/api/v1',
    base_url: 'https://git.example',
  })
  expect(hosts).toEqual(['https://git.example'])
})

test('A malformed repository, an unknown backend or a plain http address stops the build', () => {
  const repo = { OASIS_EDITOR_REPO: 'oasis/site' }
  expect(() => backendFrom({ OASIS_EDITOR_REPO: 'x; script-src *' })).toThrow('owner/name')
  expect(() => backendFrom({ ...repo, OASIS_EDITOR_BACKEND: 'ftp' })).toThrow('gitea')
  expect(() => backendFrom({ ...repo, OASIS_EDITOR_API: 'http://git.example' })).toThrow('https')
})

interface Shown {
  name: string
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
const namesOf = (fields: readonly Shown[] = []): string[] => fields.map(({ name }) => name).sort()

test.each(languages)(
  'The editor in %s has the fields of each record, with a label',
  async (lang) => {
    const { backend } = backendFrom({})
    const config = editorConfig(backend, await labelsOf(lang)) as { collections: Collection[] }
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
  const { backend } = backendFrom({})
  const config = editorConfig(backend, await labelsOf('en')) as { collections: Collection[] }
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
  const { backend } = backendFrom({})
  const config = editorConfig(backend, await labelsOf('en')) as { collections: Collection[] }
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
