// Keeps a single draft for the current words. A draft is sealed only once, so a retry sends the
// same bytes.
import type { SealedReport } from './seal-report.ts'

/**
 * Returns a function that returns the sealed draft of the current words. The function reseals when
 * the words have changed, when sealing has failed, or when `anew` is true.
 *
 * @param now  returns the current words as one text, for comparison
 */
export function memoizeSealed<S extends SealedReport>(
  now: () => string,
  seal: (anew?: boolean) => Promise<S>,
): (anew?: boolean) => Promise<S> {
  let writing: string | null = null
  let sealed: Promise<S>
  return (anew) => {
    if (anew || writing !== now()) {
      writing = now()
      sealed = seal(anew)
      sealed.catch(() => {
        writing = null
      })
    }
    return sealed
  }
}
