// Plays what an office did before a run: two colleagues leave, and new reports come afterwards. The
// server has kept every byte of all that time, and both leavers gave it every key they ever held.
//
//  old ──leaver reads──note──title──reply──┐            ┌──note
//  lost ──former caseworker has it──note───┤ departure ─┤──note
//  unopened ───────────────────────────────┘            ├── fresh: letter, note, title, caseworker
//                                                       ├── taken: given to a rival, taken back
//                                                       ├── left: given to somebody who is gone
//                                                       └── new: a letter that nobody opened
import { toB64, type Bytes } from '#protocol/bytes'
import { contentOf } from '#protocol/report/letter-content'
import { departureSteps } from '#site/staff/keys/departure.ts'
import { sendRemoval } from '#site/staff/people/send-confirmation.ts'
import { type CaseWriter } from '#site/staff/case/case-writer.ts'
import { tell, writeAgain, type Filed, type Published } from '#test/staff/support/people.ts'
import { makeEdge, type EdgeImage, type MemoryEdge, type StoresCopy } from '../../leaving/support/edge.ts'
import { Office, type Reader } from '../../leaving/support/office.ts'
import { Opener } from '../../leaving/support/opener.ts'
import { thingsIn, thingsReceived } from '../../leaving/support/sealed-things.ts'
import { ACTS, type ActName } from './acts.ts'
import { Person, World, type Word } from './world.ts'

/** The cases of an office by what happened to them. */
export type CaseName =
  'old' | 'lost' | 'unopened' | 'fresh' | 'given' | 'taken' | 'left' | 'new' | 'newest'

/** The people who gave the server their keys. */
export interface Former {
  /** left with the first generation of the team key */
  reader: Reader
  /** left at the same time, after a case was taken back */
  caseworker: Reader
  /** is staff, and lost a case under the second generation */
  rival: Reader
  /** left later, and still has a case */
  gone: Reader
}

/** The stores of the edge, and the storage of each browser. */
export interface OfficeImage {
  edge: EdgeImage
  kept: readonly [string, string][][]
}

export interface History {
  root: Bytes
  now: OfficeImage
  /** the office after the removals, before any step of the departure */
  removed: OfficeImage
  /** stores as they were once, the oldest first */
  past: readonly EdgeImage[]
  /** the keeper's keys, and the roster of the last row */
  keeper: CaseWriter
  /** the keys of the newest epoch, as a page has them */
  published: Published
  /** two readers and a caseworker */
  people: readonly Reader[]
  cases: ReadonlyMap<CaseName, Filed>
  former: Former
  /** copies of both stores from before and after the departure */
  copies: readonly StoresCopy[]
  /** holds every key that the server and the former people had */
  opener: Opener
  /** the case of each letter, by its id */
  caseOf: ReadonlyMap<string, string>
  /** rows of each log that the last checkpoint covers, by id of the case */
  covered: ReadonlyMap<string, number>
  /** letters that none of the former people has opened, as they are once a case has them */
  letters: readonly Bytes[]
  /** words that none of the former people may read */
  secrets: readonly Word[]
}

class Play {
  readonly office: Office
  readonly world: World
  readonly cases = new Map<CaseName, Filed>()
  readonly letters: Bytes[] = []
  readonly caseOf = new Map<string, string>()
  readonly #people = new Map<Reader, Person>()

  constructor(office: Office) {
    this.office = office
    this.world = new World(office.edge, office.root)
  }

  person(reader: Reader): Person {
    const known = this.#people.get(reader) ?? new Person(reader)
    this.#people.set(reader, known)
    return known
  }

  async report(name: CaseName, epoch: number): Promise<void> {
    const text = `words of ${name}`
    const filed = await tell(await this.office.published(epoch), { text })
    this.cases.set(name, filed)
    await this.#send(filed, filed.id)
    this.world.words.push({ text, caseId: filed.id, isStored: true })
  }

  async followUp(name: CaseName, epoch: number): Promise<void> {
    const text = `later words of ${name}`
    const first = this.#filed(name)
    await this.#send(await writeAgain(await this.office.published(epoch), first, { text }), first.id)
    this.world.words.push({ text, caseId: first.id, isStored: true })
  }

