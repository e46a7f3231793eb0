// Keeps one draft for the present words. A draft is sealed once, so a retry sends the same bytes.
import type { SealedReport } from './seal-report.ts'

export interface Draft {
  /** the words that were sealed; '' after sealing failed, so that the draft is not reused */
  writing: string
  sealed: Promise<SealedReport>
  /** settles when the work beside sealing ends, or the draft is dropped; never rejects */
  work: Promise<unknown>
  dropped: boolean
}

/**
 * Returns a function that gives the draft of the present words.
 * The function makes a new draft when the words have changed or `anew` is true.
 *
 * @param now   returns the present words as one text to compare
 * @param work  runs with each new draft while the person still thinks
 */
export function memoizeSealed<D extends Draft>(
  now: () => string,
  seal: () => Promise<SealedReport>,
  work: (draft: D) => Promise<unknown>,
): (anew?: boolean) => D {
  let draft: D | null = null
  return (anew) => {
    if (draft && !anew && draft.writing === now()) return draft
    if (draft) draft.dropped = true
    const next = { writing: now(), sealed: seal(), dropped: false } as D
    next.work = work(next).catch(() => {
      next.writing = ''
    })
    return (draft = next)
  }
}
