// Measures a day in the staff app: unlocking, searching, filtering and opening cases. The bounds
// apply at this machine's full speed. With a slowed processor, the figures are only reported.
import { timeActs } from '#scripts/lab/bench/staff/acts'
import type { StaffFigures, StaffFigure } from '#scripts/lab/bench/staff/figures'
import type { StaffPage, Times } from '#scripts/lab/bench/staff/staff-page'
import { NETWORK, timeStarts } from '#scripts/lab/bench/staff/starts'
import { step } from '#scripts/shared/progress'

export interface Day {
  /** number of hits for the common word, once everything can be searched */
  hits: string
  /** the factor by which the page's processor is slowed */
  slower: number
}

const ROUNDS = 5
const SECOND = 1000

/** Prints the median and the worst time of each part of the day. */
export async function benchDay(app: StaffPage, { hits, slower }: Day, figures: StaffFigures) {
  await app.slowCpu(slower)
  const name = slower === 1 ? '' : `, CPU ${slower} times slower`
  const starts = await step(`Starting ${ROUNDS} times${name}`, () => timeStarts(app, hits, ROUNDS))
  const acts = await step(`Searching, filtering, opening cases${name}`, () => timeActs(app))
  await app.slowCpu(1)
  const inSeconds = ({ ms, cpuMs }: Times) => ({
    ...{ values: ms.map((each) => each / SECOND), cpuMs, unit: 's' as const },
  })
  const inMs = ({ ms, cpuMs }: Times) => ({ values: ms, cpuMs, unit: 'ms' as const })
  const measured: StaffFigure[] = [
    {
      what: 'unlock to the first lines',
      how: 'a new tab with a session: from the press to the first line laid out, by passkey',
      ...inSeconds(starts.lines),
      bound: 1,
    },
    {
      what: 'unlock again: all searchable',
      how: `the same tab: from the press until a search shows all ${hits} hits of a word`,
      ...inSeconds(starts.again),
      bound: 1,
    },
    {
      what: 'new device: all searchable',
      how: `${NETWORK}, empty cache, no session: from the address until all hits show`,
      ...{ values: starts.device.map((ms) => ms / SECOND), unit: 's', bound: 5 },
    },
    {
      what: 'a search',
      how: `only the search, ${acts.searched.length} times, once a typed letter`,
      ...{ values: acts.searched, unit: 'ms', bound: 10 },
    },
    {
      what: 'a search with its hits drawn',
      how: 'from a typed letter until the hits are laid out; the bound of a filter',
      ...inMs(acts.typed),
      bound: 50,
    },
    {
      what: 'a filter',
      how: `${acts.filtered.ms.length} views, languages, reasons: from the press to laid-out lines`,
      ...inMs(acts.filtered),
      bound: 50,
    },
    {
      what: 'opening a case',
      how: `${acts.opened.ms.length} cases: from the press until the words are laid out`,
      ...inMs(acts.opened),
      bound: 150,
    },
    {
      what: 'the register',
      how: 'from the press in the menu until its words show; the demo has no referrals',
      ...inMs(acts.register),
      bound: 150,
    },
    {
      what: 'the figures',
      how: 'from the press in the menu until the first number shows',
      ...inMs(acts.figures),
      bound: 1000,
    },
  ]
  console.log(`\nA day in the staff app${name}.\n`)
  for (const figure of measured) figures.print(slower === 1 ? figure : { ...figure, bound: null })
}
