// Finds everything in content/ that would stop a build or mislead a reader.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '#content/languages.ts'
import { editionFaults } from '#scripts/content/editions'
import { fault, type ContentFault } from '#scripts/content/fault'
import { headingFaults } from '#scripts/content/heading-faults'
import { jsonFaults, readContentJson, recordsOf } from '#scripts/content/json-file'
import { launchOf } from '#scripts/content/launch'
import { phoneFaults } from '#scripts/content/phone-faults'
import { linkablePages, placeFaults } from '#scripts/content/place-faults'
import { recordFaults } from '#scripts/content/record-faults'
import { recordingFaults } from '#scripts/content/recordings'
import { stringFaults } from '#scripts/content/string-faults'
import { textFaults, unlikeFaults, type Known, type Text } from '#scripts/content/text-faults'
import { pageDrawings } from '#site/components/pictures/pages/index.ts'
import { pictures } from '#site/components/pictures/scenes.ts'

const FOLDERS = ['pages', 'countries'] as const

const textsIn = (folder: string): Text[] =>
  FOLDERS.flatMap((name) =>
    languages.flatMap((lang) => {
      const path = join(folder, 'content', name, lang)
      if (!existsSync(path)) return []
      return readdirSync(path)
        .filter((file) => file.endsWith('.mdx'))
        .sort()
        .map((file) => ({
          folder: name,
          lang,
          name: file.replace(/\.mdx$/, ''),
          source: readFileSync(join(path, file), 'utf8'),
        }))
    }),
  )

function knownIn(folder: string): Known {
  const recordsIn = (path: string) =>
    recordsOf<{ id?: unknown; figure?: unknown }>(readContentJson(folder, path))
  const idsOf = (records: readonly { id?: unknown }[]): string[] =>
    records.map(({ id }) => String(id))
  const facts = recordsIn('facts.json')
  return {
    facts: idsOf(facts),
    numbers: idsOf(recordsIn('contacts.json')),
    values: Object.keys(readContentJson(folder, 'foundation.json').value ?? {}),
    pictures: Object.keys(pictures),
    figures: idsOf(facts.filter(({ figure }) => typeof figure === 'number')),
    drawings: Object.keys(pageDrawings),
    pages: linkablePages(folder),
  }
}

/** Lists the folders that a language lacks. Without these folders, nothing else can be read. */
const folderFaults = (folder: string): ContentFault[] =>
  languages.flatMap((lang) =>
    [`strings/${lang}`, `pages/${lang}`, `countries/${lang}`]
      .filter((path) => !existsSync(join(folder, 'content', path)))
      .map((path) => fault(path, null, 'folder', { lang })),
  )

/**
 * Finds the faults in a project folder. Records that do not fit their schema may stop the other
 * checks, and are then reported alone.
 */
export function contentFaults(folder: string): ContentFault[] {
  const unreadable = [...jsonFaults(folder), ...folderFaults(folder)]
  if (unreadable.length > 0) return unreadable
  const records = recordFaults(folder)
  try {
    return [...otherFaults(folder, records.length === 0), ...records]
  } catch (cause) {
    if (records.length > 0) return records
    throw cause
  }
}

/** Finds all other faults. The waivers are checked only when all records are valid. */
function otherFaults(folder: string, hasWholeRecords: boolean): ContentFault[] {
  const texts = textsIn(folder)
  const known = knownIn(folder)
  const [first] = languages
  return [
    ...texts.flatMap((text) => textFaults(text, known)),
    ...texts.flatMap((text) => headingFaults(text, texts)),
    ...texts.flatMap((text) => {
      const model = texts.find(
        (each) => each.lang === first && each.folder === text.folder && each.name === text.name,
      )
      return text.lang === first || model === undefined ? [] : unlikeFaults(model, text)
    }),
    ...phoneFaults(folder),
    ...placeFaults(folder, texts),
    ...stringFaults(folder),
    ...editionFaults(folder).map((text) => fault('editions.json', null, 'edition', { text })),
    ...recordingFaults(folder).map((text) => fault('recordings.json', null, 'recording', { text })),
    // The launch questions rely on records that fit their schemas.
    ...(hasWholeRecords ? launchOf(folder).faults : []).map((text) =>
      fault('waivers.json', null, 'waiver', { text }),
    ),
  ]
}
