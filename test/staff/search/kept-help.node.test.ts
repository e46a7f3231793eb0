// Tests the help that the index stores, so that no case needs to be opened for the figures.
import { describe, expect, test } from 'vitest'
import { type EntryOf } from '#site/staff/crypto/case-entry.ts'
import { helpIn, keptHelpOf } from '#site/staff/search/kept-help.ts'

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

  test('The surviving case corrects and takes back the help of an absorbed case', () => {
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
