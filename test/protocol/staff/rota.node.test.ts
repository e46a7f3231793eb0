// Tests who is called and when: nights, duty, quiet hours and rounds.
import { expect, test } from 'vitest'
import {
  calledAfter,
  calledByDigest,
  calledInRound,
  dutyAt,
  emptyNights,
  isQuiet,
  nightAt,
  type OnCall,
  type RotaSet,
} from '#protocol/staff/alerts/rota'

const [AIGUL, BERMET, CHOLPON] = ['aigul', 'bermet', 'cholpon']

/**
 * Returns the time at which the local clock shows this hour, on a day in November 2026. The 23rd of
 * November 2026 is a Monday.
 */
const at = (day: number, hour: number): number => Date.UTC(2026, 10, day, hour)

const rota: RotaSet = {
  nightFrom: 22,
  nightUntil: 8,
  nights: [[AIGUL], [AIGUL], [BERMET, AIGUL], [], [AIGUL], [AIGUL], [CHOLPON, BERMET]],
  days: [CHOLPON, AIGUL],
}
const onCall = (changes: Partial<OnCall> = {}): OnCall => ({
  rota,
  quiet: new Map(),
  reachable: [AIGUL, BERMET, CHOLPON],
  ...changes,
})
const quietAtNight = { from: 21, until: 9, hasDigest: true }

test.each([
  [23, 21, null],
  [23, 22, 0],
  [24, 0, 0],
  [24, 7, 0],
  [24, 8, null],
  [24, 23, 1],
  [29, 22, 6],
  [30, 3, 6],
  [30, 22, 0],
])('On the %i. at %i o’clock the night is %s', (day, hour, night) => {
  expect(nightAt(rota, at(day, hour))).toBe(night)
})

test('A night that begins after midnight belongs to its own day', () => {
  const short = { ...rota, nightFrom: 1, nightUntil: 5 }
  expect([0, 1, 4, 5].map((hour) => nightAt(short, at(23, hour)))).toEqual([null, 0, 0, null])
})

test('A rota with the same hour twice has no night', () => {
  expect(nightAt({ ...rota, nightFrom: 8, nightUntil: 8 }, at(23, 8))).toBeNull()
})

test('Each round calls the next person on duty, and then everybody', () => {
  const night = at(25, 23)
  expect(calledInRound(onCall(), 1, night)).toEqual([BERMET])
  expect(calledInRound(onCall(), 2, night)).toEqual([AIGUL])
  expect(calledInRound(onCall(), 3, night)).toEqual([AIGUL, BERMET, CHOLPON])
})

test('A person on duty is called in their own quiet hours at night, and passed over by day', () => {
  const quiet = new Map([
    [BERMET, quietAtNight],
    [CHOLPON, { ...quietAtNight, from: 8, until: 18 }],
  ])
  expect(dutyAt(onCall({ quiet }), at(25, 23))).toEqual([BERMET, AIGUL])
  expect(dutyAt(onCall({ quiet }), at(25, 10))).toEqual([AIGUL])
})

test('A person on duty without a device is passed over', () => {
  expect(dutyAt(onCall({ reachable: [AIGUL] }), at(25, 23))).toEqual([AIGUL])
})

test('Without anybody on duty the first round calls who is awake, and the second everybody', () => {
  const quiet = new Map([[AIGUL, quietAtNight]])
  for (const without of [onCall({ quiet }), onCall({ quiet, rota: null })]) {
    const night = at(26, 23)
    expect(calledInRound(without, 1, night)).toEqual([BERMET, CHOLPON])
    expect(calledInRound(without, 2, night)).toEqual([AIGUL, BERMET, CHOLPON])
  }
})

test('An alert at night calls everybody at once when everybody has quiet hours', () => {
  const quiet = new Map([AIGUL, BERMET, CHOLPON].map((person) => [person, quietAtNight]))
  expect(calledInRound(onCall({ quiet, rota: null }), 1, at(26, 23))).toHaveLength(3)
})

test('The digest passes over quiet hours and people who want no digest', () => {
  const quiet = new Map([
    [AIGUL, quietAtNight],
    [BERMET, { from: 0, until: 0, hasDigest: false }],
  ])
  expect(calledByDigest(onCall({ quiet }), at(26, 8))).toEqual([CHOLPON])
  expect(calledByDigest(onCall({ quiet }), at(26, 9))).toEqual([AIGUL, CHOLPON])
})

test('Quiet hours include their first hour and not their last', () => {
  const quiet = new Map([[AIGUL, { from: 22, until: 7, hasDigest: true }]])
  const hours = [21, 22, 0, 6, 7]
  expect(hours.map((hour) => isQuiet({ quiet }, AIGUL, at(26, hour)))).toEqual([
    ...[false, true, true, true, false],
  ])
})

test('After a taking, the taker is called again, then the next on duty, then all others', () => {
  const night = at(25, 23)
  const rounds = (taker: string, changes = {}) =>
    [0, 1, 2].map((round) => calledAfter(onCall(changes), taker, round, night))
  expect(rounds(BERMET)).toEqual([[BERMET], [AIGUL], [AIGUL, CHOLPON]])
  expect(rounds(AIGUL)).toEqual([[AIGUL], [BERMET, CHOLPON], [BERMET, CHOLPON]])
  expect(rounds(CHOLPON)).toEqual([[CHOLPON], [BERMET], [AIGUL]])
  expect(rounds(BERMET, { reachable: [BERMET] })).toEqual([[BERMET], [BERMET], [BERMET]])
  expect(rounds('nobody', { reachable: [AIGUL] })).toEqual([[], [AIGUL], [AIGUL]])
})

test('The nights without anybody begin with tonight, and a night of leavers is one of them', () => {
  const nights = (day: number, hour: number, reachable = [AIGUL, BERMET, CHOLPON]) =>
    emptyNights({ rota, reachable }, at(day, hour))
  expect(nights(23, 12)).toEqual([3])
  expect(nights(26, 23, [BERMET])).toEqual([3, 4, 5, 0, 1])
  // The early morning belongs to the night before.
  expect(nights(27, 3, [BERMET])).toEqual([3, 4, 5, 0, 1])
  expect(nights(27, 9, [BERMET])).toEqual([4, 5, 0, 1, 3])
  expect(emptyNights({ rota: { ...rota, nightUntil: 22 }, reachable: [] }, at(23, 12))).toEqual([])
})
