// Configures the country pages in the browser editor: texts, the list, the cards to show.
import { fieldsWith, type EditorField, type Labels } from './fields.ts'

const CODE = ['^[A-Z]{2}$', 'KG']

/**
 * Returns the collection of the texts. An editor may add a text, because the list contains the name
 * of its page.
 */
export function countryTexts(label: Labels): Record<string, unknown> {
  const { field, line } = fieldsWith(label)
  return {
    name: 'country-texts',
    label: label('country-texts'),
    folder: 'content/countries',
    extension: 'mdx',
    format: 'yaml-frontmatter',
    identifier_field: 'country',
    slug: '{{country}}',
    create: true,
    delete: false,
    duplicate: false,
    i18n: true,
    fields: [
      line('country', { pattern: CODE, i18n: 'duplicate' }),
      line('description', { i18n: true }),
      field('reviewed', 'boolean', { i18n: true, default: false }),
      field('facts', 'list', { i18n: 'duplicate', required: false }),
      field('body', 'text', { i18n: true }),
    ],
  }
}

/** Returns the fields of the country list and of the cards. */
export function countryRecordFields(
  label: Labels,
): { name: string; summary: string; fields: EditorField[] }[] {
  const { field, line, day, choice } = fieldsWith(label)
  const sentences = ['papers', 'leave', 'interpreter', 'consulate', 'minor']
  const signature = (name: string): EditorField =>
    field(name, 'object', { label: label(`signed-${name}`), fields: [line('who'), day('day')] })
  return [
    {
      name: 'countries',
      summary: '{{country}}',
      fields: [
        line('country', { pattern: CODE }),
        line('danger', { pattern: ['^[A-Z]{2}-\\d{2}$', 'KG-01'] }),
        field('page', 'boolean', { label: label('own-page') }),
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