  async #send({ id, envelope, receipt }: Filed, caseId: string): Promise<void> {
    const type = 'application/octet-stream'
    const headers = { 'content-type': type, 'oasis-write': toB64(receipt.write) }
    const init = { method: 'POST', body: envelope, headers }
    this.letters.push(contentOf(envelope))
    this.caseOf.set(id, caseId)
    const { status } = await this.office.edge.ask('/api/reports', init)
    if (status !== 201) throw new Error('the edge refuses the letter')
  }

  #filed(name: CaseName): Filed {
    const filed = this.cases.get(name)
    if (!filed) throw new Error('the case is unknown')
    return filed
  }

  async act(reader: Reader, name: ActName, on: CaseName, helper: Reader): Promise<void> {
    const { world } = this
    const words = `${name} in ${on} ${world.words.length}`
    const ids = { caseId: this.#filed(on).id, otherId: '', helperId: helper.by.keys.personId }
    await world.as(this.person(reader), true, (by) =>
      ACTS[name]({ ...{ world, by, words }, ...ids, onSeen: () => undefined }),
    )
  }

  /** Counts the rows of each log, by id of the case. */
  rows(): Map<string, number> {
    const rows = this.office.edge.rows('SELECT case_id, max(n) AS n FROM case_log GROUP BY case_id')
    return new Map(rows.map((row) => [toB64(row['case_id'] as Bytes), Number(row['n'])]))
  }

  get people(): Reader[] {
    const [keeper, colleague] = this.office.readers
    return [keeper, colleague, this.office.caseworker]
  }

  async image(): Promise<OfficeImage> {
    const kept = this.people.map((reader) => [...this.person(reader).store.kept])
    return { edge: await this.office.edge.image(), kept }
  }

  async remove(keeper: Reader, leaver: Reader): Promise<void> {
    await this.world.as(this.person(keeper), true, (by) =>
      sendRemoval(by.keys, by.roster, leaver.by.keys.personId),
    )
  }

  /** Removes colleagues and does all steps. @returns the stores between the two */
  async leave(keeper: Reader, leavers: readonly Reader[]): Promise<OfficeImage> {
    for (const leaver of leavers) await this.remove(keeper, leaver)
    const removed = await this.image()
    await this.world.as(this.person(keeper), true, (by) => endDeparture(this.world, by))
    return removed
  }
}

/** Does all steps of a departure. */
export async function endDeparture(world: World, { keys }: CaseWriter): Promise<void> {
  const { nextRoster } = world
  const nextKeys = () => world.nextKeys(keys)
  for (const step of departureSteps({ keys, nextRoster, nextKeys })) await step.run(() => undefined)
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
  const past = [await office.edge.image()]
  await play.act(colleague, 'give', 'lost', former)
  await play.act(former, 'note', 'lost', former)
  past.push(await office.edge.image())
  await play.act(colleague, 'takeBack', 'lost', former)
  await play.act(colleague, 'index', 'old', helper)
  await play.act(keeper, 'checkpoint', 'old', helper)
  const before = await office.edge.copy()
  // Whatever was written so far, one of the two could open.
  play.world.words.length = 0
  past.push(await office.edge.image())
  const removed = await play.leave(keeper, [leaver, former])
  for (const name of ['taken', 'left'] as const) await play.report(name, 2)
  await play.act(colleague, 'give', 'taken', rival)
  await play.act(rival, 'note', 'taken', rival)
  past.push(await office.edge.image())
  await play.act(colleague, 'takeBack', 'taken', rival)
  await play.act(keeper, 'give', 'left', gone)
  await play.act(gone, 'note', 'left', gone)
  await play.remove(keeper, gone)
  // Whatever came into the two cases so far, one of the two people could open.
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
  past.push(await office.edge.image())
  await play.act(colleague, 'index', 'fresh', helper)
  await play.act(keeper, 'note', 'fresh', helper)
  await play.act(helper, 'note', 'given', helper)

  const by = await play.world.as(play.person(keeper), true, (now) => Promise.resolve(now))
  const copies = [before, await office.edge.copy()]
  const opener = new Opener()
  for (const { master } of [leaver, former, rival, gone]) await opener.learn(master)
  return {
    ...{ root: office.root, now: await play.image(), removed, past, keeper: by },
    ...{ letters: play.letters, caseOf: play.caseOf, covered },
    ...{ published: await office.published(2), people: play.people, cases: play.cases },
    former: { reader: leaver, caseworker: former, rival, gone },
    ...{ copies, opener, secrets: play.world.words },
  }
}

/** Returns everything that the former people and the server open of the time before a run. */
export async function openedBefore({ opener, copies, former }: History): Promise<string> {
  const received = Object.values(former).flatMap((each: Reader) => each.received)
  const opened = await opener.open([...thingsReceived(received), ...copies.flatMap(thingsIn)])
  return [...opened.values()].join('\n')
}

export const edgeFrom = ({ root }: History, image: EdgeImage): Promise<MemoryEdge> =>
  makeEdge(toB64(root), image)
