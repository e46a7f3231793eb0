// Builds the editor's report, as chapters of lines. A fault would stop the build or mislead
// a reader. Every other line is a task for a person, or a figure.
import { nativeReadersSchema } from '#content/launch-records.ts'
import { STALE_DAYS } from '#content/stale.ts'
import { editionFaults, leftOutOf, readEditions, textsOfEdition } from '#scripts/content/editions'
import { easeLines, HARD, proseOf } from '#scripts/content/ease'
import { launchOf } from '#scripts/content/launch'
import { offerLines } from '#scripts/content/offers'
import { recordingFaults } from '#scripts/content/recordings'
import { readRecords } from '#scripts/content/records'
import { pageTexts, readReviewed, stringFiles } from '#scripts/content/texts'
import { readStories } from '#scripts/content/story-texts'
import { readJson, type PageText } from '#scripts/content/read-file'
import { stringFaults } from '#scripts/content/string-faults'
import { editions, languages, type WholeLanguage } from '#content/languages.ts'

export interface Chapter {
  title: string
  /** Finds the lines at each call, because a reader of one chapter need not wait for the others. */
  lines: () => string[]
  fault: boolean
}

/** A year, a share or a number of three or more digits, in a text that names no fact. */
const FIGURE = /\b(?:1[89]|20)\d\d\b|\d+\s?%|\b\d{3,}\b/g

const perLanguage = (line: (lang: WholeLanguage) => string[]): string[] =>
  languages.flatMap((lang) => {
    const lines = line(lang)
    return lines.length === 0 ? [] : [`${lang}: ${lines.join(', ')}`]
  })

function missingPages(pages: readonly PageText[]): string[] {
  const names = [...new Set(pages.map(({ page }) => page))]
  return perLanguage((lang) =>
    names.filter((name) => !pages.some((each) => each.lang === lang && each.page === name)),
  )
}

const nativeLines = (folder: string): string[] => {
  const questions = nativeReadersSchema.parse(readJson(folder, 'native-readers.json'))
  return [...languages, ...editions].flatMap((lang) =>
    questions[lang].map(
      ({ where, now, or }) => `${lang} ${where}: ${now}${or === undefined ? '' : ` (or: ${or})`}`,
    ),
  )
}

export function contentReport(folder: string, now: number): Chapter[] {
  const records = readRecords(folder, now)
  const pages = pageTexts(folder)
  const texts = [
    ...pages,
    ...Object.entries(readEditions(folder)).flatMap(([lang, edition]) =>
      textsOfEdition(folder, lang, edition),
    ),
  ]
  const launch = launchOf(folder)
  const reviewed = readReviewed(folder)
  const chapter = (title: string, lines: () => string[], fault = false): Chapter => ({
    title,
    lines,
    fault,
  })

  return [
    chapter('Records without a source', () => records.unsourced, true),
    chapter(
      'Facts that a page names and content/facts.json does not hold',
      () =>
        texts.flatMap(({ lang, page, facts }) =>
          facts.filter((id) => !records.factIds.includes(id)).map((id) => `${lang}/${page}: ${id}`),
        ),
      true,
    ),
    chapter('AMBER or RED records', () => records.notGreen, true),
    chapter(
      'Records that do not fit their form',
      () => [...records.malformed, ...readStories(folder).flatMap(({ fault }) => fault ?? [])],
      true,
    ),
    chapter('Strings that are missing or unlike', () => stringFaults(folder), true),
    chapter('Pages that are missing in a language', () => missingPages(pages), true),
    chapter('Editions that do not fit', () => editionFaults(folder), true),
    chapter('Recordings that do not fit', () => recordingFaults(folder), true),
    chapter('The offer check, measured on content/adverts.json', () => offerLines(folder)),
    chapter(`Not checked for more than ${STALE_DAYS} days`, () => records.stale),
    chapter('Waivers that do not fit, or waive nothing', () => launch.faults, true),
    chapter('Must be known before the site opens (npm run content -- launch)', () => launch.open),
    chapter('Waived before the site opens', () => launch.waived),
    chapter('Editions that a deployment leaves out', () => leftOutOf(folder).map(({ why }) => why)),
    chapter('Awaits a native reader', () =>
      perLanguage((lang) => [
        ...pages.filter((text) => text.lang === lang && !text.reviewed).map(({ page }) => page),
        ...stringFiles(folder)
          .filter((text) => text.lang === lang && !reviewed[lang].includes(text.file))
          .map(({ file }) => file),
      ]),
    ),
    chapter('Words that a native reader has to judge', () => nativeLines(folder)),
    chapter('Figures in texts that name no fact: look whether each has a source', () =>
      texts
        .filter(({ facts }) => facts.length === 0)
        .flatMap(({ lang, page, source }) => {
          const figures = [...new Set(proseOf(source).match(FIGURE) ?? [])]
          return figures.length === 0 ? [] : [`${lang}/${page}: ${figures.join(', ')}`]
        }),
    ),
    chapter(
      `Reading ease (LIX; lower is easier, above ${HARD} is hard; ` +
        'in brackets the words of the longest sentence)',
      () => easeLines(folder, pages),
    ),
  ]
}
