import { expect, test } from 'vitest'
import { leastShare, mostOf, runSizeOf, sharesOf } from '#worker/scheduled/share-run'
import { boundsOf } from '#worker/reports/database-bounds'
import { PARTITIONS, type Partition } from '#worker/store/overflow/partitions'

const everyPartition = (many: number): Record<Partition, number> =>
  Object.fromEntries(PARTITIONS.map((name) => [name, many])) as Record<Partition, number>

test.each(['free', 'paid'])('Each partition has its share of a run on the %s plan', (plan) => {
  const size = runSizeOf(plan)
  const least = leastShare(size)
  const shares = sharesOf(everyPartition(1000), size)
  for (const name of PARTITIONS.slice(1)) expect([name, shares[name]]).toEqual([name, least])
  expect(shares['urgent-3']).toBe(size.objects - 9 * least)
})

test('A run of the drain gives its unused share to danger first, then to the higher grade', () => {
  const found = { ...everyPartition(0), 'urgent-0': 10, '3': 10, '2': 10, '0': 10 }
  const shares = sharesOf(found, { objects: 24, joins: 8 })
  expect([shares['urgent-0'], shares['3'], shares['2'], shares['0']]).toEqual([10, 10, 3, 1])
})

test('A run takes no more objects than wait, and an unknown plan counts as free', () => {
  expect(sharesOf(everyPartition(1), runSizeOf('paid'))).toEqual(everyPartition(1))
  expect(runSizeOf('other')).toBe(runSizeOf('free'))
})

test('The size of the database decides which partitions a run takes', () => {
  const size = { objects: 24, joins: 8 }
  const bounds = boundsOf('500')
  const takenAt = (share: number): Record<string, number> =>
    Object.fromEntries(
      PARTITIONS.map(
        (name) => [name, mostOf(name, size, bounds, share * 500_000_000)] as const,
      ).filter(([, most]) => most > 0),
    )
  const followUps = { 'urgent-followup': 24, followup: 24 }
  const proven = { 'urgent-3': 24, 'urgent-2': 24 }
  const graded = { 'urgent-1': 24, '3': 24, '2': 24, '1': 24 }
  expect(takenAt(0.79)).toEqual(everyPartition(24))
  expect(takenAt(0.82)).toEqual({ ...followUps, ...proven, ...graded, 'urgent-0': 2 })
  expect(takenAt(0.87)).toEqual({ ...followUps, ...proven })
  expect(takenAt(0.9)).toEqual({})
})
