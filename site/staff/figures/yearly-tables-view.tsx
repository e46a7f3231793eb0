// Shows yearly tables in the form in which they leave the organisation. A table that has left the
// organisation can be saved as a file.
import type { YearlyTable } from '#protocol/staff/figures'
import { saveBytes } from '../ui/save-bytes.ts'
import { csvBytes, csvText } from './write-csv.ts'
import { type YearFigures } from './yearly-tables.ts'
import { type FigureWords } from './words.tsx'

interface YearlyTablesProps {
  words: FigureWords
  figures: YearFigures
  /** true once the tables have left the organisation */
  hasFiles?: boolean
}

/**
 * Returns the cells of a table. A line names all its codes, separated by semicolons because some
 * names contain a comma.
 */
export const yearlyRows = ({ lines }: YearlyTable, { say, rowName }: FigureWords): string[][] =>
  lines.map(({ codes, people }) => [
    codes.map(rowName).join('; '),
    people === 'most' ? say('staff-figures.most') : String(people),
  ])

export function YearlyTables({ words, figures, hasFiles }: YearlyTablesProps) {
  const { say } = words
  const { people, letters, tables, year } = figures
  const save = (table: YearlyTable): void => {
    const [what, n] = [say('staff-figures.column.what'), say('staff-figures.column.n')]
    const parts = ['staff-figures.file.yearly', `staff-figures.file.${table.table}`] as const
    saveBytes(
      csvBytes(csvText([[what, n], ...yearlyRows(table, words)])),
      `${parts.map((part) => say(part)).join('-')}-${year}.csv`,
    )
  }
  return (
    <>
      <p>
        {say('staff-figures.leave.people', { n: people })}{' '}
        {letters !== null && say('staff-figures.leave.letters', { n: letters })}
      </p>
      <div class="tables">
        {tables.map((table) => {
          const title = say(`staff-figures.table.${table.table}`)
          return (
            <section key={table.table} aria-label={title}>
              <header>
                <h4>{title}</h4>
                {hasFiles && table.lines.length > 0 && (
                  <button type="button" aria-label={`CSV: ${title}`} onClick={() => save(table)}>
                    CSV
                  </button>
                )}
              </header>
              {table.lines.length === 0 ? (
                <p>{say('staff-figures.leave.unsaid')}</p>
              ) : (
                <table role="table">
                  <tbody role="rowgroup">
                    {yearlyRows(table, words).map(([name, n]) => (
                      <tr key={name} role="row">
                        <th scope="row" role="rowheader">
                          {name}
                        </th>
                        <td role="cell">{n}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </section>
          )
        })}
      </div>
    </>
  )
}
