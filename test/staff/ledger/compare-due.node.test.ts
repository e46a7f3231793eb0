import { beforeAll, expect, test } from 'vitest'
import { DAY_MS } from '#protocol/limits'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { isCompareDue } from '#site/staff/ledger/compare-due.ts'
import { rosterOf } from '#test/protocol/support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '#test/protocol/support/ledger.ts'

const NOW = Date.UTC(2026, 10, 30)
let ledger: LedgerWriter
let people: [Writer, Writer, Writer]
beforeAll(async () => {
  people = await Promise.all([writer(), writer(), writer()])
  ledger = await LedgerWriter.begin()
  for (const each of people) await ledger.certify(each, 'admin', 'intake')
})

const dueFor = (roster: Roster, compared = { n: 0, at: 0 }): string[] =>
  people.flatMap(({ id }) => (isCompareDue(roster, id, compared, NOW) ? [id] : []))

test('R49: Two readers compare after a change of people, its signer among them', async () => {
  const [aigul, bermet, daria] = people
  const copy = ledger.copy()
  await copy.add(daria, 'person.remove', bermet.id, bermet.keys)
  const roster = await rosterOf(copy)
  expect(dueFor(roster).sort()).toEqual([aigul.id, daria.id].sort())
  const compared = { n: roster.rows, at: NOW - DAY_MS }
  expect(dueFor(roster, compared)).toEqual([])
  expect(dueFor(roster, { ...compared, n: roster.rows - 1 })).toHaveLength(2)
})

test('R49: Without a change two readers compare once a month', async () => {
  const roster = await rosterOf(ledger)
  expect(dueFor(roster, { n: roster.rows, at: NOW - 29 * DAY_MS })).toEqual([])
  expect(dueFor(roster, { n: roster.rows, at: NOW - 30 * DAY_MS })).toHaveLength(2)
  expect(dueFor({ ...roster, people: new Map() })).toEqual([])
})

test('A row about something else asks nobody to compare', async () => {
  const before = await rosterOf(ledger)
  const copy = ledger.copy()
  await copy.invite(people[0], 'caseworker')
  const compared = { n: before.rows, at: NOW }
  expect(dueFor(await rosterOf(copy), compared)).toEqual([])
})
