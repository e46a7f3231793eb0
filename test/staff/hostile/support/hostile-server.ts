// Responds to the staff app in place of the edge. The server chooses a few lies for a run. The
// server tells each lie on every call, on some calls, or until or after a refused write. The server
// keeps everything that it receives.
import { happens, type Chance } from '#scripts/shared/seeded-random'
import { type MemoryEdge } from '../../departure/support/edge.ts'
import type { Filed } from '../../support/people.ts'
import type { ActName } from './acts.ts'
import type { History } from './history.ts'
import type { CaseName } from './play-office.ts'
import type { Sent } from './sent-things.ts'
import type { ServerKeys } from './server-keys.ts'
import type { Exchange } from './world.ts'

/** Everything that the server needs for its lies. */
export interface ServerHand {
  chance: Chance
  keys: ServerKeys
  history: History
  /** a letter that the server wrote, and its content key */
  letter: { filed: Filed; cek: Uint8Array<ArrayBuffer> }
  /** edges with earlier states of the office, oldest first */
  past: readonly MemoryEdge[]
  /** ids of the cases that the office works on in this run */
  cases: readonly string[]
  /**
   * heads of logs whose last row the server wrote, each with the number of true rows. Until the log
   * or a checkpoint covers a departure, such a row cannot be distinguished from a true row. A reply
   * can extend any log.
   */
  added: Map<string, number>
}

/** Changes the response to a request, or responds in place of the edge. */
export interface Lie {
  name: string
  /** matches the method and the path of a request */
  on: RegExp
  /** @param pass  passes the request to the edge or to the previous lie */
  tell: (sent: Exchange, pass: () => Promise<Response>) => Promise<Response>
  /** true for a lie that is told on every call, because other lies depend on it */
  isSteady?: boolean
  /**
   * the cases and acts that the lie concerns, which therefore make up most of the office's work
   */
  about?: { cases?: readonly CaseName[]; acts?: readonly ActName[] }
}

/** Makes a lie of one kind with random details. */
export type MakeLie = (hand: ServerHand) => Lie

/** Makes a lie that changes the JSON of a response. */
export const changesJson = <Json>(
  name: string,
  on: RegExp,
  change: (json: Json, sent: Exchange) => Json | Promise<Json>,
): Lie => ({
  ...{ name, on },
  tell: async (sent, pass) => {
    const answer = await pass()
    if (!answer.ok) return answer
    return Response.json(await change((await answer.json()) as Json, sent))
  },
})

const WHEN = ['always', 'always', 'at times', 'after a refusal', 'until a refusal'] as const

interface TimedLie {
  lie: Lie
  when: (typeof WHEN)[number]
}

export class HostileServer {
  /** requests that change something, in order */
  sent: readonly Sent[] = []
  readonly #chance: Chance
  readonly #lies: readonly TimedLie[]
  #hasRefused = false
  /** the server is honest while it sleeps */
  isAsleep = false

  constructor({ chance }: ServerHand, lies: readonly Lie[]) {
    this.#chance = chance
    this.#lies = lies.map((lie) => ({ lie, when: lie.isSteady ? 'always' : chance.one(WHEN) }))
  }

  /** Removes the sent requests that `isKnown` selects, so that they are not judged. */
  forget(isKnown: (sent: Sent) => boolean): void {
    this.sent = this.sent.filter((each) => !isKnown(each))
  }

  /** see Lie */
  get about(): Required<NonNullable<Lie['about']>> {
    const all = this.#lies.map(({ lie }) => lie.about ?? {})
    return {
      cases: all.flatMap(({ cases = [] }) => cases),
      acts: all.flatMap(({ acts = [] }) => acts),
    }
  }

  get plan(): string {
    return this.#lies.map(({ lie, when }) => `${lie.name} (${when})`).join(', ')
  }

  wire = async (sent: Exchange): Promise<Response> => {
    const { method, path, body } = sent
    if (method !== 'GET') this.sent = [...this.sent, { method, path, body }]
    if (this.isAsleep) return sent.pass()
    const active = this.#lies.filter(({ lie, when }) => {
      return lie.on.test(`${method} ${path}`) && this.#isDue(when)
    })
    const answer = await active.reduce<() => Promise<Response>>(
      (pass, { lie }) =>
        () =>
          lie.tell(sent, pass),
      sent.pass,
    )()
    if (method !== 'GET' && !answer.ok) this.#hasRefused = true
    return answer
  }

  #isDue(when: TimedLie['when']): boolean {
    if (when === 'at times') return happens(this.#chance, 50)
    return when === 'always' || (when === 'after a refusal') === this.#hasRefused
  }
}
