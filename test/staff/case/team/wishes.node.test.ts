// Sends letters from three people to the real worker, and records the victim's wish. The cases are
// merged in every order, with the wish recorded before, between and after the merges.
//
//   A  the victim, asks for help for herself   "to those who help"
//   B  a witness, tells what they saw          "nobody, and do not find out who I am"
//   C  a relative, asks for somebody else      nothing
//   a colleague hears the victim               "nobody but the Foundation"
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { KIND } from '#protocol/report/envelope'
import { dayOf, minuteOf } from '#protocol/time'
import { conversationOf } from '#site/staff/case/read/conversation.ts'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import {
  leadingOf,
  reasonsToAsk,
  standingOfLetter,
  standingsOf,
} from '#site/staff/case/read/wish-rules.ts'
import { wishesOf, wishesOfBoth, type KnownWishes } from '#site/staff/case/read/wishes-of.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { type EntryOf, type Wish } from '#site/staff/crypto/case-entry.ts'
import { type Filed } from '../../support/people.ts'
import { Casework } from './support.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let work: Casework
let [victim, witness, relative]: Filed[] = []
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${dayOf(Date.now())}T20:00Z`) })
  work = await Casework.begin()
})
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** The letters arrived this morning, in this order. */
const today = (time: string): { at: string } => ({ at: `${dayOf(Date.now())}T${time}Z` })
beforeEach(async () => {
  victim = await work.tell(
    'Мени чыгарбай жатышат',
    { consent: 'helpers', ...today('08:00') },
    { kind: KIND.helpForMe },
  )
  witness = await work.tell(
    'Кошуна үйдөн кыйкырык угулат',
    { consent: 'anonymous', ...today('09:00') },
    { kind: KIND.tip },
  )
  relative = await work.tell('Эжем жоголду', today('10:00'), { kind: KIND.helpForAnother })
})

const wishOf = (letter: Filed, wish: Wish): EntryOf<'wish'> => ({
  ...{ v: 1, kind: 'wish', at: minuteOf(Date.now()), text: 'Айтты' },
  ...{ of: { letter: letter.id }, wish, how: 'call' },
  ...{ heardBy: work.bermet.by.keys.personId, ...{ heardAt: today('12:00').at } },
})
const hear = (id: string, entry: EntryOf<'wish'> | EntryOf<'about'>): Promise<string> =>
  work.act(work.aigul, id, (by, { sealed }) => writeIn(by, sealed).entry(entry))
const merge = (from: string, into: string): Promise<void> =>
  work.office.as(work.aigul, ({ by }) => sendMerging(by, from, into))

const leadingIn = (found: KnownWishes) => {
  const { isKnown, standing, stricter } = leadingOf(found)
  return [isKnown, standing.wish, stricter.map(({ wish }) => wish)]
}
const lettersIn = (loaded: LoadedReport) =>
  [victim, witness, relative].map((letter) => standingOfLetter(wishesOf(loaded), letter!.id).wish)

/** The victim's wish leads; the witness and the relative have stricter wishes. */
const LEADS = [true, 'foundation', ['anonymous', 'unsaid']]

/** Every way to merge three cases: the first pair, and whether the third is the surviving case. */
const WAYS = [0, 1, 2].flatMap((from) =>
  [0, 1, 2]
    .filter((into) => into !== from)
    .flatMap((into) => [true, false].map((lastGoesOn) => ({ from, into, lastGoesOn }))),
)

describe('three letters by three people', () => {
  test.each(WAYS.map((way, at) => ({ ...way, when: at % 3 })))(
    'Case $from goes into $into, the last case goes on: $lastGoesOn, the wish comes at step $when',
    async ({ from, into, lastGoesOn, when }) => {
      const ids = [victim!.id, witness!.id, relative!.id]
      const [one, two] = [ids[from]!, ids[into]!]
      const third = ids[3 - from - into]!
      for (const id of ids) await work.open(work.aigul, id)
      /** The case that now contains the victim's letter. */
      const hearIn = async (): Promise<void> => {
        const { item } = await work.open(work.aigul, victim!.id)
        await hear(item.id, wishOf(victim!, 'foundation'))
      }
      if (when === 0) await hearIn()
      await merge(one, two)
      if (when === 1) await hearIn()
      const [ending, going] = lastGoesOn ? [two, third] : [third, two]
      const before = [await work.open(work.aigul, ending), await work.open(work.aigul, going)]
      await merge(ending, going)
      const preview = wishesOfBoth(before[0]!, before[1]!)
      if (when < 2) expect(leadingIn(preview)).toEqual(LEADS)
      else await hearIn()
      const loaded = await work.open(work.bermet, victim!.id)
      expect(loaded.item.id).toBe(going)
      expect(leadingIn(wishesOf(loaded))).toEqual(LEADS)
      expect(lettersIn(loaded)).toEqual(['foundation', 'anonymous', 'unsaid'])
      expect(conversationOf(loaded).map(({ threadId, thread }) => [threadId, thread])).toEqual(
        ids.map((id, at) => [id, at + 1]),
      )
      const standings = standingsOf(wishesOf(loaded))
      expect(reasonsToAsk(standings, { readsReports: false, isNamed: false })).toEqual(['wish'])
    },
    60_000,
  )

  test('The case is about the person whom a colleague names, until another is named', async () => {
    for (const { id } of [victim!, witness!]) await work.open(work.aigul, id)
    await merge(victim!.id, witness!.id)
    const about = (...letters: Filed[]): EntryOf<'about'> => ({
      ...{ v: 1, kind: 'about', at: minuteOf(Date.now()), text: '' },
      of: letters.map(({ id }) => ({ letter: id })),
    })
    const seen = async () => leadingIn(wishesOf(await work.open(work.bermet, witness!.id)))
    expect(await seen()).toEqual([true, 'helpers', ['anonymous']])
    await hear(witness!.id, about(witness!))
    expect(await seen()).toEqual([true, 'anonymous', []])
    await hear(witness!.id, about())
    expect(await seen()).toEqual([false, 'anonymous', []])
    await hear(witness!.id, about(victim!, witness!))
    expect(await seen()).toEqual([true, 'anonymous', []])
    await hear(witness!.id, wishOf(victim!, 'withdrawn'))
    expect(await seen()).toEqual([true, 'withdrawn', []])
    expect(lettersIn(await work.open(work.bermet, witness!.id)).slice(0, 2)).toEqual([
      'withdrawn',
      'withdrawn',
    ])
  })

  test('A wish that was heard before a later letter is not the latest one', async () => {
    const { id } = await work.tell(
      'Эми айтсаңар болот',
      { consent: 'authorities', ...today('18:00') },
      { kind: KIND.helpForMe },
    )
    await work.open(work.aigul, id)
    await hear(id, { ...wishOf(victim!, 'anonymous'), of: { letter: id } })
    expect(leadingIn(wishesOf(await work.open(work.aigul, id)))).toEqual([true, 'authorities', []])
    await hear(id, {
      ...wishOf(victim!, 'anonymous'),
      of: { letter: id },
      heardAt: today('18:01').at,
    })
    expect(leadingIn(wishesOf(await work.open(work.aigul, id)))).toEqual([true, 'anonymous', []])
  })
})

describe('a case that goes to a colleague against a wish', () => {
  test('The reason is an entry of the row that gives the case, for the colleague too', async () => {
    await work.open(work.aigul, witness!.id)
    await work.give(work.aigul, witness!.id, work.cholpon, 'Баш калкалоочу жайды билет')
    const loaded = await work.open(work.cholpon, witness!.id)
    expect(loaded.entries.map(({ entry }) => entry)).toMatchObject([
      { kind: 'give', text: 'Баш калкалоочу жайды билет', to: work.cholpon.by.keys.personId },
    ])
    const log = await work.log(witness!.id)
    expect(log.assignee?.id).toBe(work.cholpon.by.keys.personId)
    expect([...log.entries.keys()]).toEqual([log.rows])
    expect(await work.check(witness!.id)).toMatchObject({ fault: null, missing: 0 })
  })

  test('A reason without words is refused and nobody gets the case', async () => {
    await work.open(work.aigul, witness!.id)
    await expect(work.give(work.aigul, witness!.id, work.cholpon, '  ')).rejects.toMatchObject({
      code: 'text_empty',
    })
    expect((await work.log(witness!.id)).assignee).toBeNull()
  })

  test('A letter that the giver has not read keeps the case with the giver', async () => {
    const seen = await work.open(work.aigul, witness!.id)
    await work.writeAgain(witness!, 'Ал кесиптешиңиз менин байкем')
    const { sendAssignment } = await import('#site/staff/case/write/send-assignment.ts')
    await expect(
      work.office.as(work.aigul, ({ by }) =>
        sendAssignment(by, seen, work.cholpon.by.keys.personId, 'Себеп'),
      ),
    ).rejects.toMatchObject({ code: 'report_grew' })
    const log = await work.log(witness!.id)
    expect([log.assignee, log.entries.size]).toEqual([null, 0])
  })
})
