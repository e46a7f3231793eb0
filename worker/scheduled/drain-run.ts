// A run of the drain. Checks waiting objects, stores each object whose report can be opened, and
// removes the stored objects. The run works on a few objects in parallel. If the work on an object
// throws, the object counts as failed, and the run continues.
import { dayOf } from '#protocol/time'
import type { Deps } from '#worker/deps'
import { findEpochs } from '#worker/store/ledger/epochs'
import { isSettled, type DrainMark } from '#worker/store/overflow/drain-mark'
import { findThreadStates, type ThreadState } from '#worker/store/overflow/insert-reports'
import { dropWaiting, readWaiting } from '#worker/store/overflow/objects'
import { reportOfWaiting } from '#worker/store/overflow/report-of-waiting'
import { isNotedEnded } from '#worker/store/reports/ended-receipts'
import { insertFollowUp } from '#worker/store/reports/follow-ups'
import { endThreads, type EndedReceipt } from '#worker/store/reports/replies'
import { insertGroups } from './insert-groups.ts'
import {
  isOpenable,
  readObject,
  type JudgedObject,
  type ObjectPlace,
  type ReadObject,
} from './judge-object.ts'

/** The platform allows this many connections to be open at once. */
const AT_ONCE = 6

/** Cycles over the partitions of reports; see [Note: cycles] in drain-mark.ts. */
export type Cycles = Pick<DrainMark, 'cycles' | 'first'>

export class DrainRun {
  readonly deps: Deps
  /**
   * true while the database has room for grade 0 reports; a follow-up without a thread counts as
   * such a report
   */
  readonly #takesStrays: boolean
  /** number of follow-ups that may still join a thread */
  #joinsLeft: number
  /** keys of objects that can be deleted from R2 now */
  #done: string[] = []
  readonly #failed = new Set<string>()
  readonly #untried = new Set<string>()
  /** receipts that ended while their reports waited */
  #ended: EndedReceipt[] = []
  #error: Error | null = null

  /** @param databaseBytes  the database size before the run */
  constructor(deps: Deps, databaseBytes: number) {
    this.deps = deps
    this.#takesStrays = databaseBytes < deps.fullAt.unproven
    this.#joinsLeft = deps.runSize.joins
  }

  /** Returns true for an object that the run could not check or store. */
  hasFailed(key: string): boolean {
    return this.#failed.has(key)
  }

  /** Returns true for an object that the run did not reach. */
  isUntried(key: string): boolean {
    return this.#untried.has(key)
  }

