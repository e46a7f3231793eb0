// A deed and the look at what became of it are two things: when only the look fails, the deed was done and must not seem to have
// failed; when the deed was refused, the look must not hide why.
import { useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { type Attempt } from '../parts/use-attempt.ts'
import { useDeskAttempt } from './desk-context.ts'
import { doThenLook, lookAgain } from './do-then-look.ts'

export interface Deed extends Pick<Attempt, 'busy' | 'why'> {
  /** the last deed went through */
  done: boolean
  /** what is seen may be old: looking failed */
  stale: boolean
  run: (deed: () => Promise<void>) => void
  look: () => void
}

/** @param tooLate  the refusal that means "a colleague was faster" */
export function useDeed(reload: () => Promise<void>, tooLate: ErrorCode): Deed {
  const { busy, why, run } = useDeskAttempt()
  const [done, setDone] = useState(false)
  const [stale, setStale] = useState(false)
  const look = async (): Promise<void> => {
    await reload()
    setStale(false)
  }
  const seeing = { look, onStale: () => setStale(true) }
  return {
    busy,
    why,
    done,
    stale,
    run: (deed) =>
      run(() => {
        setDone(false)
        return doThenLook({ deed, tooLate, onDone: () => setDone(true), ...seeing })
      }),
    look: () => run(() => lookAgain(seeing)),
  }
}
