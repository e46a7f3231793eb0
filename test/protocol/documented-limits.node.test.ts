// Compares the values in the wire-format documents with the code.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as limits from '#protocol/limits'
import { CONSENTS, MADE, NEEDS, PEOPLE, SIGNS } from '#protocol/report/plain-report'
import { readReceipt } from '#protocol/report/receipt'

const page = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../docs/protocol', name), 'utf8')

/**
 * Returns the table rows that begin with a name in capitals, each split into the name and the rest.
 */
const rowsOf = (text: string): [name: string, rest: string][] =>
  [...text.matchAll(/^\| `([A-Z_]+)` *\| (.*?) *\|$/gm)].map(([, name = '', rest = '']) => [
    name,
    rest,
  ])

test('Every limit in the README of the wire has the value of the code', () => {
  const rows = rowsOf(page('README.md'))
  expect(rows.length).toBeGreaterThan(10)
  for (const [name, rest] of rows) {
    const [first = ''] = rest.split(';')
    const named = first.replace(/ in suite 1/, '').match(/\d[\d,]*/g) ?? []
    const values = named.map((number) => Number(number.replaceAll(',', '')))
    expect([name, values]).toEqual([
      name,
      [new Map<string, unknown>(Object.entries(limits)).get(name)].flat(),
    ])
  }
})

test('Suite 2 leaves the bytes that the README names', () => {
  const room = limits.MAX_REPORT_BYTES + limits.WRAP_BYTES - limits.HYBRID_WRAP_BYTES
  expect(page('README.md')).toContain(`suite 2 leaves ${room.toLocaleString('en')}`)
})

test('The envelope page lists the codes of signs, needs, consents and origins', () => {
  const lists = rowsOf(page('envelope.md')).map(([name, rest]) => [
    name,
    rest.split(', ').map((code) => code.replaceAll('`', '')),
  ])
  expect(Object.fromEntries(lists)).toEqual({ SIGNS, NEEDS, CONSENTS, MADE, PEOPLE })
})

test('The example on the receipt page is a right number', () => {
  const [shown = ''] = /(\d{4} ){6}\d{4}/.exec(page('receipt.md')) ?? []
  expect(readReceipt(shown)).toEqual({ receipt: shown.replaceAll(' ', '') })
})
