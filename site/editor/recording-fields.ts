// Configures the recordings in the browser editor: which sentence of which page, and the files.
import { cards } from '#content/published.ts'
import { languages, OWN_NAMES } from '#content/languages.ts'
import { fieldsWith, type EditorField, type Labels } from './fields.ts'

/** The languages of a recording: the site's languages, then the languages of the cards. */
const codes = [...new Set<string>([...languages, ...cards.map(({ id }) => id)])]

const nameOf = (code: string): string =>
  languages.find((lang) => lang === code) === undefined
    ? code
    : OWN_NAMES[code as (typeof languages)[number]]

/**
 * Returns the folders of the recordings, one for each language. The editor offers one folder at a
 * time.
 */
export const recordingFolders = (label: Labels): Record<string, unknown>[] =>
  codes.map((code) => ({
    name: `audio-${code}`,
    label: `${label('recordings')}: ${nameOf(code)}`,
    media_folder: `/content/audio/${code}`,
    public_folder: `/audio/${code}`,
  }))

/** Returns the fields of a recording. The name of each file must be the id of its recording. */
export function recordingFields(label: Labels): EditorField[] {
  const { field, line } = fieldsWith(label)
  const clip = (code: string): EditorField => ({
    name: code,
    label: nameOf(code),
    widget: 'file',
    accept: '.opus,audio/ogg',
    media_libraries: { default: { config: { max_file_size: 102_400 } } },
    required: false,
  })
  return [
    line('id', { pattern: ['^[a-z0-9][a-z0-9-]*$', 'help-lead'] }),
    line('page', { label: label('recording-page'), required: false }),
    line('text', { required: false }),
    line('card', { label: label('recording-card'), required: false }),
    field('clips', 'object', { fields: codes.map(clip) }),
  ]
}
