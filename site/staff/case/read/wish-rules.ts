// Decides whose wish leads in a case and which wish protects a letter. A wish states who may learn
// what a person told us. A wish belongs to the person who gave it, and covers only that person's
// words.
import type { Wish } from '../../crypto/case-entry.ts'

/** The owner of a wish: the writer of a letter, or a person in a case, by record number. */
export type Party = `letter ${string}` | `person ${string} ${number}`

export const writerOf = (letter: string): Party => `letter ${letter}`
export const personOf = (caseId: string, record: number): Party => `person ${caseId} ${record}`

/**
 * The wishes in order, beginning with the strictest. A withdrawal is stricter than _anonymous_,
 * because it stops actions that are already under way. Silence comes before _foundation_, because
 * the form promises "If you choose nothing, we tell nobody". Helpers come before authorities,
 * because an authority may act alone and cannot be stopped afterwards. No wish includes another;
 * each letter keeps its own wish.
 */
const STRICTEST_FIRST: readonly (Wish | 'unsaid')[] = [
  'withdrawn',
  'anonymous',
  'unsaid',
  'foundation',
  'helpers',
  'authorities',
]

const strictness = (wish: Wish | 'unsaid'): number => -STRICTEST_FIRST.indexOf(wish)

/** A wish as a person gave it. */
export interface GivenWish {
  key: string
  of: Party
  wish: Wish
  /** the UTC minutes between which the wish was given; equal when the minute is known */
  from: string
  until: string
  /** the case whose log holds the wish, and the row number; null for a ticked wish */
  row: { caseId: string; n: number } | null
}

/** The wish that is now in force for a person. `given` is null until a colleague has asked. */
export interface Standing<Given extends GivenWish = GivenWish> {
  of: readonly Party[]
  wish: Wish | 'unsaid'
  given: Given | null
}

/**
 * Finds the latest of a person's wishes. When the order of two wishes is uncertain, the stricter
 * one counts. Of two rows of a log with the same minute, the later one counts, because it corrects
 * the other.
 */
function latestOf<Given extends GivenWish>(wishes: readonly Given[]): Given | null {
  const isBefore = (one: Given, other: Given): boolean =>
    one.until < other.from || isCorrectedBy(one, other)
  const latest = wishes.filter((one) => !wishes.some((other) => isBefore(one, other)))
  return latest.reduce<Given | null>(
    (found, each) => (found && compareGiven(found, each) >= 0 ? found : each),
    null,
  )
}

const isCorrectedBy = (one: GivenWish, { row, from, until }: GivenWish): boolean =>
  one.row !== null &&
  one.row.caseId === row?.caseId &&
  one.row.n < row.n &&
  one.from === from &&
  one.until === until

