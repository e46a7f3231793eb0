// Runs an office with a hostile server for a while. Evaluates what the server learned and what the
// screens showed. Then the server becomes honest, and the office must be able to continue.
import { Refusal } from '#protocol/errors'
import { chanceFrom, happens, type Chance } from '#scripts/shared/seeded-random'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { type MemoryEdge } from '../../departure/support/edge.ts'
import { ACTS, type ActName } from './acts.ts'
import { edgeFrom } from './history.ts'
import { HostileServer } from './hostile-server.ts'
import { drawLies, meetsDeparture } from './lies/all-lies.ts'
import { ACCEPTS } from './lies/refuse-writes.ts'
import { endDeparture, OLD_CASES, type CaseName } from './play-office.ts'
import { readByServer } from './read-by-server.ts'
import type { Stage } from './stage.ts'
import { viewCase } from './view-case.ts'
import { faultsSigned } from './watch-signing.ts'
import { Person, World } from './world.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

export interface Outcome {
  /** the lies and the acts, for diagnosing a failure */
  plan: string
  /** items that the server opened or found in cleartext */
  read: string[]
  /** the server's words that a screen showed unmarked */
  forged: string[]
  /** rows that no browser may sign */
  signed: string[]
  /** acknowledged words that are missing, and refusals after the server becomes honest */
  lost: string[]
}

/** Acts of a reader; frequent acts are listed more often. */
const OFTEN: readonly ActName[] = [
  ...(['openCase', 'openCase', 'openCase', 'note', 'note', 'note', 'title', 'title'] as const),
  ...(['task', 'danger', 'reply', 'give', 'give', 'takeBack', 'tag'] as const),
  ...(['merge', 'merge', 'merge', 'index', 'index', 'index'] as const),
  ...(['checkpoint', 'checkpoint', 'compare'] as const),
]
const OF_HELPER: readonly ActName[] = ['openCase', 'note', 'note', 'title', 'task', 'index']

const MOVED: readonly CaseName[] = ['taken', 'regained', 'left']

/** The choices for a run, made before the office starts work. */
interface Drawn {
  chance: Chance
  edge: MemoryEdge
  /** true when the run begins with a departure */
  departs: boolean
}

class Run {
  readonly #stage: Stage
  readonly #chance: Chance
  readonly #world: World
  readonly #server: HostileServer
  readonly #people: readonly Person[]
  readonly #cases: readonly string[]
  /** the cases on which the office works most */
  readonly #often: readonly string[]
  readonly #departs: boolean
  #person: Person
  readonly #log: string[] = []
  readonly #forged: string[] = []
  readonly #signed: string[] = []

