// Builds this device's search index from the pieces and from the cases that have changed since they
// were written. Writes the changed pieces back. Words are held only in memory, until `stop` is
// called.
import { Refusal } from '#protocol/errors'
import { type Extent } from '#protocol/staff/list/pieces'
import { SEALED_AT_ONCE } from '#protocol/staff/list/sealed-cases'
import { dayOfLoad } from '../api/changed-lines.ts'
import { type CaseReader } from '../case/read/key-hashes.ts'
import { type CaseIndex, type Suggestion } from './case-index.ts'
import { ReadReports } from './compose-cases.ts'
import { fetchChangedExtents, fetchExtents } from './fetch-extents.ts'
import { findCases, placeTest } from './find-cases.ts'
import { nameTest } from './find-name.ts'
import { readPieces, type IndexSource, type PieceWriter } from './hold-pieces.ts'
import { IndexDisplay, type IndexViews } from './index-display.ts'
import { pausesOften } from '../ui/pause-often.ts'
import { PlacedReports } from './place-reports.ts'
import { readInPages } from './read-in-pages.ts'
import { SealedReader } from './read-sealed.ts'
import { suggestCases } from './suggest-cases.ts'

export class IndexBuilder {
  readonly #source: IndexSource
  readonly #sealed: SealedReader
  readonly #display: IndexDisplay
  readonly #read = new ReadReports()
  readonly #placed: PlacedReports
  #isStopped = false
  #isBuilt = false
  #since = ''
  /** runs one task after another, so that two tasks never read the same case at the same time */
  #running: Promise<void> = Promise.resolve()

  constructor(source: IndexSource, views: IndexViews) {
    this.#source = source
    this.#sealed = new SealedReader(source)
    this.#display = new IndexDisplay(views)
    this.#placed = new PlacedReports(source.writer, this.#read.reports)
  }

  /**
   * Builds the index, or reads the changes made since the last update. A failure leaves the rest of
   * the index unchanged.
   */
  update(): Promise<void> {
    return this.#next(async () => {
      const day = dayOfLoad()
      const stale = this.#isBuilt ? await this.#staleSince() : await this.#staleOfAll()
      await this.#readAll(stale)
      this.#isBuilt = true
      this.#since = day
      void this.#fetchLeaves()
    })
  }

  /** Reads cases again after they were changed on this device. */
  refresh(...ids: string[]): Promise<void> {
    return this.#next(() => this.#readAll(ids))
  }

  /** Continues with newer keys and a newer roster. */
  readonly renew = async (by: CaseReader): Promise<void> => {
    this.#display.mark()
    await this.refresh(...this.#sealed.renew(by))
    await this.#fetchLeaves()
  }

  /** Drops all words. Afterwards, nothing is shown or read. */
  stop(): void {
    this.#isStopped = true
    this.#display.stop()
    this.#read.clear()
    this.#placed.clear()
  }

  search(text: string): ReturnType<CaseIndex['search']> {
    return findCases(this.#read.cases.values(), text)
  }

  /** Lists the cases that may be related to a given case. */
  readonly suggest = (id: string): Promise<Suggestion[]> =>
    suggestCases(this.#read.cases, id, this.#read.reportsOf(id))

  #next(work: () => Promise<void>): Promise<void> {
    const run = async (): Promise<void> => {
      if (this.#isStopped) return
      try {
        await work()
      } catch (thrown) {
        // The next update tries again. Words that were already read are kept.
        if (!(thrown instanceof Refusal)) throw thrown
      } finally {
        this.#display.move(null)
        this.#draw(true)
      }
      // Pieces are written after the progress bar has disappeared, because by then this device can
      // already find everything.
      if (this.#isBuilt) await this.#placed.writeWhenDue(() => this.#isStopped)
    }
    return (this.#running = this.#running.then(run))
  }

  async #staleOfAll(): Promise<string[]> {
    const { writer } = this.#source
    if (writer) {
      await this.#readPieces(writer, this.#placed.generation)
      // After a departure, the older pieces are used until a colleague has sealed them again.
      if (this.#read.reports.size === 0) await this.#readPieces(writer, this.#placed.generation - 1)
      this.#draw(true)
    }
    return this.#compareWith(await fetchExtents())
  }

  async #readPieces(writer: PieceWriter, generation: number): Promise<void> {
    if (generation < 1) return
    const pause = pausesOften()
    for await (const piece of readPieces(writer, generation)) {
      for (const read of this.#placed.add(piece, generation)) {
        if (this.#isStopped) return
        this.#read.put(read)
        await pause()
      }
    }
  }

  /** Drops reports that are gone. Returns the ids of cases that have grown. */
  #compareWith(extents: ReadonlyMap<string, Extent>): string[] {
    for (const id of this.#read.reports.keys()) if (!extents.has(id)) this.#drop(id)
    return this.#read.grownIn(extents)
  }

  /** Returns the ids of cases that changed since the last update. */
  async #staleSince(): Promise<string[]> {
    if (!this.#source.isIntake) return this.#compareWith(await fetchExtents())
    const { extents, merged } = await fetchChangedExtents(this.#since)
    const isMain = (id: string): boolean => this.#read.reports.get(id)?.mergedInto === null
    return [...this.#read.grownIn(extents), ...merged.filter(isMain)]
  }

  async #readAll(ids: readonly string[]): Promise<void> {
    const total = ids.length
    const hasBar = total > SEALED_AT_ONCE
    const onDone = (done: number): void => {
      if (hasBar) this.#display.move({ done, total })
      this.#draw(done === 0)
    }
    onDone(0)
    if (hasBar) await this.#fetchLeaves()
    const pause = pausesOften()
    await readInPages(ids, onDone, async (some) =>
      this.#isStopped ? null : this.#readSome(some, pause),
    )
    this.#placed.count(total)
  }

  /** Returns the ids of the cases that did not fit into the page. */
  async #readSome(ids: readonly string[], pause: () => Promise<void>): Promise<string[]> {
    const { cases, left, gone } = await this.#sealed.loadPage(ids)
    for (const sealed of cases) {
      const { read, isProven } = await this.#sealed.read(sealed)
      // Locking drops the words; a case that was being opened must not bring them back.
      if (this.#isStopped) return left
      this.#read.put(read)
      // An unproven case lacks words, and its piece would hide them from colleagues.
      this.#placed[isProven ? 'note' : 'drop'](read.id)
      await pause()
    }
    for (const id of gone) this.#drop(id)
    return left
  }

  /** Fetches the leaves of a newer checkpoint, against which the list compares its lines. */
  async #fetchLeaves(): Promise<void> {
    if (!this.#source.isIntake || !(await this.#sealed.fetchLeaves())) return
    this.#display.mark()
    this.#draw(true)
  }

  #drop(id: string): void {
    this.#sealed.forget(id)
    this.#read.drop(id)
    this.#placed.drop(id)
  }

  #draw(isDue: boolean): void {
    this.#display.draw(() => this.#index(), isDue, this.#read.changes + Number(this.#isBuilt))
  }

  #index(): CaseIndex {
    return {
      cases: new Map(this.#read.cases),
      search: (text) => this.search(text),
      ...{ isNamed: nameTest, isRead: this.#isBuilt },
      inPlace: (text) => placeTest(this.#read.cases, text),
      differs: (item) => this.#sealed.differs(item, this.#read.reports.get(item.id)),
      refresh: (...ids) => void this.refresh(...ids),
      update: () => void this.update(),
    }
  }
}
