// Figures, one line each, and whether they hold.
import type { Connection } from '#scripts/curtain/packets'

/** Bounds of design.md, section 7, in payload packets of a cold connection, and in connections. */
export const PAGE_PACKETS = 22
export const REPORT_PACKETS = 18
export const CONNECTIONS = 3
/** Where the box freezes a connection. */
export const FROZEN_AFTER = 25

export interface Figure {
  name: string
  /** the same measured several times; the worst counts */
  tries: Connection[]
  bound: number
}

const totalOf = ({ up, down }: Connection): number => up + down

const worstOf = ({ tries }: Figure): Connection | undefined =>
  [...tries].sort((a, b) => totalOf(b) - totalOf(a))[0]

export const holds = (figure: Figure): boolean => {
  const worst = worstOf(figure)
  return worst !== undefined && totalOf(worst) <= figure.bound
}

const columns = (values: (string | number)[]): string =>
  values.map((value) => String(value).padStart(9)).join('')

export const heading = (): string =>
  `  ${'payload packets'.padEnd(44)}${columns(['sent', 'received', 'together', 'bound', 'all'])}`

export function lineOf(figure: Figure): string {
  const worst = worstOf(figure)
  const mark = holds(figure) ? '  ' : '! '
  if (worst === undefined) return `${mark}${figure.name.padEnd(44)}was not measured`
  const { up, down, all } = worst
  return `${mark}${figure.name.padEnd(44)}${columns([up, down, up + down, figure.bound, all])}`
}

/** A step of the way of a report. */
export interface Step {
  name: string
  seconds: number
  connections: Connection[]
  /** clients of the connections that lost payload */
  frozen: Set<string>
  /** hosts that were asked to take the report, in turn */
  asked: string[]
  /** why it did not succeed */
  fault: string | null
}

export const stepHolds = ({ fault, connections }: Step, most = Infinity): boolean =>
  fault === null && connections.length <= most

export function lineOfStep(each: Step, most?: number): string {
  const { name, seconds, connections, frozen, asked, fault } = each
  const carried = connections.map(
    (one) => `${totalOf(one)}${frozen.has(one.client) ? ' (frozen)' : ''}`,
  )
  const retried = asked.length > 1 ? `; asked ${asked.join(', then ')}` : ''
  const end = fault === null ? 'done' : `failed: ${fault}`
  return `${stepHolds(each, most) ? '  ' : '! '}${name.padEnd(38)}${seconds.toFixed(1).padStart(5)} s  ${connections.length} connections: ${carried.join(', ')}${retried}; ${end}`
}
