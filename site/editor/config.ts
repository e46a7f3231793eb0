// Configures which files and fields in content/ the browser editor may change.
// The schemas in content/ and the frontmatter of the pages define the fields. A record that the
// editor accepts but the schema refuses still stops the build.
import { languages, type Language } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { type Backend } from './backend.ts'
import { countryTexts } from './country-fields.ts'
import { fieldsWith, type Labels } from './fields.ts'
import type { Lists } from './lists.ts'
import { recordFiles } from './record-files.ts'
import { storyFiles } from './story-fields.ts'
import { recordingFolders } from './recording-fields.ts'
import { STRING_FILES } from './places.ts'

export interface Setup {
  backend: Backend
  /** The language of the editor and of the titles in its lists. */
  lang: Language
  label: Labels
  lists: Lists
}

export function editorConfig({ backend, lang, label, lists }: Setup): Record<string, unknown> {
  // In `npm run edit`, a new page or country has its own form, which opens instead of the editor's
  // form.
  const create = backend.repo === undefined
  const { field, line, someOf } = fieldsWith(label)
  const optional = { required: false }

  return {
    backend,
    load_config_file: false,
    app_title: organisation.passkeyName,
    // The editor does not accept uploaded pictures, because drawings are code. Recordings have a
    // field of their own.
    media_folder: 'content',
    media_libraries: { default: false, stock_assets: false },
    asset_collections: recordingFolders(label),
    show_preview_links: false,
    editor: { preview: false },
    output: { omit_empty_optional_fields: true },
    i18n: { structure: 'multiple_folders', locales: [...languages], default_locale: lang },
    collections: [
      {
        name: 'pages',
        label: label('pages'),
        folder: 'content/pages',
        extension: 'mdx',
        format: 'yaml-frontmatter',
        create,
        delete: false,
        duplicate: false,
        i18n: true,
        fields: [
          line('title', { i18n: true }),
          line('heading', { i18n: true, ...optional }),
          line('description', { i18n: true }),
          // Edits plain source, because a visual editor would rewrite the components in a page. The
          // text comes before the long lists, because most changes are made in the text.
          field('body', 'text', { i18n: true, hint: label('body-hint') }),
          field('reviewed', 'boolean', { i18n: true }),
          someOf('facts', lists.facts, { i18n: 'duplicate' }),
          someOf('related', lists.pages, { i18n: 'duplicate', max: 3 }),
        ],
      },
      countryTexts(label, lists, create),
      storyFiles(label, lists),
      {
        name: 'strings',
        label: label('strings'),
        i18n: true,
        files: STRING_FILES.map((file) => ({
          name: file,
          label: label(`strings-${file}`),
          file: `content/strings/{{locale}}/${file}.json`,
          format: 'strings',
          i18n: true,
          fields: [field('texts', 'keyvalue', { root: true, i18n: true })],
        })),
      },
      recordFiles(label, lists),
    ],
  }
}
