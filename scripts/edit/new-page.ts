// Adds a page in one step: its texts, its name in the menu and its entry in the list. Writes
// nothing when a field is invalid or the page already exists.
import { z } from 'zod'
import { PAGE_NAME } from '#content/added-pages-schema.ts'
import { writeMdx } from '#content/front-matter.ts'
import { languages } from '#content/languages.ts'
import { readJson } from '#scripts/content/read-file'
import {
  faultsOf,
  hasOne,
  stringsPath,
  texts,
  withKey,
  writeAll,
  type MadeText,
} from '#scripts/edit/new-text'
import { jsonText } from '#scripts/edit/stored'
import { PAGES } from '#site/pages.ts'

const pageForm = z.object({ name: z.string().regex(PAGE_NAME), ...texts })

/** Adds a text page: its words in each language, its name in the menu and its entry in the list. */
export function makePage(folder: string, form: unknown): MadeText {
  const faults = faultsOf(pageForm, form)
  if (faults.length > 0) return { faults }
  const { name, names, descriptions, leads } = pageForm.parse(form)
  const list = readJson(folder, 'added-pages.json') as string[]
  const paths = languages.map((lang) => `content/pages/${lang}/${name}.mdx`)
  if (Object.hasOwn(PAGES, name) || list.includes(name) || hasOne(folder, paths))
    return { faults: [{ field: 'name', key: 'form.taken' }] }
  const files = languages.flatMap((lang): [string, string][] => [
    [
      `content/pages/${lang}/${name}.mdx`,
      writeMdx(
        { title: names[lang], description: descriptions[lang], reviewed: false },
        `<p class="lead">${leads[lang]}</p>`,
      ),
    ],
    [
      stringsPath(lang, 'site'),
      withKey(folder, stringsPath(lang, 'site'), `nav.${name}`, names[lang]),
    ],
  ])
  writeAll(folder, {
    ...Object.fromEntries(files),
    'content/added-pages.json': jsonText([...list, name]),
  })
  return { file: paths[0] ?? '' }
}
