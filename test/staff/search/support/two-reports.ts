// Builds search indexes from an edge with two reports. The first is from a hotel and has a
// follow-up, and the second is from a cafe.
import { vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { IndexBuilder } from '#site/staff/search/build-index.ts'
import { type CaseIndex, type ReadingProgress } from '#site/staff/search/case-index.ts'
import { forgetPieces } from '#site/staff/search/hold-pieces.ts'
import type { Colleagues } from '../../support/colleagues.ts'
import { openedWith, tell, writeAgain } from '../../support/people.ts'
import { IndexEdge } from './index-edge.ts'

type Who = 'aigul' | 'bermet' | 'caseworker'

export interface StartedIndex {
  builder: IndexBuilder
  /** every state that the list received */
  shown: CaseIndex[]
  /** every state of the bar */
  bar: ReadingProgress[]
  last: () => CaseIndex
  /** the ids of the cases that a search finds */
  found: (text: string) => string[] | undefined
}

export interface TwoReports {
  edge: IndexEdge
  hotel: StoredCase
  cafe: StoredCase
  /** Makes a colleague's index without reading any case. */
  start: (who?: Who) => StartedIndex
  /** Makes a colleague's index and reads all cases. */
  built: (who?: Who) => Promise<StartedIndex>
}

/** Makes a new edge answer `fetch`, and makes the tab forget its pieces. */
export async function twoReports(team: Colleagues): Promise<TwoReports> {
  const edge = new IndexEdge()
  forgetPieces(1)
  vi.stubGlobal('fetch', edge.answer)
  const told = await tell(team.staff, { text: 'Мейманканада иштейм, 0555 12-34' })
  const again = await writeAgain(team.staff, told, { text: 'Хозяинди Тимур дешет' })
  const followed = openedWith(told, {
    followUps: [
      { id: again.id, day: '2026-11-25', sealedBy: 'device', envelope: toB64(again.envelope) },
    ],
  })
  const hotel = { ...followed, item: { ...followed.item, followUps: 1 } }
  const cafe = openedWith(await tell(team.staff, { text: 'Кафе Ала-Тоо\nпаспорт жок', lang: 'ru' }))
  edge.add(hotel, cafe)
  const start = (who?: Who): StartedIndex => startIndex(team, who)
  const built = async (who?: Who): Promise<StartedIndex> => {
    const started = start(who)
    await started.builder.update()
    return started
  }
  return { edge, hotel, cafe, start, built }
}

function startIndex(team: Colleagues, who: Who = 'aigul'): StartedIndex {
  const shown: CaseIndex[] = []
  const bar: ReadingProgress[] = []
  const writer = who === 'caseworker' ? null : team[who]
  const reader = team[who === 'caseworker' ? 'bermet' : who]
  const isIntake = who !== 'caseworker'
  const builder = new IndexBuilder(
    { ...reader, writer, isIntake },
    {
      onChange: (index) => shown.push(index),
      onProgress: (progress) => bar.push(progress),
    },
  )
  const last = (): CaseIndex => {
    const index = shown.at(-1)
    if (!index) throw new Error('nothing was shown')
    return index
  }
  return {
    builder,
    shown,
    bar,
    last,
    found: (text) =>
      last()
        .search(text)
        ?.map(({ id }) => id),
  }
}
