// Configures the country pages in the browser editor: the texts, the list and the cards to show.
import { fieldsWith, type EditorField, type Labels } from './fields.ts'
import type { Lists } from './lists.ts'

const CODE = ['^[A-Z]{2}$', 'KG']

/** Returns the collection of the texts. A new country has its own form in `npm run edit`. */
export function countryTexts(
  label: Labels,
  lists: Lists,
  create: boolean,
): Record<string, unknown> {
  const { field, line, someOf } = fieldsWith(label)
  return {
    name: 'country-texts',
    label: label('country-texts'),
    folder: 'content/countries',
    extension: 'mdx',
    format: 'yaml-frontmatter',
    identifier_field: 'country',
    slug: '{{country}}',
    create,
    delete: false,
    duplicate: false,
    i18n: true,
    fields: [
      line('country', { pattern: CODE, i18n: 'duplicate' }),
      line('description', { i18n: true }),
      field('body', 'text', { i18n: true, hint: label('body-hint') }),
      field('reviewed', 'boolean', { i18n: true, default: false }),
      someOf('facts', lists.facts, { i18n: 'duplicate' }),
    ],
  }
}

/** Returns the fields of the country list and of the cards. */
export function countryRecordFields(
  label: Labels,
  lists: Lists,
): { name: string; summary: string; fields: EditorField[] }[] {
  const { field, line, day, choice, oneOf } = fieldsWith(label)
  const sentences = ['papers', 'leave', 'interpreter', 'consulate', 'minor']
  const signature = (name: string): EditorField =>
    field(name, 'object', { label: label(`signed-${name}`), fields: [line('who'), day('day')] })
  return [
    {
      name: 'countries',
      summary: '{{country}}',
      fields: [
        line('country', { pattern: CODE }),
        oneOf('danger', lists.numbers),
        field('page', 'boolean', { label: label('own-page') }),
        field('names', 'list', { label: label('country-names') }),
        line('prefix', { pattern: ['^\\+\\d{1,4}$', '+996'], required: false }),
      ],
    },
    {
      name: 'cards',
      summary: '{{id}}',
      fields: [
        line('id', { pattern: ['^[a-z]{2}$', 'ru'] }),
        field('countries', 'list', { label: label('card-countries') }),
        choice('direction', ['ltr', 'rtl']),
        field('sentences', 'object', {
          fields: sentences.map((name) => line(name, { label: label(`card.${name}`) })),
        }),
        field('signed', 'object', {
          fields: [signature('native'), signature('foundation')],
          required: false,
        }),
      ],
    },
  ]
}
