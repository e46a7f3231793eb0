// Plays out the acts of an honest office: reports arrive, and colleagues work and leave.
import { toB64, type Bytes } from '#protocol/bytes'
import { contentOf } from '#protocol/report/letter-content'
import { departureSteps } from '#site/staff/departure/departure.ts'
import { sendRemoval } from '#site/staff/people/send-confirmation.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { tell, writeAgain, type Filed } from '#test/staff/support/people.ts'
import { postLetter, type EdgeImage } from '../../departure/support/edge.ts'
import { type Office, type Reader } from '../../departure/support/office.ts'
import { ACTS, type ActName } from './acts.ts'
import { Person, World } from './world.ts'

/** The names of an office's cases, which describe the history of each case. */
export type CaseName =
  | 'old'
  | 'lost'
  | 'unopened'
  | 'fresh'
  | 'given'
  | 'taken'
  | 'regained'
  | 'left'
  | 'new'
  | 'newest'

/** The cases from before the departure. */
export const OLD_CASES: readonly CaseName[] = ['old', 'lost', 'unopened']

/** The stores of the edge, and each browser's storage. */
export interface OfficeImage {
  edge: EdgeImage
  kept: readonly [string, string][][]
}

export class Play {
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
    await this.#send(
      await writeAgain(await this.office.published(epoch), first, { text }),
      first.id,
    )
    this.world.words.push({ text, caseId: first.id, isStored: true })
  }

  async #send(filed: Filed, caseId: string): Promise<void> {
    this.letters.push(contentOf(filed.envelope))
    this.caseOf.set(filed.id, caseId)
    await postLetter(this.office.edge, filed)
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

  /** Counts the rows of each log, keyed by case id. */
  rows(): Map<string, number> {
    const rows = this.office.edge.rows('SELECT case_id, max(n) AS n FROM case_log GROUP BY case_id')
    return new Map(rows.map((row) => [toB64(row['case_id'] as Bytes), Number(row['n'])]))
  }

  get people(): Reader[] {
    const [keeper, colleague] = this.office.readers
    return [keeper, colleague, this.office.caseworker]
  }

  image(): OfficeImage {
    const kept = this.people.map((reader) => [...this.person(reader).store.kept])
    return { edge: this.office.edge.image(), kept }
  }

  async remove(keeper: Reader, leaver: Reader): Promise<void> {
    await this.world.as(this.person(keeper), true, (by) =>
      sendRemoval(by.keys, by.roster, leaver.by.keys.personId),
    )
  }

  /**
   * Removes colleagues and runs all steps.
   *
   * @returns the stores between the removal and the steps
   */
  async leave(keeper: Reader, leavers: readonly Reader[]): Promise<OfficeImage> {
    for (const leaver of leavers) await this.remove(keeper, leaver)
    const removed = this.image()
    await this.world.as(this.person(keeper), true, (by) => endDeparture(this.world, by))
    return removed
  }
}

/** Runs all steps of a departure. */
export async function endDeparture(world: World, { keys }: CaseWriter): Promise<void> {
  const { nextRoster } = world
  const nextKeys = () => world.nextKeys(keys)
  for (const step of departureSteps({ keys, nextRoster, nextKeys })) await step.run(() => undefined)
}
