// Writes in one case, as one person. Each verb seals under the key in use, signs one row and sends
// both. A colleague who writes at the same time keeps their row.
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
import { readAllEntries } from '../read/read-all-entries.ts'
import { countDangers } from '../read/read-case-rows.ts'
import { openKeysOf } from '../read/key-hashes.ts'
import { freeRecord, openRecords, requireReadable } from '../read/read-records.ts'
import { dueDayWith } from '../read/tasks-of.ts'
import { withCaseKey } from './case-key-in-use.ts'
import { sendCaseSigned } from './send-case-signed.ts'
import { sendEntry, type MadeEntry } from './send-entry.ts'

/**
 * Writes in a case. Every verb also throws the refusals that stop any writing:
 *
 * - `case_merged` when the case was merged into another case
 * - `needs_reader` for a caseworker who lacks the key in use
 * - `cannot_open` without the team key or the case's secret
 * - `ledger_broken`, `ledger_fork`, `ledger_behind`, `made_newer`, `log_older` or
 *   `checkpoint_withheld` for a log that is not whole
 * - `case_key_changed` or `chain_moved` when colleagues were faster each time
 * - a code of the edge or the network
 */
class CaseWriting {
  readonly #by: CaseWriter
  readonly #stored: StoredCase

  /** @param stored  the case as its author has read it */
  constructor(by: CaseWriter, stored: StoredCase) {
    this.#by = by
    this.#stored = stored
  }

  get #subject(): string {
    return this.#stored.item.id
  }

  /** The follow-ups that the author has read, which makes an entry an act. */
  get #read(): Pick<EntryAdd, 'followUps'> {
    return { followUps: this.#stored.item.followUps }
  }

  /**
   * Adds an entry that does not change anything else, such as a note.
   *
   * @returns the key of the entry in the view
   * @throws Refusal `text_too_long` before anything is sent
   */
  entry(entry: Entry): Promise<string> {
    const subject = this.#subject
    return sendEntry(this.#by, this.#stored, entry, {
      row: (made) => ({
        ...{ action: 'entry.add', subject },
        change: NO_ACTS.has(entry.kind) ? made : { ...made, ...this.#read },
      }),
      send: (body) => sendAction('entry.add', body, subject),
    })
  }

  /**
   * Adds a task or its end, with the first due day in the current state of the case. Tasks of cases
   * that the signed log absorbs count too.
   *
   * @returns and throws as `entry` does
   */
  task(entry: EntryOf<'task'> | EntryOf<'task_end'>): Promise<string> {
    const subject = this.#subject
    const changeFor = async (made: MadeEntry, now: StoredCase, log: CaseLog): Promise<EntryAdd> => {
      const dueDay = dueDayWith(await readAllEntries(this.#by, now, log), entry)
      return { ...made, dueDay, ...this.#read }
    }
    return sendEntry(this.#by, this.#stored, entry, {
      rowFor: async (...of) => ({ action: 'entry.add', subject, change: await changeFor(...of) }),
      send: (body) => sendAction('entry.add', body, subject),
    })
  }

  /**
   * Sets or lifts the danger. A colleague cannot lift a danger that another colleague set in the
   * meantime, or over unread words of the person.
   *
   * @returns the key of the entry in the view
   * @throws Refusal `text_too_long` before anything is sent. `record_changed` when a colleague set
   *   or lifted the danger in the meantime. `report_grew` when the person wrote, or another case
   *   was merged, before the danger is lifted.
   */
  danger(entry: EntryOf<'danger'>): Promise<string> {
    const [{ item }, subject] = [this.#stored, this.#subject]
    const changeFor = (made: MadeEntry, now: StoredCase): DangerChange => {
      if (countDangers(now) > countDangers(this.#stored)) throw new Refusal('record_changed')
      const { followUps, absorbed } = item
      if (entry.isDanger) return { danger: true, ...made, ...this.#read }
      // The edge refuses a letter that comes between this look and the change.
      if (now.item.followUps > followUps || now.item.absorbed > absorbed)
        throw new Refusal('report_grew')
      return { danger: false, ...made, followUps, absorbed }
    }
    return sendEntry(this.#by, this.#stored, entry, {
      rowFor: (made, now) => ({ action: 'danger.set', subject, change: changeFor(made, now) }),
      send: (body) => sendAction('danger.set', body, subject),
    })
  }

  /**
   * Gives the case to a colleague against a wish. The reason is sent with the row that it explains.
   *
   * @throws Refusal `text_too_long` before anything is sent. `assignee_changed` when a colleague
   *   was faster. `report_grew` when a letter came that the giver has not read.
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
   * Sets a record. The edge refuses a revision that a colleague has already stored. So a colleague
   * never overwrites unseen words.
   *
   * @param place  the revision that follows the one that the author has read
   * @throws Refusal `text_too_long` before anything is sent. `record_changed` when a colleague
   *   stored this revision. `made_newer` or `cannot_open` over a record that does not open here.
   */
  async record(place: RecordPlace, record: CaseRecord): Promise<void> {
    if (recordBytesLeft(record) < 0) throw new Refusal('text_too_long')
    const subject = this.#subject
    await this.#requireReadable(place)
    await withCaseKey(this.#by, this.#stored, async (key) => {
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

  async #requireReadable(place: RecordPlace): Promise<void> {
    const former = this.#stored.records.filter(({ record }) => record === place.record)
    if (former.length === 0) return
    const keys = await openKeysOf(this.#by, [this.#stored])
    requireReadable(await openRecords(keys, this.#subject, former), place)
  }

  /**
   * Adds a person. Takes the next number when a colleague has added a person in the meantime.
   *
   * @throws Refusal `text_too_long` before anything is sent. `record_changed` when no number is
   *   left, or when colleagues were faster each time.
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

/** Entries about passing a case on, or that are also written in another, unread case. */
const NO_ACTS = new Set<Entry['kind']>(['handover', 'handover_read', 'link', 'link_end'])

/** Returns the verbs that a person uses to write in a case. */
export const writeIn = (by: CaseWriter, stored: StoredCase): CaseWriting =>
  new CaseWriting(by, stored)
