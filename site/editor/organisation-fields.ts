// Configures content/organisation.json in the browser editor. The editor has a field for every
// value in the file, because the editor would drop an unknown value.
import { COLOURS } from '#content/contrast.ts'
import { languages, OWN_NAMES } from '#content/languages.ts'
import { fieldsWith, type EditorField, type Labels } from './fields.ts'
import type { Lists } from './lists.ts'

const COUNTRY = ['^[A-Z]{2}$', 'KG']
const NUMBERS = ['inside', 'child', 'abroad', 'consulate', 'poster', 'leaflet']
const FACTS = ['help', 'training', 'network']

export function organisationFields(label: Labels, lists: Lists): EditorField[] {
  const { field, line, every, oneOf, someOf } = fieldsWith(label)
  const object = (name: string, fields: EditorField[]): EditorField =>
    field(name, 'object', { label: label(`own.${name}`), fields })
  const own = (name: string, more = {}): EditorField =>
    line(name, { label: label(`own.${name}`), ...more })
  const list = (name: string): EditorField =>
    field(name, 'list', { label: label(`own.${name}`), required: false })
  const pairs = (name: string): EditorField =>
    field(name, 'keyvalue', { label: label(`own.${name}`), required: false })
  const each = (name: string, widget: string): EditorField =>
    object(
      name,
      languages.map((lang) => ({ name: lang, label: OWN_NAMES[lang], widget })),
    )
  const scheme = (name: string): EditorField =>
    object(
      name,
      COLOURS.map((colour) => ({ name: colour, label: colour, widget: 'color' })),
    )
  return [
    every('name'),
    every('shortName', { label: label('own.shortName') }),
    own('passkeyName'),
    own('fileName', { pattern: ['^[a-z0-9-]+$', 'oasis'] }),
    own('site', { pattern: ['^https://[^/]+$', 'https://…'] }),
    list('memberOf'),
    object('place', [
      line('country', { pattern: COUNTRY }),
      field('hoursAhead', 'number', { label: label('own.hoursAhead'), value_type: 'float' }),
      own('mostGoTo', { pattern: COUNTRY }),
      list('asked'),
    ]),
    pairs('languages'),
    list('rightToLeft'),
    pairs('standIn'),
    each('longWord', 'number'),
    each('hurtful', 'string'),
    object(
      'numbers',
      NUMBERS.map((name) => {
        const named = { label: label(`own.${name}`) }
        return name === 'consulate'
          ? oneOf(name, lists.numbers, named)
          : someOf(name, lists.numbers, named)
      }),
    ),
    object(
      'ownFacts',
      FACTS.map((name) => oneOf(name, lists.facts, { label: label(`own.${name}`) })),
    ),
    field('grounds', 'list', {
      label: label('own.grounds'),
      required: false,
      fields: [
        line('id', { pattern: ['^[a-z0-9-]{1,60}$', 'life'] }),
        every('words', { label: label('own.words') }),
        own('decided'),
      ],
    }),
    object('figures', [
      field('since', 'number', { label: label('own.since'), value_type: 'int' }),
      list('tables'),
      list('countries'),
    ]),
    object('colours', [scheme('light'), scheme('dark')]),
  ]
}
