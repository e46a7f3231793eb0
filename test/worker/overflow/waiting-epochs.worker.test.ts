import { beforeEach, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { UntakenPage } from '#protocol/staff/list/case-pages'
import { countWaitingOf } from '#worker/store/overflow/waiting-epochs'
import { deps, freshEdge, reporter, sealed, type Organisation } from '../support/edge.ts'
import { drain, fullLookAfter, submitWhileDown } from '../support/overflow.ts'
import { getAs, person } from '../support/staff.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

const count = (...epochs: number[]): Promise<number> => countWaitingOf(deps.bucket, epochs)

/** Counts the list calls to R2. @param isEndless  true when no list reports the end */
function listed(isEndless: boolean): { bucket: R2Bucket; lists: () => number } {
  let lists = 0
  const bucket = {
    head: (key: string) => deps.bucket.head(key),
    list: async (options: R2ListOptions) => {
      lists += 1
      const page = await deps.bucket.list(options)
      return isEndless ? { ...page, truncated: true } : page
    },
  } as unknown as R2Bucket
  return { bucket, lists: () => lists }
}

test('Reports and follow-ups that wait count for their own epoch only', async () => {
  const known = await reporter()
  await submitWhileDown(await sealed(org, known.hashes))
  const letter = await sealed(org, { ...known.hashes, kind: KIND.followUp })
  await submitWhileDown(letter, { 'oasis-write': toB64(known.keys.write) })
  expect([await count(1), await count(2), await count(2, 1), await count()]).toEqual([2, 0, 2, 0])
  await drain({ now: () => fullLookAfter(0) })
  expect(await count(1)).toBe(0)
})

test('An object that names no epoch counts for every epoch', async () => {
  await submitWhileDown(await sealed(org))
  await deps.bucket.put('overflow/0/unnamed', new Uint8Array(9))
  expect([await count(1), await count(7)]).toEqual([2, 1])
})

test('While the mark says that nothing waits, nobody lists R2', async () => {
  const { bucket, lists } = listed(true)
  expect(await countWaitingOf(bucket, [1])).toBe(0)
  expect(lists()).toBe(0)
})

test('A count ends after three lists, and then says that something waits', async () => {
  await submitWhileDown(await sealed(org))
  const { bucket, lists } = listed(true)
  expect(await countWaitingOf(bucket, [7])).toBe(1)
  expect(lists()).toBe(3)
  expect(await countWaitingOf(listed(false).bucket, [7])).toBe(0)
})

test('R36: The first page of untaken letters counts those that wait in R2', async () => {
  const staff = await person('intake')
  await submitWhileDown(await sealed(org))
  const page = async (query: string): Promise<UntakenPage> =>
    UntakenPage.parse(await (await getAs(staff, `letters/untaken?${query}`)).json())
  expect(await page('epochs=1')).toMatchObject({ remaining: 0, waiting: 1 })
  expect(await page('epochs=2')).toMatchObject({ remaining: 0, waiting: 0 })
  expect(await page(`epochs=1&after=${'A'.repeat(22)}`)).toMatchObject({ waiting: null })
  await drain({ now: () => fullLookAfter(0) })
  expect(await page('epochs=1')).toMatchObject({ remaining: 1, waiting: 0 })
})
