// Writes the receipt in the formats of other programs. All functions are pure, so that tests can
// call them.

const digitsOf = (receipt: string): string => receipt.replace(/\D/g, '')

/** Returns the digits for speech, one by one, with a longer pause after each group of four. */
export const spokenDigits = (receipt: string): string =>
  (digitsOf(receipt).match(/\d{4}/g) || []).map((group) => group.split('').join(', ')).join('. ')

// Escapes commas, semicolons and backslashes, which have a special meaning in both formats, and
// converts line breaks to spaces.
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\s+/g, ' ')

const lines = (...each: string[]): string => each.map((line) => line + '\r\n').join('')

/**
 * Returns a vCard 3.0 (RFC 2426). The 28 digits become three phone numbers of 10, 9 and 9 digits:
 * mobile, home, work.
 */
export function contactCard(name: string, receipt: string): string {
  const digits = digitsOf(receipt)
  return lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${escaped(name)};;;;`,
    `FN:${escaped(name)}`,
    `TEL;TYPE=CELL:${digits.slice(0, 10)}`,
    `TEL;TYPE=HOME:${digits.slice(10, 19)}`,
    `TEL;TYPE=WORK:${digits.slice(19)}`,
    'END:VCARD',
  )
}

const day = (date: Date): string =>
  String(date.getFullYear()) +
  [date.getMonth() + 1, date.getDate()].map((part) => ('0' + String(part)).slice(-2)).join('')

/**
 * Returns an iCalendar file (RFC 5545) with one whole-day entry. The UID and DTSTAMP, which the
 * format requires, contain only days.
 *
 * @param note  text of the description, or '' without one
 */
export function calendarEntry(words: string, days: number, note: string, now: Date): string {
  const on = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  return lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//-//-//EN',
    'BEGIN:VEVENT',
    `UID:${day(on)}-1`,
    `DTSTAMP:${day(now)}T000000Z`,
    `DTSTART;VALUE=DATE:${day(on)}`,
    `SUMMARY:${escaped(words)}`,
    ...(note ? [`DESCRIPTION:${escaped(note)}`] : []),
    'END:VEVENT',
    'END:VCALENDAR',
  )
}
