// Contains the keys that the colleagues of the demo use to write in cases. Worker threads can
// receive these keys.
import type { Roster } from '#protocol/staff/ledger/roster-state'
import type { DemoStaff } from '#scripts/demo/make-staff'
import { TeamKey, type TeamCopy } from '#site/staff/crypto/team-key.ts'

export interface WriterKeys {
  personId: string
  sign: CryptoKey
  /** empty for a colleague who cannot open reports */
  team: readonly TeamCopy[]
  /** the generations that the roster lists; a worker thread cannot receive a proven key */
  teams: Roster['teams']
  /** the newest ledger row, which the rows of cases refer to */
  ledger: Pick<Roster, 'rows' | 'head'>
}

export const writersFrom = ({ colleagues, roster }: DemoStaff): WriterKeys[] =>
  colleagues.map(({ keys: { personId, sign, unproven } }) => ({
    ...{ personId, sign, teams: roster.teams },
    ledger: { rows: roster.rows, head: roster.head },
    team: unproven.team,
  }))

export class Writers {
  readonly #writers: readonly WriterKeys[]

  constructor(writers: readonly WriterKeys[]) {
    this.#writers = writers
  }

  /** @throws when the colleague does not have this generation, or the roster does not list it */
  teamOf(by: number, generation: number): TeamKey {
    const { team, teams } = this.of(by)
    const copy = team.find((each) => each.generation === generation)
    const key = copy && TeamKey.prove(copy, { teams })
    if (!key) throw new Error('the staff of the demo has no team key')
    return key
  }

  /** @param by  index of the colleague in the list of staff */
  of(by: number): WriterKeys {
    const writer = this.#writers[by]
    if (!writer) throw new Error(`the staff of the demo has no colleague ${by}`)
    return writer
  }
}
