// Lists by name everything that a former colleague can open. The colleague has every key that their
// browser has ever had, and a full copy of the database and R2.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { UNSET } from '#protocol/staff/people/own-settings'
import { type DepartureStepName } from '#site/staff/departure/step.ts'
import { SAMPLED, sampleOf } from '#test/sample.ts'
import { quoted, rowsAfter } from './support/document-table.ts'
import { openableBy, plainIn } from './support/openable.ts'
import { playDeparture, type PlayedDeparture } from './support/play-departure.ts'
import { thingsIn } from './support/sealed-things.ts'

let whole: PlayedDeparture
beforeAll(async () => {
  whole = await playDeparture()
})
afterEach(() => vi.unstubAllGlobals())

/**
 * Replies in a thread that the leaver had read, and old items under case keys that the leaver kept.
 */
const KEPT = [
  'answer: old read thread: new reply',
  'answer: old read thread: reply',
  'content key',
  'entry: old read thread: note of a colleague',
  'entry: old read thread: note of the leaver',
  'letter: old read report',
  'letter: old read report that the leaver did not take',
  'letter: old read thread: letter that a colleague took',
  'letter: old read thread: letter that the leaver took',
  'letter: old read thread: report',
  'reading mark: old read thread: new mark',
  'record: old read thread: title',
]

test('R36: A leaver opens replies in read threads and old things under kept keys', async () => {
  expect(await openableBy(whole.leaver, whole.after)).toEqual(KEPT)
})

test('Before the act, the leaver’s keys open every old thing', async () => {
  const { leaver, colleague, before } = whole
  const names = await openableBy(leaver, before)
  const isOwn = (name: string): boolean => name.startsWith('views: ')
  expect(names.filter((name) => !isOwn(name))).toEqual(
    (await openableBy(colleague, before)).filter((name) => !isOwn(name)),
  )
  expect(names.filter(isOwn)).toEqual(['views: old view of the leaver'])
  for (const name of [...OLD, ...FOREIGN, ...REPLACED]) expect(names).toContain(name)
})

test('R36: The threat model names what a leaver reads, by kind of thing', () => {
  const heading = '### A colleague who leaves'
  const [, ...rows] = rowsAfter('docs/threat-model.md', heading, 'Stored thing')
  const named = rows.map(([kind = '', read = '']): [string[], string[]] => [
    quoted(kind),
    quoted(read),
  ])
  const plain = ['own choices', 'template']
  const kinds = new Set([...thingsIn(whole.after).map(({ is }) => is), ...plain])
  expect(named.flatMap(([kind]) => kind).sort()).toEqual([...kinds].sort())
  const lines = named.flatMap(([[kind = ''], read]) =>
    read.map((name) => (name === kind ? kind : `${kind}: ${name}`)),
  )
  const ofPlain = plainIn(whole.after).map((line) => line.split(': ')[0] ?? '')
  expect(lines.sort()).toEqual([...KEPT, ...new Set(ofPlain)].sort())
})

test('R36: Templates and personal choices are plain, and a leaver’s choices go with them', () => {
  const choices = `own choices: ${JSON.stringify({ ...UNSET, hasBreaks: false })}`
  expect(plainIn(whole.before)).toEqual([choices, choices, 'template: old template'])
  const templates = ['template: new template', 'template: old template']
  expect(plainIn(whole.after)).toEqual([choices, ...templates])
})

const OLD = [
  'letter: old read thread: letter that nobody opened',
  'letter: old unopened form',
  'letter: old unopened thread: letter',
  'letter: old unopened thread: report',
]
const FOREIGN = [
  'answer: old reply in a foreign thread',
  'case key',
  'entry: old note in a foreign case',
  'letter: old foreign form: report',
  'letter: old foreign thread: letter',
  'letter: old foreign thread: report',
  'letter: old assigned report',
  'record: old title',
]
/** The items that the departure or a later item replaces. */
const REPLACED = [
  'piece: old words',
  'reading mark: old mark',
  'reading mark: old read thread: mark',
]
const NEW = [
  'letter: new letter',
  'letter: new report that nobody opened',
  'letter: new thread: letter that nobody opened',
]

/** The steps that a departure skips, and the additional items that the leaver can then open. */
const FAULTS: [DepartureStepName[], string[]][] = [
  [['retire'], NEW],
  [
    ['team', 'rewrap', 'pieces', 'team_end'],
    [
      'piece: new words',
      'piece: old words',
      ...[...OLD, ...FOREIGN],
      'answer: new reply',
      'entry: new note',
      'entry: new note of a browser that has not seen the departure',
      'letter: new letter',
      'letter: new thread: report',
      'reading mark: new mark',
      'receiver: old receiver',
      'record: new title',
    ],
  ],
  // A colleague opened one of the old letters after the departure began, so the letter is in its
  // case.
  [['take'], OLD.slice(1)],
  // The key for the replies of a thread also opens the new reply.
  [
    ['rewrap', 'team_end'],
    [...FOREIGN, 'answer: new reply', 'reading mark: new mark', 'receiver: old receiver'],
  ],
  [['pieces'], ['piece: old words']],
  [
    ['epoch', 'retire'],
    [...NEW, 'letter: new form that nobody opened'],
  ],
]

test.each(FAULTS.slice(0, sampleOf(2, FAULTS.length)))(
  'R36: Without the steps %s, a leaver opens more',
  SAMPLED,
  async (without, more) => {
    const { leaver, after } = await playDeparture(without)
    expect(await openableBy(leaver, after)).toEqual([...KEPT, ...more].sort())
  },
)

test('The last step deletes the copies of the old generation for the people who stay', async () => {
  const teamKeys = async ({ colleague, after }: PlayedDeparture): Promise<string[]> =>
    (await openableBy(colleague, after)).filter((name) => name.startsWith('team key'))
  expect(await teamKeys(whole)).toEqual(['team key 2'])
  expect(await teamKeys(await playDeparture(['team_end']))).toEqual(['team key 1', 'team key 2'])
})

const WAITS = { text: 'a waiting report' }

test('R36: A report that waits in R2 during the act keeps the departure open', async () => {
  const { leaver, after, lettersLeft } = await playDeparture([], { ...WAITS, comesIn: false })
  expect(lettersLeft).toEqual([{ todo: 0, awaited: 1 }])
  expect(await openableBy(leaver, after)).toEqual([...KEPT, 'letter: a waiting report'].sort())
})

test('R36: A leaver does not open what waited in R2 once the departure has ended', async () => {
  const { leaver, colleague, after, lettersLeft } = await playDeparture([], {
    ...WAITS,
    comesIn: true,
  })
  expect(lettersLeft).toEqual([
    { todo: 0, awaited: 1 },
    { todo: 1, awaited: 0 },
    { todo: 0, awaited: 0 },
  ])
  expect(await openableBy(leaver, after)).toEqual(KEPT)
  expect(await openableBy(colleague, after)).toContain('letter: a waiting report')
})

test('R36: Without a waiting report, no letter is awaited after the act', () => {
  expect(whole.lettersLeft).toEqual([{ todo: 0, awaited: 0 }])
})
