// Configures content/foundation.json in the browser editor: the Foundation's values, each with the
// question that it answers.
import { answersKey } from '#content/foundation-schema.ts'
import { editions, OWN_NAMES } from '#content/languages.ts'
import { fieldsWith, type EditorField, type Labels } from './fields.ts'

const HTTPS = ['^https://', 'https://…']

export function foundationFields(label: Labels): EditorField[] {
  const { field, line, day, choice, every } = fieldsWith(label)
  const optional = { required: false }
  /**
   * Makes the fields for a value that the Foundation provides. The question is in the note, which
   * nobody can change in the editor.
   */
  const titled = (
    title: string,
    name: string,
    value: EditorField,
    states = ['awaiting', 'green'],
  ) => ({
    name,
    label: title,
    widget: 'object',
    fields: [field('note', 'text', { readonly: true }), value, choice('status', states)],
  })
  const awaited = (name: string, value: EditorField, states?: string[]) =>
    titled(label(`foundation.${name}`), name, value, states)
  /** Makes the fields of a value that also needs a signature. */
  const signedValue = (name: string): EditorField => {
    const signed = field('signed', 'object', { ...optional, fields: [line('who'), day('day')] })
    const value = awaited(name, every('value', optional))
    return { ...value, fields: [...value.fields, signed] }
  }
  return [
    ...editions.map((lang) =>
      titled(
        `${label('foundation.answers')}: ${OWN_NAMES[lang]}`,
        answersKey(lang),
        every('value', optional),
      ),
    ),
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
      'minorConsent',
      'years',
      'projectName',
      'helped',
      'registration',
      'people',
      'press',
      'partners',
      'money',
      'leaving',
      'blackmail',
      'journalists',
    ].map((name) => awaited(name, every('value', optional))),
    awaited('report', line('value', { ...optional, pattern: HTTPS })),
    signedValue('address'),
    awaited('exit', line('value', { pattern: HTTPS }), ['provisional', 'green']),
  ]
}
