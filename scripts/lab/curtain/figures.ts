// Formats figures, one per line, and compares each figure with its bound.
import type { Connection } from '#scripts/lab/curtain/packets'

/**
 * Bounds from section 7 of design.md: payload packets on a cold connection, and the number of
 * connections.
 */
export const PAGE_PACKETS = 22
export const REPORT_PACKETS = 18
export const CONNECTIONS = 3
/** The number of packets after which the box freezes a connection. */
export const FROZEN_AFTER = 25

export interface Figure {
  name: string
  /** several measurements of one step; the worst measurement counts */
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

export function lineOfFigure(figure: Figure): string {
  const worst = worstOf(figure)
  const mark = holds(figure) ? '  ' : '! '
  if (worst === undefined) return `${mark}${figure.name.padEnd(44)}was not measured`
  const { up, down, all } = worst
  return `${mark}${figure.name.padEnd(44)}${columns([up, down, up + down, figure.bound, all])}`
}

/** A step of sending a report or reading a reply. */
export interface CurtainStep {
  name: string
  seconds: number
  connections: Connection[]
  /** `ip:port` of the clients whose connections lost payload */
  frozen: Set<string>
  /** hosts that received the report, in order */
  asked: string[]
  /** the reason for the failure, or null */
  fault: string | null
}

export const stepHolds = ({ fault, connections }: CurtainStep, most = Infinity): boolean =>
  fault === null && connections.length <= most

export function lineOfStep(each: CurtainStep, most?: number): string {
  const { name, seconds, connections, frozen, asked, fault } = each
  const carried = connections.map(
    (one) => `${totalOf(one)}${frozen.has(one.client) ? ' (frozen)' : ''}`,
  )
  const retried = asked.length > 1 ? `; asked ${asked.join(', then ')}` : ''
  const end = fault === null ? 'done' : `failed: ${fault}`
  const mark = stepHolds(each, most) ? '  ' : '! '
  const time = `${seconds.toFixed(1).padStart(5)} s`
  const packets = `${connections.length} connections: ${carried.join(', ')}`
  return `${mark}${name.padEnd(38)}${time}  ${packets}${retried}; ${end}`
}