  /** @throws the first error of this run */
  throwFirstError(): void {
    if (this.#error !== null) throw this.#error
  }

  /**
   * Reads and checks objects.
   *
   * @param mayDelete  called with an object that no key can open now; returns true to delete it
   */
  async judge(
    places: readonly ObjectPlace[],
    mayDelete: (object: ReadObject) => Promise<boolean>,
  ): Promise<JudgedObject[]> {
    const read = new Map<string, ReadObject>()
    await this.#forEach(places, async (place) => {
      const waiting = await readWaiting(this.deps.bucket, place.key)
      if (waiting) read.set(place.key, readObject(place, waiting))
    })
    const objects = places.flatMap(({ key }) => read.get(key) ?? [])
    const numbers = objects.flatMap(({ envelope }) => envelope?.epoch ?? [])
    const epochs = await findEpochs(this.deps.db, [...new Set(numbers)])
    const judged = new Map<string, JudgedObject>()
    await this.#forEach(objects, async (object) => {
      const { partition, key, waiting, envelope } = object
      if (!envelope || !(await isOpenable(envelope, epochs))) {
        if (await mayDelete(object)) this.#done.push(key)
        return
      }
      const report = await reportOfWaiting(partition, waiting, envelope)
      const { tokenHash, cycle } = waiting
      judged.set(key, { partition, key, report, tokenHash, cycle })
    })
    return places.flatMap(({ key }) => judged.get(key) ?? [])
  }

  /**
   * Stores objects: first reports, then follow-ups, because a thread must be stored before its
   * follow-up.
   */
  async store(objects: readonly JudgedObject[], cycles: Cycles): Promise<void> {
    await this.#storeReports(objects.filter(({ tokenHash }) => tokenHash === null))
    await this.#storeFollowUps(
      objects.filter(({ tokenHash }) => tokenHash !== null),
      cycles,
    )
  }

  /**
   * Ends the threads whose receipts have ended, then deletes the objects that can be deleted. If
   * the database cannot end the threads now, the objects remain, and the next run tries again.
   */
  async remove(): Promise<void> {
    await endThreads(this.deps.db, this.#ended.splice(0))
    await dropWaiting(this.deps.bucket, this.#done.splice(0))
  }

  async #storeReports(objects: readonly JudgedObject[]): Promise<void> {
    const { db, now } = this.deps
    const { stored, failed, untried } = await insertGroups(db, objects, dayOf(now()))
    for (const { object, error } of failed) this.#noteFailure(object, error)
    for (const { key } of untried) this.#untried.add(key)
    await this.#noteStored(stored)
  }

  /** Stores a follow-up in its thread or as a separate report, or leaves it waiting. */
  async #storeFollowUps(objects: readonly JudgedObject[], cycles: Cycles): Promise<void> {
    const states = await this.#statesOf(objects)
    const strays: JudgedObject[] = []
    for (const [at, object] of objects.entries()) {
      const state = states[at]
      if (state === 'stored') await this.#noteStored([object])
      else if (state !== 'open') {
        const isAlone = state === 'full' || isSettled(cycles, object.cycle)
        if (isAlone && this.#takesStrays) strays.push(object)
      } else if (this.#joinsLeft === 0) this.#untried.add(object.key)
      else if (!(await this.#join(object)) && this.#takesStrays) strays.push(object)
    }
    await this.#storeReports(strays)
  }

  #statesOf(objects: readonly JudgedObject[]): Promise<ThreadState[]> {
    const named = objects.flatMap(({ report, tokenHash }) =>
      tokenHash ? { id: report.id, ownerHash: report.ownerHash, tokenHash } : [],
    )
    return findThreadStates(this.deps.db, named)
  }

  /** Joins a follow-up to its thread. @returns false when the thread is full */
  async #join(object: JudgedObject): Promise<boolean> {
    const { report, tokenHash } = object
    if (!tokenHash) return false
    this.#joinsLeft--
    try {
      const { db, now } = this.deps
      if (!(await insertFollowUp(db, report, tokenHash, dayOf(now())))) return false
      await this.#noteStored([object])
    } catch (error) {
      this.#noteFailure(object, error)
    }
    return true
  }

  /**
   * Records stored objects for deletion, and the receipts of objects whose threads have ended in
   * the meantime. To end a thread, endThread first writes a note to R2 and then changes the
   * database. The drain first inserts the report and then reads the note. If the drain looks for
   * the note before the note exists, endThread finds the report in the database. If the drain looks
   * later, the drain finds the note. The receipt therefore stops working either way.
   */
  async #noteStored(objects: readonly JudgedObject[]): Promise<void> {
    await this.#forEach(objects, async ({ key, report }) => {
      const ended = { ownerHash: report.ownerHash, tokenHash: report.writeHash }
      if (await isNotedEnded(this.deps.bucket, ended)) this.#ended.push(ended)
      this.#done.push(key)
    })
  }

  /** Runs `work` on each object, a few at a time. */
  async #forEach<T extends ObjectPlace>(
    objects: readonly T[],
    work: (object: T) => Promise<void>,
  ): Promise<void> {
    const tryWork = (object: T): Promise<void> =>
      work(object).catch((error: unknown) => this.#noteFailure(object, error))
    for (let first = 0; first < objects.length; first += AT_ONCE)
      await Promise.all(objects.slice(first, first + AT_ONCE).map(tryWork))
  }

  #noteFailure({ key }: ObjectPlace, error: unknown): void {
    this.#error ??= error instanceof Error ? error : new Error(String(error))
    this.#failed.add(key)
  }
}
