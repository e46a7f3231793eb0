// Declares what this device knows about every case, so that the list can name, filter and find
// cases. Words are held only in memory, and are dropped when the app locks.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/list/queue'
import type { Risk } from '../crypto/risk.ts'
import type { CaseCounts } from './kept-counts.ts'
import type { KeptHelp } from './kept-help.ts'
import type { IndexedReferral } from './kept-referrals.ts'
import type { Handover } from '../case/read/handovers-of.ts'
import type { OpenTask } from './open-tasks.ts'

/** The words and facts that this device has read from one case. */
export interface IndexedCase {
  /** base64url */
  id: string
  /** title of the summary, otherwise the first words of the first letter */
  title: string
  /** true for a title that colleagues wrote, false for the first words of a letter */
  isNamed: boolean
  tags: readonly string[]
  risk: Risk | null
  /** language of the first letter; empty when unknown */
  language: string
  /** the places that the letters mention, as people wrote them */
  places: readonly string[]
  /** the open tasks, by due day */
  tasks: readonly OpenTask[]
  /** the help that the case led to, see helpedPeople */
  help: readonly KeptHelp[]
  /** the data for figures, except help */
  counts: CaseCounts
  /** the referrals of the case, see listReferrals */
  referrals: readonly IndexedReferral[]
  /** the newest handovers, oldest first; none for a closed case */
  handovers: readonly Handover[]
  /** all words of the case, folded; see fold */
  folded: string
  /** the number of follow-ups, and of log rows, from which the words come */
  followUps: number
  rows: number
}

/** The words around a hit, with the hit itself as the middle part. */
export type Excerpt = readonly [before: string, hit: string, after: string]

/** A case that a search found. */
export interface FoundCase {
  id: string
  /** extracts the excerpt; called only for a hit that is shown, because most hits never are */
  excerpt: () => Excerpt
}

export interface CaseIndex {
  /** true once this device has read every case */
  isRead: boolean
  cases: ReadonlyMap<string, IndexedCase>
  /**
   * Finds the cases that contain all words, the best matches first. Returns null for a text without
   * words.
   */
  search: (text: string) => readonly FoundCase[] | null
  /** Returns a function that tells whether a case names a place, in any spelling and script. */
  inPlace: (text: string) => (id: string) => boolean
  /** Returns a function that tells whether a search is for a colleague's name. */
  isNamed: (text: string) => (name: string) => boolean
  /** Returns true for a line whose state no colleague signed; see lineDiffers. */
  differs: (item: QueueItem) => boolean
  /** Reads cases again after a change. */
  refresh: (...ids: string[]) => void
  /** Reads the cases that colleagues have changed since the last update. */
  update: () => void
}

export type ClueKind = 'phone' | 'handle' | 'name' | 'place' | 'agency' | 'mark'

/** A detail that suggests that two cases are related. */
export interface Clue {
  kind: ClueKind
  /** as its author wrote it */
  text: string
}

/** Another case, with the details that the two cases share. */
export interface Suggestion {
  id: string
  title: string
  why: readonly Clue[]
}

const EMPTY: CaseIndex = {
  isRead: false,
  cases: new Map(),
  search: () => null,
  inPlace: () => () => false,
  isNamed: () => () => false,
  differs: () => false,
  refresh: () => undefined,
  update: () => undefined,
}

export const CaseIndexContext = createContext<CaseIndex>(EMPTY)

export const useCaseIndex = (): CaseIndex => useContext(CaseIndexContext)

/**
 * The number of cases read, and the number that the device must read; null when every case has been
 * read.
 */
export type ReadingProgress = { done: number; total: number } | null

/** Separate from the index, because the bar moves often and redrawing the list is expensive. */
export const ReadingContext = createContext<ReadingProgress>(null)

export const useReading = (): ReadingProgress => useContext(ReadingContext)

type Suggest = (id: string) => Promise<readonly Suggestion[]>

/** Holds the function that lists the cases that may be related to a given case. */
export const SuggestionsContext = createContext<Suggest>(() => Promise.resolve([]))

export const useSuggestions = (): Suggest => useContext(SuggestionsContext)
