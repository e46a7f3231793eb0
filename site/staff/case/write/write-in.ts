// Writes in one case, as one person. Each method seals its content under the current key, signs one
// row and sends both. If colleagues write at the same time, all of their rows are stored.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { CaseGrant } from '#protocol/staff/case-log/bodies'
import type {
  CaseAssign,
  DangerChange,
  EntryAdd,
  RecordSet,
} from '#protocol/staff/case-log/changes'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { fetchReport } from '../../api/case-api.ts'
import { retryOn } from '../../api/retry-on.ts'
import { sendAction } from '../../api/send-action.ts'
import { type Entry, type EntryOf } from '../../crypto/case-entry.ts'
import {
  recordBytesLeft,
  sealRecord,
  type CasePerson,
  type CaseRecord,
  type RecordPlace,
} from '../../crypto/case-record.ts'
import type { CaseWriter } from '../../session/case-writer.ts'
import { hasSealedLetters } from '../read/load-report.ts'
import { readAllEntries } from '../read/read-all-entries.ts'
import { countDangers } from '../read/read-case-rows.ts'
import { freeRecord } from '../read/read-records.ts'
import { dueDayWith } from '../read/tasks-of.ts'
import { withCaseKey } from './case-key-in-use.ts'
import { requireFormer } from './require-former.ts'
import { sendCaseSigned } from './send-case-signed.ts'
import { sendEntry, type MadeEntry } from './send-entry.ts'

/**
 * Writes in a case. Every method also throws the refusals that stop all writing:
 *
 * - `case_merged` when the case has been merged into another case
 * - `needs_reader` for a caseworker who lacks the current key
 * - `cannot_open` if the team key or the case's secret is missing
 * - `ledger_broken`, `ledger_fork`, `ledger_behind`, `made_newer`, `log_older` or
 *   `checkpoint_withheld` for an invalid log
 * - `case_key_changed` or `chain_moved` when colleagues acted first each time
 * - a code of the edge or of the network
 */
class CaseWriting {
  readonly #by: CaseWriter
  readonly #stored: StoredCase

  /** @param stored  the version of the case that the author of the change has read */
  constructor(by: CaseWriter, stored: StoredCase) {
    this.#by = by
    this.#stored = stored
  }

