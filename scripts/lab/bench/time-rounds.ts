// Times work in rounds, and compares the median with a bound.
import { median } from '#scripts/lab/bench/cpu'
import { step } from '#scripts/shared/progress'

const ROUNDS = 5

/** Prints the median time. @returns 1 when the median is over its bound, else 0 */
export async function timeRounds(
  what: string,
  boundMs: number,
  work: () => Promise<void>,
): Promise<number> {
  const times: number[] = []
  await step(what, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now()
      await work()
      times.push(performance.now() - began)
    }
  })
  const ms = median(times)
  const mark = ms <= boundMs ? '  ' : '! '
  console.log(`${mark}${what}, in Node: ${ms.toFixed(0)} ms   bound ${boundMs} ms`)
  return ms <= boundMs ? 0 : 1
}
