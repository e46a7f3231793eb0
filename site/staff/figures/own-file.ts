// Makes the file for one of the organisation's own tables. A file with exact numbers states in its
// name and first line that it is for internal use only.
import { isTrial } from './is-trial.ts'
import { type OwnTable } from './own-tables.ts'
import { shownNumber, shownSum } from './small-numbers.ts'
import { csvText } from './write-csv.ts'
import { type FigureWords } from './words.tsx'

interface TableFile {
  name: string
  text: string
}

export function ownFile(
  table: OwnTable,
  year: string,
  isExact: boolean,
  { say, rowName }: FigureWords,
): TableFile {
  const { name, rows, total } = table
  const marks = [
    ...(isTrial() ? (['trial'] as const) : []),
    ...(isExact ? (['exact'] as const) : []),
  ]
  const sum = say(isExact ? 'staff-figures.total' : 'staff-figures.total.rounded')
  return {
    name: [
      ...marks.map((mark) => say(`staff-figures.file.${mark}`)),
      say(`staff-figures.file.${name}`),
      `${year}.csv`,
    ].join('-'),
    text: csvText([
      ...marks.map((mark) => [say(`staff-figures.file.line.${mark}`)]),
      [say('staff-figures.column.what'), say('staff-figures.column.n')],
      ...rows.map(({ code, n }) => [rowName(code), shownNumber(n, isExact)]),
      // The rows about cases do not add up to a total.
      ...(name === 'cases' ? [] : [[sum, shownSum(total, isExact)]]),
    ]),
  }
}
