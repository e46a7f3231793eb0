// Contains the edge, the readers, and the events of the month so far. The process clock serves as
// the clock of the month.
import { vi } from 'vitest'
import type { CaseWriter } from '#site/staff/session/case-writer.ts'
import { Refusal } from '#protocol/errors'
import { fetchAlerts, postGivenBack } from '#site/staff/api/alert-api.ts'
import { sendTaking } from '#site/staff/alerts/send-taking.ts'
import { takeAlertedCase } from '#site/staff/alerts/take-alerted-case.ts'
import type { Colleagues } from '../../support/colleagues.ts'
import { tell, writeAgain, type Filed } from '../../support/people.ts'
import { TeamEdge } from '../../support/team-edge.ts'
import { PROVIDER, readersAt, type Reader } from './readers.ts'
import { seenAlerts } from './seen-alerts.ts'
import { READERS, type Letter, type Name } from './story.ts'
import type { CaseAct } from './work-on-case.ts'

export interface Team extends Colleagues {
  cholpon: CaseWriter
}

/** A letter that a person sent. */
export interface Arrived {
  name: string
  text: string
  /** id of the case that contains the letter */
  caseId: string
  at: number
  isDanger: boolean
}

/** Words that a reader wrote. */
export interface Written {
  caseId: string
  text: string
  by: Name
  does: CaseAct
}

/** Something that the edge confirmed to a reader. */
export interface Done {
  caseId: string
  at: number
  by: Name
  does: CaseAct
}

/** Cholpon's telephone loses the response to every fourth change that the edge has stored. */
const LOST_EACH = 4

export class Month {
  readonly edge: TeamEdge
  readonly readers: Record<Name, Reader>
  readonly letters: Arrived[] = []
  readonly written: Written[] = []
  readonly done: Done[] = []
  /** the cases that were given to a colleague but not taken yet, with the giver and the receiver */
  readonly given = new Map<string, { from: Name; to: Name }>()
  readonly calls: { at: number; who: string }[] = []
  lostAnswers = 0
  #changes = 0
  readonly #filed = new Map<string, Filed>()

  private constructor(edge: TeamEdge, team: Team) {
    this.edge = edge
    this.readers = readersAt(edge, team)
    edge.carrier = ({ href }) => {
      this.calls.push({ at: Date.now(), who: href.slice(PROVIDER.length) })
      return Promise.resolve(new Response(null, { status: 201 }))
    }
    edge.wire = async ({ person, method, path, pass }) => {
      const answer = await pass()
      const isChange = method !== 'GET' && /^(reports|alerts\/take)/.test(path)
      const isLossy = isChange && person === this.readers.Cholpon.id
      if (!isLossy || ++this.#changes % LOST_EACH > 0) return answer
      this.lostAnswers++
      throw new TypeError('Failed to fetch')
    }
  }

  static async begin(team: Team, plant: string | null): Promise<Month> {
    const edge = await TeamEdge.begin(team, {
      plant,
      // With the digest turned off, every call is for an alert.
      bindings: { PUSH_SECRET: 'x'.repeat(43), ALERT_DIGEST_HOURS: '' },
    })
    const month = new Month(edge, team)
    for (const name of READERS) await month.readers[name].addDevice()
    for (const name of READERS) await month.signIn(name)
    return month
  }

  /** Sets the clock for everybody. */
  static setClock(ms: number): void {
    vi.setSystemTime(ms)
  }

  async signIn(name: Name): Promise<void> {
    await this.readers[name].signIn()
  }

  caseOf(letter: string): string {
    const filed = this.#filed.get(letter)
    if (!filed) throw new Error(`${letter} has not arrived`)
    return filed.id
  }

  /** Sends a letter as its writer does. */
  async arrive(name: string, does: Letter): Promise<void> {
    const isDanger = does.endsWith('in danger')
    const text = `${name}, letter ${this.letters.length + 1}`
    const former = this.#filed.get(name)
    const { staff } = this.edge.team
    const plain = { text, at: new Date().toISOString().replace(/:\d\d\.\d+Z$/, 'Z') }
    const header = { danger: isDanger }
    const filed = does.startsWith('writes again')
      ? await writeAgain(staff, former ?? missing(name), plain, {}, header)
      : await tell(staff, plain, header)
    if (!former) this.#filed.set(name, filed)
    await this.edge.post(filed)
    const caseId = this.caseOf(name)
    this.letters.push({ name, text, caseId, at: Date.now(), isDanger })
  }

  /**
   * Takes the first alert that is red for the reader, and its case, as the line at the top does.
   */
  async takeAlert(name: Name): Promise<void> {
    const reader = this.readers[name]
    const [red] = (await seenAlerts(reader)).filter(({ state }) => state !== 'held')
    if (!red) return
    const { keys } = reader.writer
    // When the response is lost, the next poll shows who has the alert.
    await unlessRefused(() => sendTaking(keys, red.alert))
    const { alerts } = await fetchAlerts()
    const mine = alerts.find(({ id, taken }) => id === red.alert.id && taken?.by === reader.id)
    const caseId = mine?.case
    // The case opens even when it could not be taken up.
    if (caseId) await unlessRefused(() => takeAlertedCase(reader.writer, caseId))
  }

  async giveAlertBack(name: Name): Promise<void> {
    const reader = this.readers[name]
    const { alerts } = await fetchAlerts()
    const mine = alerts.find(({ taken }) => taken?.by === reader.id)
    if (mine) await postGivenBack(mine.id)
  }
}

/** Runs `work`, which may be refused or lose its response. */
async function unlessRefused(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
  }
}

const missing = (name: string): never => {
  throw new Error(`${name} has not arrived`)
}
