// Makes lines of the list.
import type { QueueItem } from '#protocol/staff/list/queue'

export const TODAY = '2026-11-25'

export const lineItem = (id: string, changes: Partial<QueueItem> = {}): QueueItem => ({
  id,
  grade: 1,
  kind: 1,
  danger: false,
  day: '2026-11-24',
  sealedBy: 'device',
  status: 'new',
  followUps: 0,
  absorbed: 0,
  assignee: null,
  waitsFor: 'us',
  waitsSince: '2026-11-24',
  touchedDay: '2026-11-24',
  acted: false,
  givenBy: null,
  dangerDay: null,
  dueDay: null,
  closeReason: null,
  rows: 0,
  seen: null,
  ...changes,
})

export const byIdOf = (...items: QueueItem[]): Map<string, QueueItem> =>
  new Map(items.map((item) => [item.id, item]))

/** Makes many lines of all kinds. */
export const manyLines = (many: number): QueueItem[] =>
  Array.from({ length: many }, (_, n) =>
    lineItem(String(n).padStart(6, '0'), {
      status: (['new', 'in_progress', 'closed', 'closed'] as const)[n % 4]!,
      danger: n % 7 === 0,
      dangerDay: n % 7 === 0 ? '2026-11-24' : null,
      acted: n % 3 === 0,
      grade: ([0, 1, 2, 3] as const)[n % 4]!,
      assignee: n % 3 === 0 ? 'me' : null,
      waitsFor: (['us', 'person'] as const)[n % 2]!,
      dueDay: n % 5 === 0 ? `2026-11-${String(10 + (n % 20))}` : null,
      rows: n % 6,
      seen: n % 2 === 0 ? { followUps: 0, rows: 3 } : null,
    }),
  )
