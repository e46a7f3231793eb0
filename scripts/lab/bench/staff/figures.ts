// Prints the figures of the staff app beside their bounds, and counts the exceeded bounds.
import { availableParallelism, loadavg } from 'node:os'
import { median } from '#scripts/lab/bench/cpu'

export interface StaffFigure {
  what: string
  /** the beginning and the end of the measurement, and its method */
  how: string
  /** one or more measurements; the median counts, and the worst is printed too */
  values: readonly number[]
  /** processor time of the main thread for each value; a busy machine affects this time less */
  cpuMs?: readonly number[]
  unit: 'ms' | 's' | 'MB' | 'nodes' | 'bytes'
  /** null for a figure that is only reported */
  bound: number | null
}

const WIDTH = 46

export class StaffFigures {
  readonly #broken: string[] = []

  /** Prints a figure. A figure without a value counts as exceeded. */
  print({ what, how, values, cpuMs, unit, bound }: StaffFigure): void {
    const middle = median([...values])
    const show = (value: number): string => `${digitsOf(value)} ${unit}`
    const worst = values.length > 1 ? `worst ${show(Math.max(...values))}` : ''
    const isBroken = bound !== null && !(middle <= bound)
    const line = [
      `${isBroken ? '! ' : '  '}${what}`.padEnd(WIDTH),
      show(middle).padStart(12),
      worst.padStart(18),
      bound === null ? '' : `   bound ${show(bound)}`,
    ]
    const cpu = cpuMs ? `\n      processor time of the main thread: ${rangeOf(cpuMs)}` : ''
    console.log(`${line.join('')}\n      ${how}${cpu}`)
    if (isBroken) this.#broken.push(what)
  }

  /** Counts a bound that another measurement has already printed, if it is exceeded. */
  note(what: string, holds: boolean): void {
    if (!holds) this.#broken.push(what)
  }

  /** Prints the exceeded bounds, and warns when the machine is busy. @returns the exit code */
  end(): number {
    const [load = 0] = loadavg()
    const cores = availableParallelism()
    if (load > cores)
      console.log(
        `\nThe machine is busy: load ${load.toFixed(1)} on ${cores} processors. ` +
          'Times are longer than on a quiet one; the processor time says more.',
      )
    console.log(
      this.#broken.length === 0 ? '\nAll bounds hold.' : `\nBroken: ${this.#broken.join('; ')}.`,
    )
    return this.#broken.length === 0 ? 0 : 1
  }
}

const rangeOf = (ms: readonly number[]): string =>
  `${digitsOf(median([...ms]))} ms, worst ${digitsOf(Math.max(...ms))} ms`

/** Writes numbers with a thousands separator, and small ones with one decimal. */
const digitsOf = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
