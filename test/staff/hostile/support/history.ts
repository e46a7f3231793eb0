// Plays out the history of an office before a run: two colleagues leave, and new reports arrive
// afterwards. The server kept every byte from that time, and both leavers gave it every key that
// they had ever had.
//
//  old ──leaver reads──note──title──reply──┐            ┌──note
//  lost ──former caseworker has it──note───┤ departure ─┤──note
//  unopened ───────────────────────────────┘            ├── fresh: letter, note, title, caseworker
//                                                       ├── taken: given to a rival, taken back
//                                                       ├── regained: the same, after a checkpoint
//                                                       ├── left: given to somebody who is gone
//                                                       └── new: a letter that nobody opened
import { toB64, type Bytes } from '#protocol/bytes'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { type Filed, type Published } from '#test/staff/support/people.ts'
import {
  makeEdge,
  type EdgeImage,
  type MemoryEdge,
  type StoresCopy,
} from '../../departure/support/edge.ts'
import { Office, type Reader } from '../../departure/support/office.ts'
import { Opener } from '../../departure/support/opener.ts'
import { thingsIn, thingsReceived } from '../../departure/support/sealed-things.ts'
import { Play, type CaseName, type OfficeImage } from './play-office.ts'
import { type Word } from './world.ts'

/** The people who gave the server their keys. */
export interface Former {
  /** left while the first generation of the team key was in use */
  reader: Reader
  /** left at the same time, after a case was taken back */
  caseworker: Reader
  /** is still on the staff, but lost a case under the second generation */
  rival: Reader
  /** left later, and still has a case */
  gone: Reader
}

export interface History {
  root: Bytes
  now: OfficeImage
  /** the office after the removals, but before any departure step */
  removed: OfficeImage
  /** the stores as they were at earlier times, oldest first */
  past: readonly EdgeImage[]
  /** number of those stores that are older than the removals */
  pastAtRemoval: number
  /** the keeper's keys, and the roster as of the last row */
  keeper: CaseWriter
  /** the keys of the newest epoch, as a page has them */
  published: Published
  /** two readers and a caseworker */
  people: readonly Reader[]
  cases: ReadonlyMap<CaseName, Filed>
  former: Former
  /** copies of both stores from before and after the departure */
  copies: readonly StoresCopy[]
  /** has every key that the server and the former colleagues had */
  opener: Opener
  /** the case of each letter, keyed by the letter's id */
  caseOf: ReadonlyMap<string, string>
  /** rows of each log that the last checkpoint covers, keyed by case id */
  covered: ReadonlyMap<string, number>
  /** letters that none of the former colleagues has opened, in the form that they have in a case */
  letters: readonly Bytes[]
  /** words that none of the former colleagues may read */
  secrets: readonly Word[]
}

export async function playHistory(): Promise<History> {
  const office = await Office.open(4)
  const [keeper, colleague, leaver] = office.readers
  const [helper, former, rival, gone] = office.caseworkers
  if (!helper || !former || !rival || !gone) throw new Error('a colleague is missing')
  const play = new Play(office)
  for (const name of ['old', 'lost', 'unopened'] as const) await play.report(name, 1)
  await play.act(leaver, 'openCase', 'old', helper)
  for (const name of ['note', 'title', 'reply'] as const)
    await play.act(leaver, name, 'old', helper)
  const past = [office.edge.image()]
  await play.act(colleague, 'give', 'lost', former)
  await play.act(former, 'note', 'lost', former)
  past.push(office.edge.image())
  await play.act(colleague, 'takeBack', 'lost', former)
  await play.act(colleague, 'index', 'old', helper)
  await play.act(keeper, 'checkpoint', 'old', helper)
  const before = office.edge.copy()
  // At least one of the two leavers could open each word written so far.
  play.world.words.length = 0
  past.push(office.edge.image())
  const pastAtRemoval = past.length
  const removed = await play.leave(keeper, [leaver, former])
  for (const name of ['taken', 'regained', 'left'] as const) await play.report(name, 2)
  await play.act(colleague, 'give', 'taken', rival)
  await play.act(colleague, 'give', 'regained', rival)
  for (const name of ['taken', 'regained'] as const) await play.act(rival, 'note', name, rival)
  past.push(office.edge.image())
  await play.act(colleague, 'takeBack', 'taken', rival)
  await play.act(keeper, 'give', 'left', gone)
  await play.act(gone, 'note', 'left', gone)
  await play.remove(keeper, gone)
  // So far, `rival` or `gone` could open every word and letter that these cases received.
  play.world.words.length = 0
  play.letters.length = 0
  for (const name of ['fresh', 'given', 'new', 'newest'] as const) await play.report(name, 2)
  await play.followUp('unopened', 2)
  for (const name of ['openCase', 'note', 'title'] as const)
    await play.act(colleague, name, 'fresh', helper)
  for (const name of ['old', 'lost', 'taken'] as const)
    await play.act(colleague, 'note', name, helper)
  await play.act(keeper, 'give', 'given', helper)
  await play.act(helper, 'title', 'given', helper)
  await play.act(keeper, 'checkpoint', 'old', helper)
  const covered = play.rows()
  past.push(office.edge.image())
  await play.act(colleague, 'takeBack', 'regained', rival)
  for (const each of [keeper, colleague]) await play.act(each, 'note', 'regained', helper)
  await play.act(colleague, 'index', 'fresh', helper)
  await play.act(keeper, 'note', 'fresh', helper)
  await play.act(helper, 'note', 'given', helper)

  const by = await play.world.as(play.person(keeper), true, (now) => Promise.resolve(now))
  const copies = [before, office.edge.copy()]
  const opener = new Opener()
  for (const { master } of [leaver, former, rival, gone]) await opener.learn(master)
  return {
    ...{ root: office.root, now: play.image(), removed, past, pastAtRemoval },
    ...{ keeper: by, letters: play.letters, caseOf: play.caseOf, covered },
    ...{ published: await office.published(2), people: play.people, cases: play.cases },
    former: { reader: leaver, caseworker: former, rival, gone },
    ...{ copies, opener, secrets: play.world.words },
  }
}

/** Returns everything from before a run that the former colleagues and the server can open. */
export async function openedBefore({ opener, copies, former }: History): Promise<string> {
  const received = Object.values(former).flatMap((each: Reader) => each.received)
  const opened = await opener.open([...thingsReceived(received), ...copies.flatMap(thingsIn)])
  return [...opened.values()].join('\n')
}

export const edgeFrom = ({ root }: History, image: EdgeImage): Promise<MemoryEdge> =>
  makeEdge(toB64(root), image)
