// Configures which files and fields of content/ the browser editor may change.
// The schemas in content/ and the heads of the pages define the fields. A record that the editor
// accepts and the schema refuses still stops the build.
import { languages } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { countryRecordFields, countryTexts } from './country-fields.ts'
import { organisationFields } from './organisation-fields.ts'
import { fieldsWith, type EditorField, type Labels } from './fields.ts'
import { storyFiles } from './story-fields.ts'
import { recordingFields, recordingFolders } from './recording-fields.ts'

export interface Backend {
  name: string
  repo: string
  branch?: string
  api_root?: string
  base_url?: string
}

export function editorConfig(backend: Backend, label: Labels): Record<string, unknown> {
  const { field, line, day, choice, every } = fieldsWith(label)
  const optional = { required: false }
  /**
   * Makes the fields of a value of the Foundation. The note holds the question, and nobody can edit
   * the note.
   */
  const awaited = (name: string, value: EditorField, states = ['awaiting', 'green']) => ({
    name,
    label: label(`foundation.${name}`),
    widget: 'object',
    fields: [field('note', 'text', { readonly: true }), value, choice('status', states)],
  })
  const sources = [
    field('sources', 'list', {
      field: { name: 'source', label: label('source'), widget: 'string' },
    }),
    choice('certainty', ['V1', 'V2']),
    choice('status', ['GREEN']),
  ]
  const records = (file: string, summary: string, fields: EditorField[]) => ({
    name: file,
    label: label(file),
    file: `content/${file}.json`,
    format: 'json',
    fields: [field('records', 'list', { root: true, collapsed: true, summary, fields })],
  })

  return {
    backend,
    load_config_file: false,
    app_title: organisation.passkeyName,
    // Nobody uploads pictures, because drawings are code. A recording has a field of its own.
    media_folder: 'content',
    media_libraries: { default: false, stock_assets: false },
    asset_collections: recordingFolders(label),
    show_preview_links: false,
    editor: { preview: false },
    output: { omit_empty_optional_fields: true },
    i18n: { structure: 'multiple_folders', locales: [...languages], default_locale: languages[0] },
    collections: [
      {
        name: 'pages',
        label: label('pages'),
        folder: 'content/pages',
        extension: 'mdx',
        format: 'yaml-frontmatter',
        create: false,
        delete: false,
        duplicate: false,
        i18n: true,
        fields: [
          line('title', { i18n: true }),
          line('description', { i18n: true }),
          field('reviewed', 'boolean', { i18n: true }),
          field('facts', 'list', { i18n: 'duplicate', ...optional }),
          field('related', 'list', { i18n: 'duplicate', ...optional }),
          // Edits plain source, because a visual editor would rewrite the parts of a page.
          field('body', 'text', { i18n: true }),
        ],
      },
      countryTexts(label),
      storyFiles(label),
      {
        name: 'strings',
        label: label('strings'),
        i18n: true,
        files: ['site', 'tell', 'offer', 'paper', 'errors', 'staff'].map((file) => ({
          name: file,
          label: label(`strings-${file}`),
          file: `content/strings/{{locale}}/${file}.json`,
          format: 'strings',
          i18n: true,
          fields: [field('texts', 'keyvalue', { root: true, i18n: true })],
        })),
      },
      {
        name: 'records',
        label: label('records'),
        files: [
          records('contacts', '{{id}} · {{display}}', [
            line('id', { pattern: ['^[A-Z]{2}-\\d{2}$', 'KG-01'] }),
            line('country', { pattern: ['^[A-Z]{2}$', 'KG'] }),
            every('name'),
            line('display'),
            line('tel', { pattern: ['^\\+?\\d{2,15}$', '+996…'] }),
            line('sms', optional),
            field('codes', 'list', { fields: [line('tel'), every('name')], ...optional }),
            every('runBy', optional),
            every('audience'),
            every('languages', optional),
            every('hours', optional),
            every('scope'),
            every('logged', optional),
            every('note', optional),
            line('page', optional),
            ...sources.slice(0, 1),
            line('latestSource'),
            ...sources.slice(1),
            choice('launchTest', ['pending', 'passed']),
            day('lastChecked'),
          ]),
          ...countryRecordFields(label).map(({ name, summary, fields }) =>
            records(name, summary, fields),
          ),
          records('recordings', '{{id}}', recordingFields(label)),
          records('links', '{{id}}', [
            line('id'),
            line('country', { pattern: ['^[A-Z]{2}$', 'KG'] }),
            every('name'),
            line('url'),
            every('purpose'),
            ...sources,
            choice('launchTest', ['pending', 'passed']),
            day('lastChecked'),
          ]),
          records('network', '{{id}}', [
            line('id'),
            every('name'),
            line('url', optional),
            every('purpose'),
            every('note', optional),
            ...sources,
            field('launchTest', 'select', { options: ['pending', 'passed'], ...optional }),
            day('lastChecked'),
          ]),
          records('facts', '{{id}}', [
            line('id'),
            line('text', { pattern: ['^fact\\.', 'fact.…'] }),
            line('source'),
            line('date', optional),
            ...sources.slice(1),
          ]),
          {
            name: 'organisation',
            label: label('organisation'),
            file: 'content/organisation.json',
            format: 'json',
            fields: organisationFields(label),
          },
          {
            name: 'foundation',
            label: label('foundation'),
            file: 'content/foundation.json',
            format: 'json',
            fields: [
              awaited('phone', line('value', optional)),
              awaited('email', line('value', optional)),
              ...[
                'hours',
                'help',
                'readers',
                'replyTime',
                'night',
                'retention',
                'dutyToReport',
                'tipOffs',
                'familyAdvice',
                'careTexts',
              ].map((name) => awaited(name, every('value', optional))),
              awaited('exit', line('value', { pattern: ['^https://', 'https://…'] }), [
                'provisional',
                'green',
              ]),
            ],
          },
        ],
      },
    ],
  }
}