/** Compares wishes by strictness. Equal wishes are ordered too, so that all browsers agree. */
function compareGiven(one: GivenWish, other: GivenWish): number {
  const byStrictness = strictness(one.wish) - strictness(other.wish)
  if (byStrictness !== 0) return byStrictness
  const [a, b] = [`${one.until} ${one.key}`, `${other.until} ${other.key}`]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Returns the wish in force for one person, who may be several parties. */
export function standingOf<Given extends GivenWish>(
  of: readonly Party[],
  wishes: readonly Given[],
): Standing<Given> {
  const given = latestOf(wishes.filter((each) => of.includes(each.of)))
  return { of, wish: given?.wish ?? 'unsaid', given }
}

/** A case, or a part of a merged case, with the rows that state whom it is about. */
export interface CasePart {
  caseId: string
  /** the writer of the letter that began the case, if the letter asks for help for the writer */
  derived: Party | null
  /**
   * the statements of colleagues, in row order; an empty statement means that the person is unknown
   */
  said: readonly { n: number; of: readonly Party[] }[]
  /** the cases that this one absorbed, in row order */
  absorbed: readonly { n: number; caseId: string }[]
}

/**
 * Returns the parties that are the person whom the case is about; empty while the person is
 * unknown. A colleague's last statement counts if it was made after the last merge. Otherwise the
 * cases must agree.
 */
export function aboutOf(parts: readonly CasePart[], caseId: string): readonly Party[] {
  const known = foundIn(new Map(parts.map((part) => [part.caseId, part])), caseId)
  const names = new Set(known.map((of) => [...of].sort().join()))
  return names.size === 1 ? (known[0] ?? []) : []
}

/** Returns the statement of each part; a part without a statement is left out. */
function foundIn(parts: ReadonlyMap<string, CasePart>, caseId: string): (readonly Party[])[] {
  const part = parts.get(caseId)
  if (!part) return []
  const merged = part.absorbed.at(-1)?.n ?? 0
  const said = part.said.at(-1)
  if (said && said.n > merged) return [said.of]
  const own = said?.of ?? (part.derived && [part.derived])
  return [...(own ? [own] : []), ...part.absorbed.flatMap((each) => foundIn(parts, each.caseId))]
}

/** The letters of a case, whom it is about, and every wish that was given. */
export interface CaseWishes<Given extends GivenWish = GivenWish> {
  /** the writers of the letters that began a thread, oldest first */
  writers: readonly Party[]
  about: readonly Party[]
  wishes: readonly Given[]
}

/**
 * Returns the wish that counts for each person, beginning with the person whom the case is about.
 */
export function standingsOf<Given extends GivenWish>({
  writers,
  about,
  wishes,
}: CaseWishes<Given>): Standing<Given>[] {
  const others = new Set([...writers, ...wishes.map(({ of }) => of)])
  for (const each of about) others.delete(each)
  const groups = [...(about.length > 0 ? [about] : []), ...[...others].map((each) => [each])]
  return groups.map((of) => standingOf(of, wishes))
}

export interface Leading<Given extends GivenWish = GivenWish> {
  /** false while it is unknown whom the case is about; the strictest wish then leads */
  isKnown: boolean
  standing: Standing<Given>
  /** the stricter wishes of other people, which protect their letters and identities */
  stricter: Standing<Given>[]
}

/** Returns the leading wish. @throws for a case without a letter */
export function leadingOf<Given extends GivenWish>(found: CaseWishes<Given>): Leading<Given> {
  const standings = standingsOf(found)
  const isKnown = found.about.length > 0
  const [first] = isKnown ? standings : [...standings].sort(byStrictest)
  if (!first) throw new Error('a case has a letter')
  const stricter = standings.filter(
    (each) => each !== first && strictness(each.wish) > strictness(first.wish),
  )
  return { isKnown, standing: first, stricter: isKnown ? stricter : [] }
}

const byStrictest = (one: Standing, other: Standing): number =>
  strictness(other.wish) - strictness(one.wish)

/** Returns the wish that protects a letter, which is the wish of its writer. */
export const standingOfLetter = <Given extends GivenWish>(
  { about, wishes }: CaseWishes<Given>,
  letter: string,
): Standing<Given> => {
  const writer = writerOf(letter)
  return standingOf(about.includes(writer) ? about : [writer], wishes)
}

/** The reasons why giving the case to a colleague must be justified in writing. */
export type NeedsReason = 'wish' | 'named'

/** Returns true for a wish that excludes even colleagues who do not read reports. */
export const forbidsColleagues = (wish: Wish | 'unsaid'): boolean =>
  wish === 'anonymous' || wish === 'withdrawn'

/**
 * Lists why a colleague who gives the case to another must state a reason. A reader can already
 * read all letters, so no wish is broken.
 *
 * @param isNamed  true when a letter of the case mentions the colleague by name
 */
export function reasonsToAsk(
  standings: readonly Standing[],
  { readsReports, isNamed }: { readsReports: boolean; isNamed: boolean },
): NeedsReason[] {
  const isAgainst = !readsReports && standings.some(({ wish }) => forbidsColleagues(wish))
  return [...(isAgainst ? (['wish'] as const) : []), ...(isNamed ? (['named'] as const) : [])]
}
