// Shows the index and the bar while cases are read, but seldom enough that drawing costs little.
import { type CaseIndex, type ReadingProgress } from './case-index.ts'

/** The minimum time between two moves of the bar, and between two redraws of the list. */
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
  #isStopped = false

  constructor(views: IndexViews) {
    this.#views = views
  }

  /** Moves the bar, or hides it. The first move and the end appear at once. */
  move(progress: ReadingProgress): void {
    const isOnTheWay = progress !== null && progress.done > 0
    if (this.#isStopped || (isOnTheWay && performance.now() - this.#movedAt < BAR_MS)) return
    this.#movedAt = performance.now()
    this.#views.onProgress(progress)
  }

  /** Shows an index that is due at once, and any other index at most every few seconds. */
  draw(index: () => CaseIndex, isDue: boolean): void {
    if (this.#isStopped || (!isDue && performance.now() - this.#drawnAt < LIST_MS)) return
    this.#drawnAt = performance.now()
    this.#views.onChange(index())
  }

  /** Shows nothing from now on. */
  stop(): void {
    this.#isStopped = true
  }
}
