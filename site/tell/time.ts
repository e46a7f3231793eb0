// Waiting, with an end to it: on a bad link or in a broken browser a promise may never settle.
import { Refusal, type ErrorCode } from '#protocol/errors'

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** What `work` gives, or Refusal `code` when it has not settled after `ms`. */
export const within = <T>(ms: number, code: ErrorCode, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    pause(ms).then(() => {
      throw new Refusal(code)
    }),
  ])
