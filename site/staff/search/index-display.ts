// Updates the displayed index and the bar while cases are being read, but rarely enough that
// redrawing costs little.
import { type CaseIndex, type ReadingProgress } from './case-index.ts'

/** The minimum time between two updates of the bar, and between two redraws of the list. */
const [BAR_MS, LIST_MS] = [1000, 5000]

/** The parts of the app that show an index. */
export interface IndexViews {
  onChange: (index: CaseIndex) => void
  onProgress: (progress: ReadingProgress) => void
}

export class IndexDisplay {
  readonly #views: IndexViews
  #movedAt = 0
  #drawnAt = 0
  /** number of changes included in the shown index; -1 when it must be shown again */
  #drawn = -1
  #isStopped = false

  constructor(views: IndexViews) {
    this.#views = views
  }

  /** Moves the bar, or hides it. The first move and the end of reading are shown immediately. */
  move(progress: ReadingProgress): void {
    const isOnTheWay = progress !== null && progress.done > 0
    if (this.#isStopped || (isOnTheWay && performance.now() - this.#movedAt < BAR_MS)) return
    this.#movedAt = performance.now()
    this.#views.onProgress(progress)
  }

  /** Records that the index must be shown again, although no case has changed. */
  mark(): void {
    this.#drawn = -1
  }

  /**
   * Shows the index immediately when `isDue` is true, and otherwise at most once every few seconds.
   * Does not redraw an index that is already shown.
   */
  draw(index: () => CaseIndex, isDue: boolean, changes: number): void {
    if (changes === this.#drawn) return
    if (this.#isStopped || (!isDue && performance.now() - this.#drawnAt < LIST_MS)) return
    this.#drawnAt = performance.now()
    this.#drawn = changes
    this.#views.onChange(index())
  }

  /** Shows nothing from now on. */
  stop(): void {
    this.#isStopped = true
  }
}
