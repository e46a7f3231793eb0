// Describes the month of three readers as tables: when, who, what, and about which letter.
// dangers.ts contains the nights and days of danger. The month is March 2027 in Bishkek. Bermet is
// ill from the 8th to the 14th and responds to nothing. Cholpon has only a phone, and is on leave
// from the 15th to the 21st. Nobody is on duty on Sunday nights.
import type { QuietSet, RotaSet } from '#protocol/staff/alerts/rota'

export const READERS = ['Aigul', 'Bermet', 'Cholpon'] as const
export type Name = (typeof READERS)[number]

/**
 * The letters from a person outside the organisation. With `again`, a letter continues the same
 * thread.
 */
export type Letter = 'writes' | 'writes in danger' | 'writes again' | 'writes again in danger'

/** The acts of a reader. `gives` and `hands over` name the colleague who receives the case. */
export type Act =
  | ('takes the alert' | 'gives the alert back' | 'takes' | 'answers' | 'notes' | 'tries to call')
  | ('plans' | 'describes the case' | 'gives' | 'hands over' | 'closes')

/**
 * Lines with the same minute are simultaneous: every colleague has opened the case before anybody
 * acts.
 */
export type Line =
  | readonly [at: string, letter: string, does: Letter]
  | readonly [at: string, who: Name, does: Act, about?: string, to?: Name]
  | readonly [at: string, who: 'the edge', does: 'calls', people: string]

/** The time of a line: day of the month, hour and minute in Bishkek. */
export function timeOf(at: string): number {
  const [, day, hour, minute] = /^(\d\d) (\d\d):(\d\d)$/.exec(at) ?? []
  return Date.UTC(2027, 2, Number(day), Number(hour) - 6, Number(minute))
}

export const lineTime = (ms: number): string =>
  new Date(ms + 6 * 3_600_000).toISOString().slice(8, 16).replace('T', ' ')

export const BEGIN = '01 08:00'
export const END = '31 20:00'

/** The days on which each person is away. A person who is away does not act. */
export const AWAY: Partial<Record<Name, readonly [from: string, until: string]>> = {
  Bermet: ['08 00:00', '14 23:59'],
  Cholpon: ['15 00:00', '21 23:59'],
}

export interface Duty {
  at: string
  /** the calling order for the nights from Monday to Sunday, and for the days */
  nights: readonly (readonly Name[])[]
  days: readonly Name[]
}

export const HOURS = { nightFrom: 22, nightUntil: 8 } satisfies Partial<RotaSet>

const USUAL: Omit<Duty, 'at'> = {
  nights: [
    ['Aigul', 'Bermet'],
    ['Bermet', 'Cholpon'],
    ['Cholpon', 'Aigul'],
    ['Aigul', 'Bermet'],
    ['Bermet', 'Cholpon'],
    ['Cholpon', 'Aigul'],
    [],
  ],
  days: ['Aigul', 'Bermet'],
}

/** Aigul sets the rota. */
export const ROTAS: readonly Duty[] = [
  { at: BEGIN, ...USUAL },
  {
    at: '15 09:00',
    nights: [['Aigul', 'Bermet'], ['Bermet'], ['Aigul'], ['Aigul'], ['Bermet'], ['Aigul'], []],
    days: ['Bermet', 'Aigul'],
  },
  { at: '22 09:00', ...USUAL },
]

/** Cholpon sets her own quiet hours: her nights, and nearly the whole day while she is on leave. */
export const QUIET: readonly { at: string; who: Name; hours: Omit<QuietSet, 'hasDigest'> }[] = [
  { at: '01 08:01', who: 'Cholpon', hours: { from: 22, until: 8 } },
  { at: '15 09:01', who: 'Cholpon', hours: { from: 8, until: 7 } },
  { at: '22 09:01', who: 'Cholpon', hours: { from: 22, until: 8 } },
]

/** Cases that were given to a colleague who takes them late. */
export const GIVEN: readonly Line[] = [
  ['09 10:00', 'G1', 'writes'],
  ['09 11:00', 'G2', 'writes'],
  ['10 10:05', 'Aigul', 'gives', 'G1', 'Bermet'],
  ['10 10:10', 'Aigul', 'gives', 'G2', 'Cholpon'],
  ['11 09:15', 'Cholpon', 'takes', 'G2'],
  ['15 09:30', 'Bermet', 'takes', 'G1'],
  ['14 10:00', 'G3', 'writes'],
  ['16 09:45', 'Aigul', 'gives', 'G3', 'Cholpon'],
  ['22 09:45', 'Cholpon', 'takes', 'G3'],
  ['22 10:30', 'Cholpon', 'answers', 'G3'],
]

/** Colleagues who act on the same case in the same minute. */
export const RACES: readonly Line[] = [
  ['03 09:00', 'R1', 'writes'],
  ['03 11:00', 'Aigul', 'describes the case', 'R1'],
  ['03 11:00', 'Bermet', 'describes the case', 'R1'],
  ['03 11:05', 'Aigul', 'answers', 'R1'],
  ['03 11:05', 'Bermet', 'answers', 'R1'],
  ['03 11:30', 'Bermet', 'notes', 'R1'],
  ['03 11:30', 'Cholpon', 'notes', 'R1'],
  ['03 11:40', 'Aigul', 'plans', 'R1'],
  ['03 11:40', 'Bermet', 'gives', 'R1', 'Cholpon'],
  ['03 11:50', 'Cholpon', 'tries to call', 'R1'],
]
