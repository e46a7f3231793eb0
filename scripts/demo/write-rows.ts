// Writes the demo into the file of the local database. Only this file and colleague-rows.ts depend
// on the details of the tables.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { fromB64, type Bytes } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { headerIdOf } from '#protocol/report/envelope'
import { dayOf } from '#protocol/time'
import { rowsOfColleague, type DemoRow } from '#scripts/demo/colleague-rows'
import type { Colleague } from '#scripts/demo/make-staff'
import type { CaseRows } from '#scripts/demo/play-case'
import type { PlayedThread } from '#scripts/demo/begin-thread'
import type { Organisation } from '#scripts/org/organisation'
import { publishStatements } from '#scripts/org/publish'
import type { ScriptedMember } from '#scripts/org/files/member-file'
import type { ChainedRow } from '#site/staff/recovery/chained-row.ts'
import { insertSql, ledgerTableRow } from '#site/staff/recovery/table-sql.ts'

const reportRow = ({ plan, first, ...played }: PlayedThread, epoch: number): DemoRow => ({
  id: first.id,
  kind: plan.kind,
  danger: Number(played.danger),
  danger_day: played.dangerDay,
  epoch,
  grade: plan.grade,
  header_id: headerIdOf(first.envelope),
  sealed_by: plan.sealedBy,
  status: played.status,
  waits_for: played.waits.for,
  waits_since: played.waits.since,
  close_reason: played.status === 'closed' ? 'helped' : null,
  touched_day: played.followUps.at(-1)?.day ?? null,
  received_day: dayOf(plan.arrivedAt),
  owner_hash: played.ownerHash,
  write_hash: played.writeHash,
  envelope: first.envelope,
})

/** Opens the database of the demo for writing. The caller closes it. */
export class DemoDatabase {
  readonly #database: DatabaseSync
  readonly #inserts = new Map<string, StatementSync>()

  constructor(file: string) {
    this.#database = new DatabaseSync(file)
    // An interrupted run starts again from the beginning, so no write has to wait for the disk.
    this.#database.exec('PRAGMA synchronous = OFF')
  }

  async writeStaff(
    organisation: Organisation,
    member: ScriptedMember,
    staff: readonly Colleague[],
  ): Promise<void> {
    for (const sql of publishStatements(organisation, member)) this.#database.exec(sql)
    const sessionEnd = organisation.lastDay * DAY_MS
    for (const colleague of staff)
      for (const [table, row] of await rowsOfColleague(colleague, sessionEnd))
        this.#insert(table, row)
  }

  /** @param seq  row number in the ledger, from 1 */
  writeLedgerRow(row: ChainedRow, seq: number): void {
    this.#database.exec(insertSql(ledgerTableRow(row, seq)))
  }

  /** Writes threads and their case logs in one transaction. */
  writeThreads(threads: readonly PlayedThread[], epoch: number): void {
    this.#database.exec('BEGIN')
    for (const thread of threads) this.#writeThread(thread, epoch)
    this.#database.exec('COMMIT')
  }

  #writeThread(thread: PlayedThread, epoch: number): void {
    const { first, ownerHash: owner_hash, writeHash: write_hash, plan } = thread
    this.#insert('reports', reportRow(thread, epoch))
    thread.followUps.forEach(({ id, day, envelope }, n) =>
      this.#insert('follow_ups', {
        ...{ id, owner_hash, write_hash, n, epoch, day },
        ...{ sealed_by: plan.sealedBy, envelope },
      }),
    )
    for (const { index, ...reply } of thread.replies)
      this.#insert('answers', { owner_hash, n: index, ...reply })
    this.#writeCase(first.id, thread.rows)
    for (const { prevHash: prev_hash, ...row } of thread.log)
      this.#insert('case_log', { case_id: first.id, prev_hash, ...row })
    // Records that staff requested the files of the reports that they worked on.
    if (thread.log.length > 0)
      for (const id of filesOf(thread)) this.#insert('claimed_files', { id })
  }

  #writeCase(case_id: Bytes, { key, letters, entries, records }: CaseRows): void {
    if (key) this.#insert('case_keys', { case_id, key_no: 1, generation: 1, sealed: key })
    for (const { letter, sealedCek: sealed_cek } of letters)
      this.#insert('case_letters', { letter, case_id, key_no: 1, sealed_cek })
    for (const entry of entries) this.#insert('case_entries', { case_id, ...entry })
    for (const record of records) this.#insert('case_records', { case_id, key_no: 1, ...record })
  }

  #insert(table: string, row: DemoRow): void {
    const columns = Object.keys(row)
    const places = columns.map(() => '?').join(', ')
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`
    let insert = this.#inserts.get(sql)
    if (!insert) {
      insert = this.#database.prepare(sql)
      this.#inserts.set(sql, insert)
    }
    insert.run(...Object.values(row))
  }

  close(): void {
    this.#database.close()
  }
}

/** Returns the ids of a thread's files. */
const filesOf = ({ chunks }: PlayedThread): Bytes[] =>
  [...new Set(chunks.map(({ file }) => file))].map(fromB64)
