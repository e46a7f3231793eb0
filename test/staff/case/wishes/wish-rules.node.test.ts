// Models one case as events. Checks the leading wish, the letters and the assignment for every
// order of events.
//
//   letter A  the victim     "to those who help"             24 Nov 10:00
//   letter B  a witness      "nobody, do not find out"       25 Nov 09:00
//   letter C  a relative     (said nothing)                  26 Nov 09:00
//   call      the victim     "nobody but the Foundation"     27 Nov 12:00
//   reply     the relative   "to the authorities"            28 Nov 12:00
//   call      the victim     takes back what was allowed     29 Nov 12:00
import { describe, expect, test } from 'vitest'
import {
  aboutOf,
  leadingOf,
  personOf,
  reasonsToAsk,
  standingOf,
  standingOfLetter,
  standingsOf,
  writerOf,
  type CasePart,
  type GivenWish,
  type Party,
} from '#site/staff/case/read/wish-rules.ts'
import { type Wish } from '#site/staff/crypto/case-entry.ts'

const [VICTIM, WITNESS, RELATIVE] = [writerOf('A'), writerOf('B'), writerOf('C')] as const
const writers = [VICTIM, WITNESS, RELATIVE]

interface Told {
  of: Party
  wish: Wish
  at: string
  until?: string
  row?: GivenWish['row']
}
const given = ({ of, wish, at, until = at, row = null }: Told): GivenWish => ({
  ...{ key: `${of} ${wish} ${at} ${String(row?.n)}`, of, wish, row },
  ...{ from: at, until },
})
const inLetter = (of: Party, wish: Wish, at: string): GivenWish => given({ of, wish, at })
const heard = (of: Party, wish: Wish, at: string, n: number, caseId = 'A'): GivenWish =>
  given({ of, wish, at, row: { caseId, n } })

const HELPERS = inLetter(VICTIM, 'helpers', '2026-11-24T10:00Z')
const NOBODY = inLetter(WITNESS, 'anonymous', '2026-11-25T09:00Z')
const FOUNDATION = heard(VICTIM, 'foundation', '2026-11-27T12:00Z', 5)
const AUTHORITIES = heard(RELATIVE, 'authorities', '2026-11-28T12:00Z', 6)
const WITHDRAWN = heard(VICTIM, 'withdrawn', '2026-11-29T12:00Z', 7)

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  )
}
const orders = permutations([HELPERS, NOBODY, FOUNDATION, AUTHORITIES])

describe('three letters by three people with four wishes', () => {
  test('In every order the latest wish of the person whom the case is about leads', () => {
    expect(orders).toHaveLength(24)
    for (const wishes of orders) {
      const leading = leadingOf({ writers, about: [VICTIM], wishes })
      expect(leading).toEqual({
        isKnown: true,
        standing: { of: [VICTIM], wish: 'foundation', given: FOUNDATION },
        stricter: [{ of: [WITNESS], wish: 'anonymous', given: NOBODY }],
      })
    }
  })

  test('In every order each letter keeps the wish of its own writer', () => {
    for (const wishes of orders)
      for (const about of [[], [VICTIM], [WITNESS]])
        expect(
          ['A', 'B', 'C'].map((id) => standingOfLetter({ writers, about, wishes }, id).wish),
        ).toEqual(['foundation', 'anonymous', 'authorities'])
  })

  test('In every order the strictest wish leads while nobody knows whose counts', () => {
    for (const wishes of orders) {
      const leading = leadingOf({ writers, about: [], wishes })
      expect(leading).toMatchObject({ isKnown: false, standing: { given: NOBODY }, stricter: [] })
    }
  })

  test('As time goes on, the leading wish follows each wish of the person and no other', () => {
    const told = [HELPERS, NOBODY, FOUNDATION, AUTHORITIES, WITHDRAWN]
    const leadings = told.map(
      (_, at) =>
        leadingOf({ writers, about: [VICTIM], wishes: told.slice(0, at + 1) }).standing.wish,
    )
    expect(leadings).toEqual(['helpers', 'helpers', 'foundation', 'foundation', 'withdrawn'])
  })

  test('A withdrawal is the latest wish, and a later permission is later than it', () => {
    const later = heard(VICTIM, 'helpers', '2026-11-30T08:00Z', 8)
    for (const wishes of permutations([HELPERS, WITHDRAWN, later]))
      expect(standingOf([VICTIM], wishes).given).toBe(later)
    for (const wishes of permutations([HELPERS, FOUNDATION, WITHDRAWN]))
      expect(standingOf([VICTIM], wishes).given).toBe(WITHDRAWN)
  })

  test('Somebody whom nobody asked is stricter than everybody but those who said nobody', () => {
    const leading = leadingOf({ writers, about: [], wishes: [HELPERS, AUTHORITIES] })
    expect(leading.standing).toEqual({ of: [WITNESS], wish: 'unsaid', given: null })
    const asked = leadingOf({ writers, about: [RELATIVE], wishes: [HELPERS] })
    expect([asked.standing.wish, asked.stricter]).toEqual(['unsaid', []])
  })

  test('A person who is a letter and a record has one wish, that of either', () => {
    const person = personOf('A', 3)
    const told = heard(person, 'authorities', '2026-11-30T08:00Z', 9)
    const wishes = [HELPERS, told]
    expect(leadingOf({ writers, about: [VICTIM, person], wishes }).standing.given).toBe(told)
    expect(standingOfLetter({ writers, about: [VICTIM, person], wishes }, 'A').given).toBe(told)
    expect(leadingOf({ writers, about: [VICTIM], wishes }).standing.given).toBe(HELPERS)
  })
})

