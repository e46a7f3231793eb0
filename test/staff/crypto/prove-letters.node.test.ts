import { beforeAll, expect, test } from 'vitest'
import { randomBytes, sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { ownerOf } from '#protocol/report/receipt'
import { openAll } from '#site/staff/report/load-report.ts'
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

/** Opens a report with these follow-ups, as a server that controls the database lists them. */
async function shown(letters: Filed[], first = reported) {
  const followUps = letters.map(({ id, envelope }) => ({
    id,
    day: '2026-11-24',
    sealedBy: 'device' as const,
    envelope: toB64(envelope),
  }))
  return openAll(staff.keys, openedWith(first, { followUps }))
}
const marksOf = async (letters: Filed[]) =>
  (await shown(letters)).followUps.map(({ isProven, missingBefore }) => [isProven, missingBefore])

/** The letters of one visit, numbered as the page numbers them. */
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

test('R32: A letter with a very high number has the exact gap without a loop', async () => {
  const letter = await writeAgain(staff, reported, { text: 'алыс' }, { n: 0xffff_ffff })
  expect(await marksOf([letter])).toEqual([[true, 0xffff_ffff]])
})

test('R32: No letter of 2,000 that a server forges or changes is shown as proven', async () => {
  const [mine] = await visitOf(1)
  if (!mine) throw new Error('one letter')
  const bent = (at: number, bytes: Bytes): Bytes => {
    const changed = bytes.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    return changed
  }
  let unmarked = 0
  for (let round = 0; round < 2000; round++) {
    const forged =
      round % 4 === 0
        ? // The server knows the hashes and the public key, and guesses `up`.
          await writeAgain(staff, reported, { text: 'жасалма' }, { up: randomBytes(32) })
        : round % 4 === 1
          ? // The server omits the mac.
            await tell(staff, { text: 'жасалма' }, { kind: 4, ownerHash: reported.ownerHash })
          : round % 4 === 2
            ? // The server changes a byte of a letter and lists the letter under its new id.
              { ...mine, envelope: bent((round * 7919) % mine.envelope.length, mine.envelope) }
            : // The server adds a proven letter of another thread to this thread.
              await writeAgain(staff, await tell(staff, { text: 'башка' }), { text: 'башкадан' })
    const [mark] = (await shown([forged])).followUps
    if (mark?.isProven && mark.report) unmarked++
  }
  expect(unmarked).toBe(0)
})

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