  constructor(stage: Stage, seed: number, { chance, edge, departs }: Drawn) {
    const { history } = stage
    this.#stage = stage
    this.#chance = chance
    this.#departs = departs
    this.#world = new World(edge, history.root)
    const { kept } = departs ? history.removed : history.now
    this.#people = history.people.map((reader, at) => new Person(reader, kept[at]))
    this.#person = chance.one(departs ? this.#people.slice(0, 1) : this.#people)
    this.#cases = [...history.cases]
      .filter(([name]) => !departs || OLD_CASES.includes(name))
      .map(([, { id }]) => id)
    // When a colleague leaves only during this run, stores from after the departure do not exist
    // yet.
    const past = departs ? stage.past.slice(0, history.pastAtRemoval) : stage.past
    const added = new Map<string, number>()
    const hand = { ...stage, past, chance, cases: this.#cases, added }
    this.#server = new HostileServer(hand, drawLies(hand, seed))
    const { cases } = this.#server.about
    const often = this.#cases.filter((id) =>
      (cases.length > 0 ? cases : MOVED).some((name) => history.cases.get(name)?.id === id),
    )
    this.#often = often.length > 0 ? often : this.#cases
    const judged = departs ? { ...history, covered: new Map<string, number>() } : history
    this.#world.wire = (sent) => {
      this.#signed.push(...faultsSigned({ history: judged, edge, added }, sent))
      return this.#server.wire(sent)
    }
  }

  async play(): Promise<Outcome> {
    const acts = 2 + this.#chance.below(2)
    // Words that a colleague writes before a departure is complete are sealed under keys that the
    // leaver has.
    if (!this.#departs || (await this.#depart()))
      for (let done = 0; done < acts; done++) await this.#act()
    const read = await readByServer(this.#stage, this.#server.sent, this.#world.words)
    this.#server.isAsleep = true
    const lost = await this.#goOn()
    const plan = `${this.#server.plan} | ${this.#log.join(', ')}`
    return { plan, read, forged: this.#forged, signed: this.#signed, lost }
  }

  /** Only the keeper's browser has seen the removal, so only the keeper continues. */
  async #depart(): Promise<boolean> {
    // Until the steps are done, a removed reader has the key of the pieces that the index writes.
    if (this.#server.about.acts.includes('index')) await this.#do(this.#person, 'index')
    this.#server.forget((sent) => sent.path.startsWith('pieces/'))
    const isDone = await this.#try(this.#person, 'departure', (by) => endDeparture(this.#world, by))
    this.#world.closeTab()
    return isDone
  }

  async #act(): Promise<void> {
    const isOther = !this.#departs && happens(this.#chance, 50)
    if (isOther) this.#person = this.#chance.one(this.#people)
    await this.#do(this.#person, this.#drawAct())
  }

  #isHelper(person: Person): boolean {
    return person === this.#people[2]
  }

  async #do(person: Person, name: ActName): Promise<void> {
    const { history } = this.#stage
    const given = history.cases.get('given')?.id ?? ''
    const hasGiven = this.#isHelper(person) && !this.#departs && happens(this.#chance, 80)
    const anyCase = this.#chance.one(happens(this.#chance, 70) ? this.#often : this.#cases)
    const caseId = hasGiven ? given : anyCase
    const otherId = this.#chance.one(this.#cases.filter((id) => id !== caseId))
    const words = `secret ${name} ${this.#world.words.length} ${this.#chance.below(2 ** 31)}`
    const ids = { caseId, otherId, helperId: this.#people[2]?.id ?? '' }
    await this.#try(person, name, (by) =>
      ACTS[name]({
        ...{ world: this.#world, by, words, ...ids },
        onSeen: ({ forged }) => this.#forged.push(...forged),
      }),
    )
  }

  #drawAct(): ActName {
    const { acts } = this.#server.about
    if (this.#isHelper(this.#person)) return this.#chance.one(OF_HELPER)
    return this.#chance.one(acts.length > 0 && happens(this.#chance, 60) ? acts : OFTEN)
  }

  async #try(person: Person, name: string, work: Parameters<World['as']>[2]): Promise<boolean> {
    const isNew = happens(this.#chance, 30)
    try {
      await this.#world.as(person, isNew, work)
      this.#log.push(name)
      return true
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      this.#log.push(`${name}: ${thrown.code}`)
      this.#world.closeTab()
      return false
    }
  }

  /** Checks that every stored word is present, and adds a note to each case of this run. */
  async #goOn(): Promise<string[]> {
    const [reader] = this.#people
    const { words } = this.#world
    // A server that only pretends to store has destroyed what it received.
    if (!reader || this.#server.plan.includes(ACCEPTS)) return []
    const touched = [...new Set(words.map(({ caseId }) => caseId))]
    const lost: string[] = []
    try {
      await this.#world.as(reader, true, async (by) => {
        for (const id of touched) {
          const { loaded, shown } = await viewCase(by, id)
          const stored = words.filter((word) => word.caseId === id && word.isStored)
          lost.push(...stored.flatMap(({ text }) => (shown.includes(text) ? [] : [text])))
          await writeIn(by, loaded.sealed).entry(noteOf('the office goes on'))
        }
      })
    } catch (thrown) {
      lost.push(thrown instanceof Refusal ? thrown.code : String(thrown))
    }
    return lost
  }
}

/** @param seed  the seed, which repeats the run */
export async function runOffice(stage: Stage, seed: number): Promise<Outcome> {
  const chance = chanceFrom(seed)
  const departs = happens(chance, meetsDeparture(seed) ? 50 : 6)
  const { history } = stage
  const edge = await edgeFrom(history, (departs ? history.removed : history.now).edge)
  try {
    return await new Run(stage, seed, { chance, edge, departs }).play()
  } finally {
    edge.close()
  }
}
