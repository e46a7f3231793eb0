import { expect, test } from 'vitest'
import { calendarEntry, contactCard, spokenDigits } from '#site/lifeline/tools/receipt-formats.ts'

const SHOWN = '0123 4567 8901 2345 6789 0123 4567'
const DIGITS = SHOWN.replace(/ /g, '')

test('A voice speaks the digits one by one, with a pause after each group', () => {
  expect(spokenDigits(SHOWN).split('. ')[0]).toBe('0, 1, 2, 3')
  expect(spokenDigits(SHOWN).replace(/\D/g, '')).toBe(DIGITS)
})

test('A contact card carries the digits as three phone numbers and only the chosen name', () => {
  const card = contactCard('Дүкөн, эски;\r\nTEL:1', SHOWN)
  const numbers = [...card.matchAll(/^TEL;TYPE=\w+:(\d+)\r$/gm)].map(([, digits]) => digits)
  expect(numbers.join('')).toBe(DIGITS)
  expect(numbers.map((number = '') => number.length)).toEqual([10, 9, 9])
  expect(card).toContain('FN:Дүкөн\\, эски\\; TEL:1\r\n')
  expect(card.split('\r\n').filter((line) => line.startsWith('TEL'))).toHaveLength(3)
})

test('A reminder falls on the right day and has the return number only on request', () => {
  const now = new Date(2026, 1, 27, 23, 59)
  const entry = calendarEntry('Чалып коюу', 3, '', now)
  expect(entry).toContain('DTSTART;VALUE=DATE:20260302\r\n')
  expect(entry).toContain('SUMMARY:Чалып коюу\r\n')
  expect(entry).not.toMatch(/DESCRIPTION|\d{4} \d{4}/)
  expect(entry).not.toMatch(/oasis/i)
  expect(calendarEntry('x', 1, SHOWN, now)).toContain(`DESCRIPTION:${SHOWN}\r\n`)
})
