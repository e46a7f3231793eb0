// Pauses between attempts, and limits how long a promise may take. Without such a limit, a promise
// may never settle on a bad connection or in a broken browser.
import { Refusal, type ErrorCode } from '#protocol/errors'

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Pauses, and ends early when the connection is back. */
export const untilOnline = (ms: number): Promise<unknown> =>
  Promise.race([
    pause(ms),
    new Promise((done) => {
      addEventListener('online', done, { once: true })
    }),
  ])

/** Waits for `work`. @throws Refusal `code` when `work` has not settled after `ms` */
export const within = <T>(ms: number, code: ErrorCode, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    pause(ms).then(() => {
      throw new Refusal(code)
    }),
  ])
