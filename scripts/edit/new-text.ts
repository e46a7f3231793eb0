// Checks and stores the words that are common to the forms for a new page and a new country.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { forEachLanguage, type Language } from '#content/languages.ts'
import { inEveryLanguage } from '#content/schema-fields.ts'
import { readJson } from '#scripts/content/read-file'
import { writeWhole } from '#scripts/edit/files'
import { jsonText } from '#scripts/edit/stored'

/** An invalid form field, and the key of the sentence about the fault. */
export interface FormFault {
  field: string
  key: string
}

/** The file that the editor opens for a new text, or the faults in the form. */
export type MadeText = { file: string } | { faults: FormFault[] }

/** Words without line breaks, because a break would end a frontmatter field or a paragraph. */
const lines = inEveryLanguage.transform((texts) =>
  forEachLanguage((lang) => texts[lang].replace(/\s+/g, ' ')),
)
export const texts = { names: lines, descriptions: lines, leads: lines }

/** Returns the invalid fields of a form, and lists each field only once. */
export const faultsOf = (schema: z.ZodType, form: unknown): FormFault[] => {
  const issues = schema.safeParse(form).error?.issues ?? []
  return [...new Set(issues.map(({ path }) => path.join('.')))].map((field) => ({
    field,
    key: ['name', 'code', 'prefix', 'tel'].includes(field) ? `form.${field}` : 'form.empty',
  }))
}

export const stringsPath = (lang: Language, file: string): string =>
  `content/strings/${lang}/${file}.json`

/** Adds a key after the last key of its kind. */
export function withKey(folder: string, path: string, key: string, text: string): string {
  const entries = Object.entries(
    readJson(folder, path.replace('content/', '')) as Record<string, string>,
  )
  const kind = key.split('.')[0] ?? ''
  const at = entries.findLastIndex(([other]) => other.startsWith(`${kind}.`)) + 1
  return jsonText(Object.fromEntries(entries.toSpliced(at, 0, [key, text])))
}

export const hasOne = (folder: string, paths: readonly string[]): boolean =>
  paths.some((path) => existsSync(join(folder, path)))

export function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeWhole(join(folder, path), text)
}
