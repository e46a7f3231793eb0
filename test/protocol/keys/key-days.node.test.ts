// Checks which key expires first, and how soon. The edge and the staff app call the same function.
import { expect, test } from 'vitest'
import { firstEnding } from '#protocol/keys/key-days'
import { dayNumber } from '#protocol/time'
import { organisation } from '../support/organisation.ts'

const NOW = Date.UTC(2026, 10, 24)
const TODAY = dayNumber(NOW)
const { manifestBytes } = await organisation(NOW, { lastDay: TODAY + 90 })
const endingWith = (keeperLastDay: number | null, inDays = 0) =>
  firstEnding(manifestBytes, keeperLastDay, NOW + inDays * 86_400_000)

test('The epoch ends first without a keeper, and when the keeper ends later', () => {
  for (const keeperLastDay of [null, TODAY + 91])
    expect(endingWith(keeperLastDay)).toEqual({ of: 'epoch', daysLeft: 90, state: 'ok' })
})

test('The keeper ends first when the last certificate ends before the epoch', () => {
  expect(endingWith(TODAY + 89)).toEqual({ of: 'keeper', daysLeft: 89, state: 'ok' })
})

test('The certificate counts when it ends the epoch, as a new epoch ends too', async () => {
  const { manifestBytes: short } = await organisation(NOW, { adminLastDay: TODAY + 5 })
  expect(firstEnding(short, TODAY + 5, NOW)).toEqual({
    ...{ of: 'keeper', daysLeft: 5, state: 'ending' },
  })
})

test('An epoch ends with the certificate of its signer, if that ends earlier', async () => {
  const { manifestBytes: short } = await organisation(NOW, { adminLastDay: TODAY + 5 })
  expect(firstEnding(short, null, NOW)).toEqual({ of: 'epoch', daysLeft: 5, state: 'ending' })
})

test.each([
  [61, 'ok'],
  [60, 'soon'],
  [15, 'soon'],
  [14, 'ending'],
  [0, 'ending'],
  [-1, 'ended'],
])('With %i days left the keys are %s', (daysLeft, state) => {
  expect(endingWith(null, 90 - daysLeft)).toMatchObject({ daysLeft, state })
})
