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
  bound: number | null
}

export const totalOf = ({ up, down }: Connection): number => up + down

export const worstOf = ({ tries }: Figure): Connection | undefined =>
  [...tries].sort((a, b) => totalOf(b) - totalOf(a))[0]

export const holds = (figure: Figure): boolean => {
  const worst = worstOf(figure)
  return worst !== undefined && (figure.bound === null || totalOf(worst) <= figure.bound)
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
  return `${mark}${figure.name.padEnd(44)}${columns([up, down, up + down, figure.bound ?? '', all])}`
}

/** What a step took: its connections, in the order of their opening. */
export const connectionsLine = (connections: Connection[], frozen: Set<string>): string =>
  connections
    .map((each) => `${totalOf(each)}${frozen.has(each.client) ? ' and frozen' : ''}`)
    .join(', ') || 'none'
