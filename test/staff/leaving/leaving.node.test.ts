// Lists by name what somebody opens who left with every key that their browser ever held, and who
// has a full copy of the database and of R2.
import { afterEach, expect, test, vi } from 'vitest'
import { type DepartureStepName } from '#site/staff/keys/departure.ts'
import { openableBy } from './support/openable.ts'
import { playLeaving } from './support/play-leaving.ts'

afterEach(() => vi.unstubAllGlobals())

/** Replies in a thread that the leaver had read, and old things under case keys that they kept. */
const KEPT = [
  'answer: old read thread: new reply',
  'answer: old read thread: reply',
  'content key',
  'entry: old read thread: note of a colleague',
  'entry: old read thread: note of the leaver',
  'letter: old read report',
  'letter: old read report that the leaver did not take in',
  'letter: old read thread: letter that a colleague took in',
  'letter: old read thread: letter that the leaver took in',
  'letter: old read thread: report',
]

test('R36: A leaver opens replies in threads read before, old things under kept keys, and nothing else', async () => {
  const { leaver, after } = await playLeaving()
  expect(await openableBy(leaver, after)).toEqual(KEPT)
})

const UNOPENED = [
  'letter: old unopened form',
  'letter: old unopened thread: letter',
  'letter: old unopened thread: report',
]
const FOREIGN = [
  'answer: new reply',
  'answer: old reply in a foreign thread',
  'case key',
  'entry: old note in a foreign case',
  'letter: old foreign form: report',
  'letter: old foreign thread: letter',
  'letter: old foreign thread: report',
]

test.each<[DepartureStepName[], string[]]>([
  [['take_in'], UNOPENED],
  [['rewrap', 'team_end'], FOREIGN],
])('R36: Without %s, a leaver opens more', async (without, more) => {
  const { leaver, after } = await playLeaving(without)
  expect(await openableBy(leaver, after)).toEqual([...KEPT, ...more].sort())
})

test('probe', async () => {
  for (const without of [
    ['retire'],
    ['epoch', 'retire'],
    ['team', 'rewrap', 'team_end'],
    ['team_end'],
  ] as const) {
    try {
      const p = await playLeaving(without)
      console.log(
        without,
        (await openableBy(p.leaver, p.after)).filter((e) => !KEPT.includes(e)),
      )
    } catch (e) {
      console.log(without, e)
    }
  }
  const p = await playLeaving([], 'waits')
  console.log(
    'waits',
    (await openableBy(p.leaver, p.after)).filter((e) => !KEPT.includes(e)),
  )
  console.log(
    'bermet',
    (await openableBy(p.colleague, p.after)).filter((e) => !KEPT.includes(e)),
  )
  console.log(
    'before',
    (await openableBy(p.leaver, p.before)).filter((e) => !KEPT.includes(e)),
  )
})
