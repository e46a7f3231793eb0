import { beforeAll, expect, test } from 'vitest'
import { randomBytes, sameBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { MAX_FOLLOW_UPS } from '#protocol/limits'
import { reportIdOf } from '#protocol/report/envelope'
import { ownerOf } from '#protocol/report/receipt'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { chanceFrom, type Chance } from '#scripts/shared/seeded-random'
import { conversationOf, type Doubt } from '#site/staff/case/read/conversation.ts'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { SAMPLED, sampleOf } from '#test/sample.ts'
import {
  openedWith,
  staffed,
  tell,
  writeAgain,
  type Filed,
  type Staffed,
} from '../support/people.ts'

let staff: Staffed
let reported: Filed
beforeAll(async () => {
  staff = await staffed()
  reported = await tell(staff, { text: 'биринчи' })
})

/** Opens a report with these follow-ups, as a server that controls the database would list them. */
async function shown(
  letters: Filed[],
  first = reported,
  sealedBy: StoredCase['item']['sealedBy'] = 'device',
) {
  const followUps = letters.map(({ id, envelope }) => ({
    id,
    day: '2026-11-24',
    sealedBy,
    envelope: toB64(envelope),
  }))
  const opened = openedWith(first, { followUps })
  return openAll(staff, { ...opened, item: { ...opened.item, sealedBy } })
}
const marksOf = async (letters: Filed[]) =>
  (await shown(letters)).followUps.map(({ isProven, missingBefore }) => [isProven, missingBefore])

/** The letters from one visit, numbered as the page numbers them. */
async function visitOf(count: number): Promise<Filed[]> {
  const visit = randomBytes(8)
  const letters: Filed[] = []
  for (let n = 0; n < count; n++)
    letters.push(await writeAgain(staff, reported, { text: `кат ${n}` }, { visit, n }))
  return letters
}

test('R32: Letters of the reporter are proven, in any order and from several visits', async () => {
  const [one, two] = [await visitOf(3), await visitOf(2)]
  const mixed = [two[1], one[2], one[0], two[0], one[1]].filter((letter) => letter !== undefined)
  expect(await marksOf(mixed)).toEqual(mixed.map(() => [true, 0]))
})

test('R32: A letter that the server hides leaves a gap before the next letter', async () => {
  const [first, second, third, fourth] = await visitOf(4)
  if (!first || !second || !third || !fourth) throw new Error('four letters')
  expect(await marksOf([first, third, fourth])).toEqual([
    [true, 0],
    [true, 1],
    [true, 0],
  ])
  expect(await marksOf([fourth])).toEqual([[true, 3]])
})

test('R32: The word of the server about where letters were sealed proves nothing', async () => {
  const letters = [
    ...(await visitOf(2)),
    await writeAgain(staff, reported, FORGED, { up: randomBytes(32) }),
  ]
  for (const sealedBy of ['device', 'worker'] as const) {
    const { isOwner, followUps } = await shown(letters, reported, sealedBy)
    expect([isOwner, ...followUps.map(({ isProven }) => isProven)]).toEqual([
      true,
      true,
      true,
      false,
    ])
  }
})

test('R32: A letter with a very high number has the exact gap without a loop', async () => {
  const letter = await writeAgain(staff, reported, { text: 'алыс' }, { n: 0xffff_ffff })
  expect(await marksOf([letter])).toEqual([[true, 0xffff_ffff]])
})

/** A follow-up that the person wrote, and its position. */
interface Written {
  letter: Filed
  text: string
  visit: number
  n: number
}

/** Writes three visits of four follow-ups. Each follow-up has a different minute. */
async function threadOf(first: Filed): Promise<Written[]> {
  const visits = [0, 1, 2].map((name) => ({ name, visit: randomBytes(8) }))
  const written: Written[] = []
  for (const { name, visit } of visits)
    for (let n = 0; n < 4; n++) {
      const text = `${first.id}: ${name}, ${n}`
      const at = `2026-11-24T22:${10 + written.length}Z`
      const letter = await writeAgain(staff, first, { text, at }, { visit, n })
      written.push({ letter, text, visit: name, n })
    }
  return written
}

/** The list of follow-ups that an attacker who controls D1 and R2 sends to the staff app. */
interface Attack {
  list: Filed[]
  /** the number of follow-ups that the attack forges, replays, reorders or drops */
  count: number
  /** the report in the first position */
  first: Filed
  isFirstForged: boolean
}

/** The two threads available to an attacker who controls D1 and R2. */
interface Threads {
  own: Written[]
  other: Written[]
  otherFirst: Filed
}

const FORGED = { text: 'жасалма' }
const lettersOf = (thread: Written[]): Filed[] => thread.map(({ letter }) => letter)
const ADDED = MAX_FOLLOW_UPS - 12

function shuffled<T>(chance: Chance, all: readonly T[]): T[] {
  const mixed: T[] = []
  for (const each of all) mixed.splice(chance.below(mixed.length + 1), 0, each)
  return mixed
}

/** Changes one bit of an envelope. */
function changed({ below }: Chance, letter: Filed): Bytes {
  const envelope = letter.envelope.slice()
  const at = below(envelope.length)
  envelope[at] = (envelope[at] ?? 0) ^ (1 << below(8))
  return envelope
}

/**
 * Forges one follow-up. The server has the hashes in the header and the public key.
 *
 * @param first  the report in the first position; the server has its `up` if the server forged
 *   that report
 */
async function forgeOne(chance: Chance, own: Written[], first: Filed | null): Promise<Filed> {
  const { ownerHash, receipt } = reported
  const header = { ownerHash, writeHash: await sha256(receipt.write) }
  const up = first ? first.receipt.up : randomBytes(32)
  const { letter } = chance.one(own)
  const ways = [
    // The server guesses `up`, or uses the `up` of its own report.
    () => writeAgain(staff, reported, FORGED, { up }),
    // The server omits the MAC.
    () => tell(staff, FORGED, { ...header, kind: 4 }),
    // The server lists a report as a follow-up.
    () => tell(staff, FORGED, header),
    // The server changes a bit, and lists the envelope under the resulting id or another id.
    async () => {
      const envelope = changed(chance, letter)
      return { ...letter, envelope, id: toB64(await reportIdOf(envelope)) }
    },
    () => ({ ...letter, envelope: changed(chance, letter), id: toB64(randomBytes(16)) }),
  ]
  return chance.one(ways)()
}

/** Adds forged follow-ups. In half of the lists, the first report is also forged. */
async function forge(chance: Chance, { own }: Threads): Promise<Attack> {
  const isFirstForged = chance.below(2) === 0
  const { ownerHash } = reported
  const first = isFirstForged ? await tell(staff, FORGED, { ownerHash }) : reported
  const forged: Filed[] = []
  while (forged.length < ADDED)
    forged.push(await forgeOne(chance, own, isFirstForged ? first : null))
  const list = shuffled(chance, [...lettersOf(own), ...forged])
  return { list, count: ADDED, first, isFirstForged }
}

/** Lists genuine follow-ups a second time, under another id, or under another first report. */
function replay(chance: Chance, { own, other, otherFirst }: Threads): Attack {
  const ways = [
    () => chance.one(own).letter,
    () => chance.one(other).letter,
    () => ({ ...chance.one(own).letter, id: toB64(randomBytes(16)) }),
    () => reported,
  ]
  const replayed = Array.from({ length: ADDED }, () => chance.one(ways)())
  const list = shuffled(chance, [...lettersOf(own), ...replayed])
  const first = chance.one([reported, otherFirst, chance.one(own).letter])
  return { list, count: ADDED, first, isFirstForged: false }
}

const reorder = (chance: Chance, { own }: Threads): Attack => ({
  list: shuffled(chance, lettersOf(own)),
  count: own.length,
  first: reported,
  isFirstForged: false,
})

function drop(chance: Chance, { own }: Threads): Attack {
  const count = chance.below(own.length)
  const list = shuffled(chance, lettersOf(own)).slice(count)
  return { list, count, first: reported, isFirstForged: false }
}

interface Seen {
  /** the doubts that appear beside the first report */
  doubts: Doubt[]
  isAnswerable: boolean
  /** the follow-ups with a certain writer, in conversation order */
  proven: { text: string; gap: number; doubts: Doubt[] }[]
}

/** Returns what staff must see. @param thread  the follow-ups of the first report, as written */
function truthOf(thread: Written[] | undefined, { list, isFirstForged }: Attack): Seen {
  const proven: Seen['proven'] = []
  let gap = 0
  for (const { letter, text, n } of thread ?? []) {
    if (n === 0) gap = 0
    if (list.includes(letter)) {
      proven.push({ text, gap, doubts: gap > 0 ? ['missing'] : [] })
      gap = 0
    } else gap++
  }
  const doubts: Doubt[] = isFirstForged ? ['unproven'] : []
  return { doubts, isAnswerable: thread !== undefined, proven }
}

async function seenIn({ list, first }: Attack): Promise<Seen> {
  const opened = await shown(list, first)
  const gaps = new Map(opened.followUps.map(({ id, missingBefore }) => [id, missingBefore]))
  const [begin, ...later] = conversationOf(opened)
  return {
    doubts: begin?.doubts ?? [],
    isAnswerable: opened.reply !== null,
    proven: later.flatMap(({ key, text, doubts }) =>
      text === null || doubts.includes('unproven')
        ? []
        : [{ text, gap: gaps.get(key) ?? NaN, doubts }],
    ),
  }
}

// The seed determines every choice of an attack. The keys and nonces remain random.
const SEED = 32
const TIMES = sampleOf(600, 2500)

test.each([
  ['forged', forge],
  ['replayed', replay],
  ['reordered', reorder],
  ['dropped', drop],
])(
  'R32: With follow-ups %s in D1 and R2, only true words are proven, in order, with gaps',
  SAMPLED,
  async (_done, attackWith) => {
    const chance = chanceFrom(SEED)
    const otherFirst = await tell(staff, { text: 'башка' })
    const threads = { own: await threadOf(reported), other: await threadOf(otherFirst), otherFirst }
    const written = new Map([
      [reported, threads.own],
      [otherFirst, threads.other],
    ])
    for (let done = 0; done < TIMES;) {
      const attack = await attackWith(chance, threads)
      expect(await seenIn(attack)).toEqual(truthOf(written.get(attack.first), attack))
      done += attack.count
    }
  },
)

test('R32: A report with a foreign owner hash does not own the receipt of that hash', async () => {
  const stranger = await tell(
    staff,
    { text: 'жат', owner: toB64(await ownerOf(randomBytes(16))) },
    { ownerHash: reported.ownerHash },
  )
  const { isOwner, reply, followUps } = await shown(await visitOf(1), stranger)
  expect([isOwner, reply]).toEqual([false, null])
  expect(followUps.map(({ isProven }) => isProven)).toEqual([false])
  expect((await shown([])).isOwner).toBe(true)
  expect(sameBytes(stranger.ownerHash, reported.ownerHash)).toBe(false)
})
