// Tests the help that the index keeps, and the figures that come from it without opening a case.
import { describe, expect, test } from 'vitest'
import { type EntryOf } from '#site/staff/crypto/case-entry.ts'
import { countHelp } from '#site/staff/search/count-help.ts'
import { helpIn, keptHelpOf, type KeptHelp } from '#site/staff/search/kept-help.ts'

const base = { v: 1, at: '2026-11-26T10:00Z', text: 'Сыр сөз' } as const
const help = (rest: Partial<EntryOf<'help'>> = {}): EntryOf<'help'> => ({
  ...{ ...base, kind: 'help', help: 'medical', day: '2026-11-26', outcome: 'given' },
  ...{ receiver: null, person: null, ...rest },
})
const entryAt = (n: number, entry: EntryOf<'help'> | EntryOf<'help_end'>) => ({
  ...{ n, key: `key ${n}`, author: 'aigul', entry },
})
const end = (row: number, caseId?: string): EntryOf<'help_end'> => ({
  ...{ ...base, kind: 'help_end', row, ...(caseId !== undefined && { caseId }) },
})

describe('the help that the index keeps', () => {
  test('The newest version is kept without its words, and nothing that was taken back', () => {
    const entries = [
      entryAt(2, help()),
      entryAt(3, help({ help: 'legal', receiver: 'Адвокат', corrects: { row: 2 } })),
      entryAt(4, help({ help: 'work' })),
      entryAt(5, end(4)),
    ]
    const kept = keptHelpOf({ id: 'a', entries })
    expect(kept).toEqual({
      help: [
        { n: 3, help: 'legal', day: '2026-11-26', outcome: 'given', isOurs: false, person: null },
      ],
      mendedElsewhere: [],
    })
    expect(JSON.stringify(kept)).not.toContain('Сыр')
  })

  test('The case that goes on corrects and takes back the help of an absorbed case', () => {
    const absorbed = {
      id: 'absorbed',
      entries: [entryAt(2, help()), entryAt(3, help({ help: 'papers' })), entryAt(4, help())],
    }
    const main = {
      id: 'main',
      entries: [
        entryAt(4, help({ help: 'return', corrects: { row: 2, caseId: 'absorbed' } })),
        entryAt(5, end(3, 'absorbed')),
      ],
    }
    const reports = [main, absorbed].map((each) => ({ id: each.id, ...keptHelpOf(each) }))
    expect(helpIn(reports).map(({ help: kind, n }) => [kind, n])).toEqual([
      ['return', 4],
      ['medical', 4],
    ])
  })
})

const kept = (rest: Partial<KeptHelp> = {}): KeptHelp => ({
  ...{ n: 1, help: 'medical', day: '2026-05-01', outcome: 'given', isOurs: true, person: null },
  ...rest,
})
const person = (record: number, caseId = 'a') => ({ caseId, record })

describe('figures of help', () => {
  test('Entries are counted by kind and year, and each outcome by itself', () => {
    const some = [
      kept({ day: '2025-12-31' }),
      kept(),
      kept({ isOurs: false }),
      kept({ outcome: 'offered' }),
      kept({ outcome: 'refused' }),
      kept({ outcome: 'denied', help: 'shelter' }),
    ]
    const none = { given: 0, offered: 0, refused: 0, denied: 0, ours: 0, people: 0 }
    expect(countHelp([{ id: 'a', help: some }]).kinds).toEqual([
      { ...none, year: '2025', kind: 'medical', given: 1, ours: 1, people: 1 },
      {
        year: '2026',
        kind: 'medical',
        given: 2,
        offered: 1,
        refused: 1,
        denied: 0,
        ours: 1,
        people: 1,
      },
      { ...none, year: '2026', kind: 'shelter', denied: 1 },
    ])
  })

  test('A person counts once a year for a kind, and once ever as helped', () => {
    const cases = [
      {
        id: 'a',
        help: [
          kept({ person: person(1), day: '2025-03-01' }),
          kept({ person: person(1) }),
          kept({ person: person(1), help: 'legal' }),
          kept({ person: person(2) }),
        ],
      },
      { id: 'b', help: [kept(), kept()] },
      { id: 'c', help: [kept({ outcome: 'offered' })] },
    ]
    const { kinds, helped } = countHelp(cases)
    expect(helped).toEqual([
      { year: '2025', people: 1 },
      { year: '2026', people: 2 },
    ])
    expect(kinds.map(({ year, kind, people }) => [year, kind, people])).toEqual([
      ['2025', 'medical', 1],
      ['2026', 'legal', 1],
      ['2026', 'medical', 3],
    ])
  })

  test('Help without a record of a person does not make a second person of a known one', () => {
    const cases = [{ id: 'a', help: [kept(), kept({ person: person(1) })] }]
    expect(countHelp(cases).helped).toEqual([{ year: '2026', people: 1 }])
  })

  test('Without help there are no figures', () => {
    expect(countHelp([{ id: 'a', help: [] }])).toEqual({ kinds: [], helped: [] })
  })
})
