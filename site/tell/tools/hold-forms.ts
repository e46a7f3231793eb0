// The number in the forms of other programs. Pure: what is written is what a test reads.

const digitsOf = (receipt: string): string => receipt.replace(/\D/g, '')

/** One digit after the other, with a longer pause after each group of four. */
export const spokenDigits = (receipt: string): string =>
  (digitsOf(receipt).match(/\d{4}/g) || []).map((group) => group.split('').join(', ')).join('. ')

// Commas, semicolons and backslashes have a meaning in both formats, line ends in all.
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\s+/g, ' ')

const lines = (...each: string[]): string => each.map((line) => line + '\r\n').join('')

/** A vCard 3.0 (RFC 2426) with the 28 digits as three numbers of 10, 9 and 9, in the order of mobile, home, work. */
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
 * An iCalendar file (RFC 5545) with one whole-day entry. The identity and the stamp that the format asks for tell nothing but the day.
 *
 * @param note  '' for none
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
