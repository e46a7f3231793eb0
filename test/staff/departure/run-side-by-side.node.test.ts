import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { runSideBySide } from '#site/staff/departure/run-side-by-side.ts'

test('Every item is worked through once, and never more at a time than allowed', async () => {
  const done: number[] = []
  let [running, most] = [0, 0]
  await runSideBySide(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
    most = Math.max(most, ++running)
    await turn()
    running -= 1
    done.push(item)
  })
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(most).toBe(3)
})

test('A failure begins no other item, and is thrown after what had begun has ended', async () => {
  const [begun, ended]: [number[], number[]] = [[], []]
  const run = runSideBySide(2, [1, 2, 3, 4, 5], async (item) => {
    begun.push(item)
    if (item === 1) throw new Error('no network')
    await turn()
    ended.push(item)
  })
  await expect(run).rejects.toThrow('no network')
  expect([begun, ended]).toEqual([[1, 2], [2]])
})
