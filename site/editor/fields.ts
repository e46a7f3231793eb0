// Makes the fields of the browser editor, with labels in the editor's language.
import { languages, OWN_NAMES } from '#content/languages.ts'
import type { ListEntry } from './lists.ts'

export type Labels = (key: string) => string
export type EditorField = { name: string; label: string; widget: string } & Record<string, unknown>
type Options = Record<string, unknown>

const DAY = ['^\\d{4}-\\d{2}-\\d{2}$', 'YYYY-MM-DD']

export interface EditorFields {
  field: (name: string, widget: string, more?: Options) => EditorField
  line: (name: string, more?: Options) => EditorField
  day: (name: string, more?: Options) => EditorField
  choice: (name: string, options: string[]) => EditorField
  /** Makes a field for one entry from a list; a person finds the entry by its label. */
  oneOf: (name: string, options: readonly ListEntry[], more?: Options) => EditorField
  /** Makes a field for several entries from a list. */
  someOf: (name: string, options: readonly ListEntry[], more?: Options) => EditorField
  /** Makes a field for a text in all languages, side by side in one record. */
  every: (name: string, more?: Options) => EditorField
}

export function fieldsWith(label: Labels): EditorFields {
  const field: EditorFields['field'] = (name, widget, more = {}) => ({
    name,
    label: typeof more['label'] === 'string' ? more['label'] : label(name),
    widget,
    ...more,
  })
  const line: EditorFields['line'] = (name, more) => field(name, 'string', more)
  return {
    field,
    line,
    day: (name, more = {}) => line(name, { pattern: DAY, ...more }),
    choice: (name, options) => field(name, 'select', { options }),
    oneOf: (name, options, more = {}) => field(name, 'select', { options, ...more }),
    someOf: (name, options, more = {}) =>
      field(name, 'select', { options, multiple: true, required: false, ...more }),
    every: (name, more = {}) =>
      field(name, 'object', {
        fields: languages.map((lang) => ({ name: lang, label: OWN_NAMES[lang], widget: 'text' })),
        ...more,
      }),
  }
}
