import { expect, test } from 'vitest'
import { doneSteps, isFirstMember } from '#site/staff/session/first-steps.ts'
import { LedgerWriter, writer } from '#test/protocol/support/ledger.ts'
import { fromB64 } from '#protocol/bytes'
import { replayLedger } from '#protocol/staff/ledger/roster'

/** days since 1970 */
const TODAY = 20_000

async function rosterOf(readers: number) {
  const ledger = await LedgerWriter.begin()
  const people = []
  for (let n = 0; n < readers; n++) {
    const person = await writer()
    await ledger.certify(person, 'admin', 'intake')
    people.push(person)
  }
  const { roster } = await replayLedger(ledger.rows, fromB64(ledger.root.keys.signPublic))
  return { roster, people }
}

test('The second reader in the roster does a step, and no mark of the person does', async () => {
  const done = ['reader' as const, 'paper' as const]
  expect(doneSteps({ done }, (await rosterOf(1)).roster, TODAY)).toEqual(['paper'])
  expect(doneSteps({ done: [] }, (await rosterOf(2)).roster, TODAY)).toEqual(['reader'])
  expect(doneSteps({ done }, null, TODAY)).toEqual(['paper'])
})

test('The second keeper in the roster does the step of keepers', () => {
  const keeper = { lastDay: TODAY, certificate: '' }
  const reader = { state: 'confirmed' as const, roles: ['intake' as const] }
  const people = (keepers: number) =>
    new Map(
      ['one', 'two'].map((id, n) => [id, { ...reader, id, keeper: n < keepers ? keeper : null }]),
    )
  // Guarantee: the steps read only a member's state, roles and certificate.
  const done = (keepers: number, today = TODAY) =>
    doneSteps({ done: ['keeper'] }, { people: people(keepers) } as never, today)
  expect(done(1)).toEqual(['reader'])
  expect(done(2)).toEqual(['reader', 'keeper'])
  // A keeper whose certificate has expired cannot change the key.
  expect(done(2, TODAY + 1)).toEqual(['reader'])
})

test('Only a person whom the root confirmed is the first member', async () => {
  const { roster, people } = await rosterOf(1)
  expect(isFirstMember(roster, people[0]?.id ?? '')).toBe(true)
  expect(isFirstMember(roster, 'somebody')).toBe(false)
})
