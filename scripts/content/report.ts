// Builds the editor's report, as chapters that consist of lines. Each line is a task for a person,
// or a figure. content-faults.ts finds what would stop the build or mislead a reader.
import { nativeReadersSchema } from '#content/launch-records.ts'
import { STALE_DAYS } from '#content/stale.ts'
import { leftOutOf, readEditions, textsOfEdition } from '#scripts/content/editions'
import { easeLines, HARD, proseOf } from '#scripts/content/ease'
import { launchOf } from '#scripts/content/launch'
import { offerLines } from '#scripts/content/offers'
import { readRecords } from '#scripts/content/records'
import { pageTexts, readReviewed, stringFiles } from '#scripts/content/texts'
import { readJson } from '#scripts/content/read-file'
import { editions, languages, type WholeLanguage } from '#content/languages.ts'

export interface Chapter {
  title: string
  /**
   * Computes the lines only when called, so that a reader of one chapter does not wait for the
   * others.
   */
  lines: () => string[]
}

/** A year, a percentage or a number of three or more digits, in a text that cites no fact. */
const FIGURE = /\b(?:1[89]|20)\d\d\b|\d+\s?%|\b\d{3,}\b/g

const perLanguage = (line: (lang: WholeLanguage) => string[]): string[] =>
  languages.flatMap((lang) => {
    const lines = line(lang)
    return lines.length === 0 ? [] : [`${lang}: ${lines.join(', ')}`]
  })

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
  const chapter = (title: string, lines: () => string[]): Chapter => ({ title, lines })

  return [
    chapter('The offer check, measured on content/adverts.json', () => offerLines(folder)),
    chapter(`Not checked for more than ${STALE_DAYS} days`, () => records.stale),
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