describe('wishes whose order is not certain', () => {
  test('Of two wishes in the same minute the stricter one counts', () => {
    const loose = inLetter(VICTIM, 'authorities', '2026-11-27T12:00Z')
    for (const wishes of permutations([loose, FOUNDATION]))
      expect(standingOf([VICTIM], wishes).given).toBe(FOUNDATION)
  })

  test('A letter without a minute does not hide a withdrawal of the same day', () => {
    const day = given({
      ...{ of: VICTIM, wish: 'helpers' },
      ...{ at: '2026-11-29T00:00Z', until: '2026-11-29T24:00Z' },
    })
    for (const wishes of permutations([day, WITHDRAWN]))
      expect(standingOf([VICTIM], wishes).given).toBe(WITHDRAWN)
  })

  test('A later row of the same log and minute corrects a mistyped wish', () => {
    const wrong = heard(VICTIM, 'anonymous', '2026-11-27T12:00Z', 4)
    for (const wishes of permutations([wrong, FOUNDATION, HELPERS]))
      expect(standingOf([VICTIM], wishes).given).toBe(FOUNDATION)
    const elsewhere = heard(VICTIM, 'anonymous', '2026-11-27T12:00Z', 4, 'B')
    expect(standingOf([VICTIM], [elsewhere, FOUNDATION]).given).toBe(elsewhere)
  })
})

describe('whom a case is about', () => {
  const part = (caseId: string, more: Partial<CasePart> = {}): CasePart => ({
    ...{ caseId, derived: null, said: [], absorbed: [] },
    ...more,
  })
  const help = (caseId: string): Partial<CasePart> => ({ derived: writerOf(caseId) })

  test('A letter that asks for help for its writer is about the writer', () => {
    expect(aboutOf([part('A', help('A'))], 'A')).toEqual([VICTIM])
    expect(aboutOf([part('A')], 'A')).toEqual([])
  })

  test('What a colleague says last counts, even that nobody knows', () => {
    const said = [
      { n: 3, of: [WITNESS] },
      { n: 4, of: [] },
    ]
    expect(aboutOf([part('A', { ...help('A'), said: said.slice(0, 1) })], 'A')).toEqual([WITNESS])
    expect(aboutOf([part('A', { ...help('A'), said })], 'A')).toEqual([])
  })

  test('A merged case is about the only person whom either case was about', () => {
    const absorbed = [{ n: 9, caseId: 'B' }]
    for (const parts of permutations([part('A', { ...help('A'), absorbed }), part('B')]))
      expect(aboutOf(parts, 'A')).toEqual([VICTIM])
    for (const parts of permutations([part('A', { absorbed }), part('B', help('B'))]))
      expect(aboutOf(parts, 'A')).toEqual([WITNESS])
  })

  test('A merged case of two who ask for help is about nobody until a colleague says it', () => {
    const absorbed = [{ n: 9, caseId: 'B' }]
    const both = (said: CasePart['said']) => [
      part('A', { ...help('A'), absorbed, said }),
      part('B', help('B')),
    ]
    expect(aboutOf(both([]), 'A')).toEqual([])
    expect(aboutOf(both([{ n: 8, of: [VICTIM] }]), 'A')).toEqual([])
    expect(aboutOf(both([{ n: 10, of: [VICTIM] }]), 'A')).toEqual([VICTIM])
    expect(aboutOf(both([{ n: 10, of: [VICTIM, WITNESS] }]), 'A')).toEqual([VICTIM, WITNESS])
  })

  test('Of a case that absorbed a case before it was absorbed, its own last word counts', () => {
    const parts = [
      part('A', { absorbed: [{ n: 9, caseId: 'B' }] }),
      part('B', {
        ...help('B'),
        absorbed: [{ n: 4, caseId: 'C' }],
        said: [{ n: 5, of: [RELATIVE] }],
      }),
      part('C', help('C')),
    ]
    expect(aboutOf(parts, 'A')).toEqual([RELATIVE])
  })
})

describe('giving a case', () => {
  const asks = (wishes: readonly GivenWish[], readsReports: boolean, isNamed = false) =>
    reasonsToAsk(standingsOf({ writers, about: [VICTIM], wishes }), { readsReports, isNamed })

  test('A reason is asked when anybody of the case said nobody, in every order', () => {
    for (const wishes of orders) {
      expect(asks(wishes, false)).toEqual(['wish'])
      expect(asks(wishes, true)).toEqual([])
      expect(asks(wishes, true, true)).toEqual(['named'])
    }
    expect(asks([HELPERS, WITHDRAWN], false, true)).toEqual(['wish', 'named'])
    expect(asks([HELPERS], false)).toEqual([])
  })

  test('A wish that the person has changed no longer asks for a reason', () => {
    const later = heard(WITNESS, 'helpers', '2026-11-30T08:00Z', 8)
    for (const wishes of permutations([NOBODY, later])) expect(asks(wishes, false)).toEqual([])
  })
})
