// The one draft that belongs to the words as they stand. It is sealed once, so that trying again sends the same bytes.
import type { SealedReport } from './seal.ts'

export interface Draft {
  /** the words that were sealed; '' once sealing has failed, so that it is not kept */
  writing: string
  sealed: Promise<SealedReport>
  /** settles when the work beside sealing is done, or nobody waits for it any more; never rejects */
  work: Promise<unknown>
  dropped: boolean
}

/**
 * @param now   the words as they stand, as one text to compare
 * @param work  what is done with a draft while the person still thinks
 * @returns gives the draft for these words: the kept one, or a new one when they have changed or `anew` is true
 */
export function keepDraft<D extends Draft>(
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
