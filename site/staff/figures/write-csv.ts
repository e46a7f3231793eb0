// Writes a table as a CSV file. Semicolons and a UTF-8 byte order mark let the spreadsheet programs
// in local offices open the file.
import { utf8, type Bytes } from '#protocol/bytes'

const MARK = '\ufeff'

/** A spreadsheet program evaluates a text that begins with one of these characters. */
const RUNS = /^[=+\-@\t\r]/

const NEEDS_QUOTES = /[;"\r\n]/

function written(text: string): string {
  const harmless = RUNS.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Returns the text of a file. @param rows  the cells of each row */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(written).join(';')}\r\n`).join('')

export const csvBytes = (text: string): Bytes => utf8(MARK + text)
