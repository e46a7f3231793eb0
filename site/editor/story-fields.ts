// Configures the stories in the browser editor. A story is a single file for all languages, so
// scenes and choices are the same in every language.
import { pictures } from '../components/pictures/scenes.ts'
import { languages, OWN_NAMES } from '#content/languages.ts'
import { fieldsWith, type Labels } from './fields.ts'
import type { Lists } from './lists.ts'

const ID = ['^[a-z][a-z-]*$', 'a-b']

/**
 * Returns the collection of the stories. An editor may add a story, or copy and rewrite an existing
 * story.
 */
export function storyFiles(label: Labels, lists: Lists): Record<string, unknown> {
  const { field, line, choice, every, someOf } = fieldsWith(label)
  const named = (key: string): { label: string } => ({ label: label(key) })
  return {
    name: 'stories',
    label: label('stories'),
    folder: 'content/stories',
    extension: 'json',
    format: 'json',
    identifier_field: 'id',
    slug: '{{id}}',
    summary: '{{id}}',
    create: true,
    delete: false,
    duplicate: true,
    fields: [
      line('id', { pattern: ID }),
      field('order', 'number', { value_type: 'int' }),
      every('title'),
      every('description'),
      field('reviewed', 'object', {
        fields: languages.map((lang) => ({
          name: lang,
          label: OWN_NAMES[lang],
          widget: 'boolean',
          default: false,
        })),
      }),
      choice('numbers', ['country', 'help']),
      someOf('facts', lists.facts),
      someOf('related', lists.pages, { max: 3 }),
      field('scenes', 'list', {
        collapsed: true,
        summary: '{{id}}',
        fields: [
          line('id', { pattern: ID }),
          choice('picture', Object.keys(pictures)),
          every('title'),
          every('text', named('scene-text')),
          field('choices', 'list', {
            required: false,
            summary: '{{to}}',
            fields: [line('to', { pattern: ID }), every('text', named('choice-text'))],
          }),
          field('signedBy', 'select', {
            label: label('signed'),
            options: ['familyAdvice'],
            required: false,
          }),
          every('now', { required: false }),
        ],
      }),
    ],
  }
}
