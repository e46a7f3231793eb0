// Configures the records in content/ in the browser editor: one JSON file for each kind.
import { countryRecordFields } from './country-fields.ts'
import { foundationFields } from './foundation-fields.ts'
import { organisationFields } from './organisation-fields.ts'
import { fieldsWith, type EditorField, type Labels } from './fields.ts'
import type { Lists } from './lists.ts'
import { recordingFields } from './recording-fields.ts'

export function recordFiles(label: Labels, lists: Lists): Record<string, unknown> {
  const { field, line, day, choice, every } = fieldsWith(label)
  const optional = { required: false }
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
      ...countryRecordFields(label, lists).map(({ name, summary, fields }) =>
        records(name, summary, fields),
      ),
      records('recordings', '{{id}}', recordingFields(label)),
      records('links', '{{id}}', [
        line('id'),
        line('country', { pattern: ['^[A-Z]{2}$', 'KG'] }),
        every('name'),
        line('nameLang', { pattern: ['^[a-z]{2}$', 'de'], ...optional }),
        line('url'),
        every('purpose'),
        ...sources,
        choice('launchTest', ['pending', 'passed']),
        day('lastChecked'),
      ]),
      records('network', '{{id}}', [
        line('id'),
        every('name'),
        line('nameLang', { pattern: ['^[a-z]{2}$', 'en'], ...optional }),
        line('url', optional),
        every('purpose'),
        every('note', optional),
        line('country', optional),
        ...sources,
        field('launchTest', 'select', { options: ['pending', 'passed'], ...optional }),
        day('lastChecked'),
      ]),
      records('facts', '{{id}}', [
        line('id'),
        line('text', { pattern: ['^fact\\.', 'fact.…'] }),
        line('name', optional),
        line('nameLang', { pattern: ['^[a-z]{2}$', 'ru'], ...optional }),
        field('figure', 'number', { value_type: 'int', ...optional }),
        every('source'),
        line('date', optional),
        ...sources.slice(1),
      ]),
      {
        name: 'organisation',
        label: label('organisation'),
        file: 'content/organisation.json',
        format: 'json',
        fields: organisationFields(label, lists),
      },
      {
        name: 'foundation',
        label: label('foundation'),
        file: 'content/foundation.json',
        format: 'json',
        fields: foundationFields(label),
      },
    ],
  }
}
