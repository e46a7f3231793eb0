// Shows one of the organisation's own tables: a sentence, and a bar beside each number.
import { FEWEST } from '#protocol/staff/figures'
import { type OwnFigures, type OwnTable } from './own-tables.ts'
import { isSmall, shownLength, shownNumber, shownSum } from './small-numbers.ts'
import { type FigureWords } from './words.tsx'

interface OwnTableSectionProps {
  words: FigureWords
  table: OwnTable
  figures: OwnFigures
  isExact: boolean
  /**
   * false while cases are still being read; only afterwards does an empty table say that it is
   * empty
   */
  isRead: boolean
  onSave: () => void
}

export function OwnTableSection(props: OwnTableSectionProps) {
  const { words, table, isExact, isRead, onSave } = props
  const { name, rows } = table
  const { say, rowName } = words
  const title = say(`staff-figures.table.${name}`)
  if (rows.length === 0)
    return (
      <section aria-label={title}>
        <h3>{title}</h3>
        <p>{isRead && say(`staff-figures.none.${name}`)}</p>
      </section>
    )
  const longest = Math.max(...rows.map(({ n }) => shownLength(n, isExact)))
  return (
    <section aria-label={title}>
      <header>
        <h3>{title}</h3>
        <button type="button" id={`csv-${name}`} aria-label={`CSV: ${title}`} onClick={onSave}>
          CSV
        </button>
      </header>
      <p>{sentencesOf(props)}</p>
      <table role="table">
        <tbody role="rowgroup">
          {rows.map(({ code, n }) => (
            <tr key={code} role="row">
              <th scope="row" role="rowheader">
                {rowName(code)}
              </th>
              <td role="cell">{shownNumber(n, isExact)}</td>
              <td aria-hidden="true">
                <Bar
                  percent={(100 * shownLength(n, isExact)) / longest}
                  isRange={isSmall(n) && !isExact}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A small number is not shown exactly, so its bar is only an outline. */
const Bar = ({ percent, isRange }: { percent: number; isRange: boolean }) => (
  <svg width="100%" height="12">
    <rect
      width={`${percent}%`}
      height="12"
      fill={isRange ? 'none' : 'currentColor'}
      stroke="currentColor"
      stroke-width="2"
      stroke-dasharray={isRange ? 3 : undefined}
    />
  </svg>
)

function sentencesOf({ words, table, figures, isExact }: OwnTableSectionProps): string {
  const { say } = words
  const { name, total } = table
  const n = shownSum(name === 'cases' ? figures.letters : total, isExact)
  const sum = say(`staff-figures.sum.${name}`, { n })
  const { reply } = figures
  // The median of a few replies could reveal how long one person waited.
  if (name !== 'cases' || !reply || (reply.answered < FEWEST && !isExact)) return sum
  return `${sum} ${say('staff-figures.reply', { time: timeWords(reply.minutes, words) })}`
}

const [HOUR, DAY] = [60, 1440]
/** A time of at least this length is given in days. */
const DAYS_FROM = 2 * DAY

function timeWords(minutes: number, { say }: FigureWords): string {
  if (minutes < HOUR) return say('staff-figures.reply.minutes', { n: minutes })
  if (minutes < DAYS_FROM)
    return say('staff-figures.reply.hours', { n: Math.round(minutes / HOUR) })
  return say('staff-figures.reply.days', { n: Math.round(minutes / DAY) })
}
