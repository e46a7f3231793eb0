import { expect, test } from 'vitest'
import { Refusal } from '#protocol/errors'
import { emptyRoster } from '#protocol/staff/ledger/roster-state'
import { repeatFor, type Departing } from '#site/staff/departure/step.ts'
import { colleagues } from '../support/colleagues.ts'

/**
 * Returns a departing person with a ledger whose number of rows is always the result of `count`.
 */
async function departing(count: () => number): Promise<Departing> {
  const { aigul } = await colleagues()
  const roster = await emptyRoster(new Uint8Array(65))
  return {
    keys: aigul.keys,
    nextRoster: () => Promise.resolve({ ...roster, rows: count() }),
    nextKeys: () => Promise.resolve(aigul.keys),
  }
}

test('A step goes on until nothing is left, even after a checkpoint was faster', async () => {
  let [rows, left] = [1, 3]
  const shown: number[] = []
  let isFirst = true
  await repeatFor(
    await departing(() => rows),
    () => left,
    () => {
      rows += 1
      if (isFirst) {
        isFirst = false
        return Promise.reject(new Refusal('chain_moved'))
      }
      left -= 1
      return Promise.resolve()
    },
    (done) => shown.push(done),
  )
  expect(shown).toEqual([1, 2, 3])
})

test('R52: A step ends when the server stored nothing, and signs no second row', async () => {
  let signed = 0
  const step = repeatFor(
    await departing(() => 7),
    () => 1,
    () => {
      signed += 1
      return signed > 3 ? Promise.reject(new Error('no end')) : Promise.resolve()
    },
    () => undefined,
  )
  await expect(step).rejects.toMatchObject({ code: 'ledger_broken' })
  expect(signed).toBe(1)
})
