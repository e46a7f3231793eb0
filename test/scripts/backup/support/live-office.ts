// Lets an office act between the calls of a backup, in an order determined by a seed.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { destroyBody } from '#protocol/report/receipt'
import { chanceFrom, happens, type Chance } from '#scripts/shared/seeded-random'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { giveCase } from '#test/staff/departure/support/assigned-case.ts'
import { offerLetter, type MemoryEdge } from '#test/staff/departure/support/edge.ts'
import type { Office } from '#test/staff/departure/support/office.ts'
import { tell, writeAgain, type Filed } from '#test/staff/support/people.ts'
import { CASE_TABLES, OF_THREADS } from '#scripts/backup/tables'
import { actOn, read } from './casework.ts'

const hex = (bytes: unknown): string => Buffer.from(bytes as Bytes).toString('hex')

/**
 * Returns one text per case with everything that the stores contain about it, keyed by case id. The
 * marks that record who has read what are left out, because no other row depends on them.
 */
export function caseTexts(edge: MemoryEdge): Map<string, string> {
  const { tables } = edge.copy()
  const texts = new Map<string, string[]>()
  for (const table of CASE_TABLES.filter((name) => name !== 'reads'))
    for (const row of tables.get(table) ?? []) {
      const of = OF_THREADS.includes(table) ? 'owner_hash' : table === 'reports' ? 'id' : 'case_id'
      const name = `${of === 'owner_hash' ? 'thread' : 'case'} ${hex(row[of])}`
      const text = Object.entries(row).map(([column, stored]) => [
        column,
        stored instanceof Uint8Array ? hex(stored) : stored,
      ])
      texts.set(name, [...(texts.get(name) ?? []), JSON.stringify(text)])
    }
  const of = (name: string): string => (texts.get(name) ?? []).join('\n')
  return new Map(
    (tables.get('reports') ?? []).map(({ id, owner_hash }) => [
      toB64(id as Bytes),
      `${of(`case ${hex(id)}`)}\n${of(`thread ${hex(owner_hash)}`)}`,
    ]),
  )
}

export class LiveOffice {
  readonly office: Office
  readonly filed: Filed[] = []
  /** every text that a case has had, keyed by case id */
  readonly moments = new Map<string, Set<string>>()
  /** number of reports that the edge refused */
  refused = 0
  readonly #chance: Chance

  constructor(office: Office, seed: number) {
    this.office = office
    this.#chance = chanceFrom(seed)
  }

  /** Sends a report as a page does. */
  async tell(): Promise<void> {
    const { edge } = this.office
    const filed = await tell(await this.office.published(1), { text: 'A report' })
    if (await offerLetter(edge, filed)) this.filed.push(filed)
    else this.refused++
  }

  /** Records the current state of every case. */
  remember(): void {
    for (const [id, text] of caseTexts(this.office.edge))
      this.moments.set(id, (this.moments.get(id) ?? new Set()).add(text))
  }

  /**
   * Performs one action, or none, as determined by the seed. An action that the edge refuses
   * changes nothing.
   */
  async act(): Promise<void> {
    if (happens(this.#chance, 50)) return
    const [reader] = this.office.readers
    const { id } = this.#one()
    const acts = [
      () => this.tell(),
      () => read(this.office, reader, id),
      () => actOn(this.office, reader, id, 'A note'),
      () => giveCase(this.office, reader, id),
      () => this.#follow(),
      () => this.#endThread(),
      () =>
        this.office.as(reader, async ({ by }) =>
          sendReply(by, await loadReport(by, id), 'A reply'),
        ),
      () => this.office.as(reader, ({ by }) => sendMerging(by, id, this.#one().id)),
    ]
    await this.#chance
      .one(acts)()
      .catch((cause: unknown) => {
        if (!(cause instanceof Refusal)) throw cause
      })
    this.remember()
  }

  #one = (): Filed => this.#chance.one(this.filed)

  async #follow(): Promise<void> {
    const letter = await writeAgain(await this.office.published(1), this.#one(), { text: 'More' })
    await offerLetter(this.office.edge, letter)
  }

  async #endThread(): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream' }
    const body = destroyBody(this.#one().receipt)
    await this.office.edge.ask('/api/inbox/destroy', { method: 'POST', body, headers })
  }
}