  get #subject(): string {
    return this.#stored.item.id
  }

  /**
   * Returns the number of follow-ups that the author has read; an entry with this number counts as
   * an act. Returns no number for an author who cannot open every letter.
   */
  async #read(): Promise<Pick<EntryAdd, 'followUps'>> {
    if (await hasSealedLetters(this.#by, this.#stored)) return {}
    return { followUps: this.#stored.item.followUps }
  }

  /**
   * Adds an entry that changes nothing else, such as a note.
   *
   * @returns the key that identifies the entry in the view
   * @throws Refusal `text_too_long` before anything is sent
   */
  entry(entry: Entry): Promise<string> {
    const subject = this.#subject
    return sendEntry(this.#by, this.#stored, entry, {
      row: async (made) => ({
        ...{ action: 'entry.add', subject },
        change: NO_ACTS.has(entry.kind) ? made : { ...made, ...(await this.#read()) },
      }),
      send: (body) => sendAction('entry.add', body, subject),
    })
  }

  /**
   * Adds a task, or the entry that ends a task. The row also states the first day on which a task
   * is then due. The tasks of absorbed cases, according to the signed log, count too.
   *
   * @returns the same as `entry`, and throws the same refusals
   */
  task(entry: EntryOf<'task'> | EntryOf<'task_end'>): Promise<string> {
    const subject = this.#subject
    const changeFor = async (made: MadeEntry, now: StoredCase, log: CaseLog): Promise<EntryAdd> => {
      const dueDay = dueDayWith(await readAllEntries(this.#by, now, log), entry)
      return { ...made, dueDay, ...(await this.#read()) }
    }
    return sendEntry(this.#by, this.#stored, entry, {
      rowFor: async (...of) => ({ action: 'entry.add', subject, change: await changeFor(...of) }),
      send: (body) => sendAction('entry.add', body, subject),
    })
  }

  /**
   * Sets or lifts the danger. Only a person who has read every letter can lift a danger. A danger
   * that a colleague has set again remains set.
   *
   * @returns the key that identifies the entry in the view
   * @throws Refusal `text_too_long` before anything is sent. `record_changed` when a colleague set
   *   or lifted the danger. `needs_reader` for a letter that only a reader can open. `report_grew`
   *   when the person wrote, or another case was merged in, before the danger was lifted.
   */
  danger(entry: EntryOf<'danger'>): Promise<string> {
    const [{ item }, subject] = [this.#stored, this.#subject]
    const changeFor = async (made: MadeEntry, now: StoredCase): Promise<DangerChange> => {
      if (countDangers(now) > countDangers(this.#stored)) throw new Refusal('record_changed')
      const { followUps, absorbed } = item
      if (entry.isDanger) return { danger: true, ...made, ...(await this.#read()) }
      if (await hasSealedLetters(this.#by, now)) throw new Refusal('needs_reader')
      // If a letter arrives between this check and the change, the edge refuses the change.
      if (now.item.followUps > followUps || now.item.absorbed > absorbed)
        throw new Refusal('report_grew')
      return { danger: false, ...made, followUps, absorbed }
    }
    return sendEntry(this.#by, this.#stored, entry, {
      rowFor: async (made, now) => {
        return { action: 'danger.set', subject, change: await changeFor(made, now) }
      },
      send: (body) => sendAction('danger.set', body, subject),
    })
  }

  /**
   * Gives the case to a colleague despite a wish. The reason is sent with the row that it explains.
   *
   * @throws Refusal `text_too_long` before anything is sent. `assignee_changed` when a colleague
   *   acted first. `report_grew` when a letter has arrived that the author has not read.
   */
  async give(reason: EntryOf<'give'>, change: CaseAssign, grants: CaseGrant[]): Promise<void> {
    const subject = this.#subject
    await sendEntry(this.#by, this.#stored, reason, {
      row: (made) => ({ action: 'case.assign', subject, change: { ...change, reason: made } }),
      send: ({ signed, sealed }) =>
        sendAction('case.assign', { signed, grants, reason: sealed }, subject),
    })
  }

  /**
   * Sets a record. The edge refuses a revision number that a colleague has already stored. So a
   * colleague never overwrites words that they have not seen.
   *
   * @param place  the revision after the one that the author read
   * @throws Refusal `text_too_long` before anything is sent. `record_changed` when a colleague
   *   stored this revision. `made_newer`, `cannot_open` or `ledger_broken`, see requireFormer.
   */
  async record(place: RecordPlace, record: CaseRecord): Promise<void> {
    if (recordBytesLeft(record) < 0) throw new Refusal('text_too_long')
    const subject = this.#subject
    await withCaseKey(this.#by, this.#stored, async (key, log) => {
      await requireFormer(this.#by, this.#stored, place, log)
      const sealed = await sealRecord(key, place, record)
      const change: RecordSet = {
        keyNo: key.keyNo,
        ...place,
        recordHash: toB64(await sha256(fromB64(sealed))),
      }
      await sendCaseSigned(this.#by, { action: 'record.set', subject, change }, (signed) =>
        sendAction('record.set', { signed, sealed }, subject),
      )
    })
  }

  /**
   * Adds a person. Takes the next number when a colleague has added a person in the meantime.
   *
   * @throws Refusal `text_too_long` before anything is sent. `record_changed` when no number is
   *   left, or when colleagues acted first each time.
   */
  async person(person: CasePerson): Promise<void> {
    const hadRoom = await retryOn(['record_changed'], async (tried) => {
      const current = tried === 1 ? this.#stored : await fetchReport(this.#subject)
      const record = freeRecord(current.records)
      if (record === null) return false
      await writeIn(this.#by, current).record({ record, revision: 1 }, person)
      return true
    })
    if (!hadRoom) throw new Refusal('record_changed')
  }
}

/**
 * Kinds of entries that are not acts: handovers, and links, which an author can add even to an
 * unread case.
 */
const NO_ACTS = new Set<Entry['kind']>(['handover', 'handover_read', 'link', 'link_end'])

/** Returns the methods with which a person writes in a case. */
export const writeIn = (by: CaseWriter, stored: StoredCase): CaseWriting =>
  new CaseWriting(by, stored)
