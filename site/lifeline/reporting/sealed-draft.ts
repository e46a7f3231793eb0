// Keeps one draft for the present words. A draft is sealed once, so a retry sends the same bytes.
import type { SealedReport } from './seal-report.ts'

/**
 * Returns a function that gives the sealed draft of the present words.
 * The function seals again when the words have changed, sealing failed or `anew` is true.
 *
 * @param now   returns the present words as one text to compare
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
