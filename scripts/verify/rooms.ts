// Counts the rooms of each part of the product and the arrows between them. Rooms that import each
// other in a cycle form a knot: none of them can be read without the others.
import { filesUnder } from '#scripts/shared/paths'
import floors from './floors.json' with { type: 'json' }
import { importsOf } from './imports.ts'

/** The parts whose rooms have an order. */
const PARTS = ['site/staff', 'site/lifeline', 'worker', 'worker/protocol', 'scripts'] as const

interface Rooms {
  rooms: Set<string>
  /** the rooms that each room imports, with an example of each import */
  arrows: Map<string, Map<string, string>>
}

/** Nested rooms: rooms inside another room of their part. */
const DEEP: readonly string[] = Object.entries(floors).flatMap(([part, all]) =>
  Object.values(all)
    .flat()
    .flatMap((room) => (room.includes('/') ? [`${part}/${room}`] : [])),
)

/** Returns the room of a file; '' for a file outside every room, such as an entry point. */
function roomOf(part: string, file: string): string {
  const deep = DEEP.find((room) => room.startsWith(part) && file.startsWith(`${room}/`))
  if (deep !== undefined) return deep.slice(part.length + 1)
  const [room = '', ...rest] = file.slice(part.length + 1).split('/')
  return rest.length > 0 ? room : ''
}

function roomsOf(folder: string, part: string): Rooms {
  const found: Rooms = { rooms: new Set(), arrows: new Map() }
  const files = filesUnder(folder).filter(
    (path) => path.startsWith(`${part}/`) && /\.tsx?$/.test(path) && !path.endsWith('.d.ts'),
  )
  for (const file of files) {
    const room = roomOf(part, file)
    if (room === '') continue
    found.rooms.add(room)
    const arrows = found.arrows.get(room) ?? new Map<string, string>()
    found.arrows.set(room, arrows)
    for (const to of importsOf(folder, file)) {
      const other = to.startsWith(`${part}/`) ? roomOf(part, to) : ''
      if (other !== '' && other !== room) arrows.set(other, `${file} imports ${to}`)
    }
  }
  return found
}

/** Returns the rooms that a room reaches through any number of arrows. */
function reachedFrom({ arrows }: Rooms, room: string): Set<string> {
  const reached = new Set<string>()
  const next = [room]
  for (const at of next)
    for (const other of arrows.get(at)?.keys() ?? [])
      if (!reached.has(other)) {
        reached.add(other)
        next.push(other)
      }
  return reached
}

/**
 * Returns the rooms that a room reaches and that reach it; without a knot, only the room itself.
 */
function knotOf(found: Rooms, room: string): string[] {
  const reached = [...reachedFrom(found, room)]
  const back = reached.filter((other) => reachedFrom(found, other).has(room))
  return back.length === 0 ? [room] : [...new Set([room, ...back])].sort()
}

/** Returns one line for each part: its rooms, the arrows between them and the largest knot. */
export function roomFigures(folder: string): string[] {
  return PARTS.map((part) => {
    const found = roomsOf(folder, part)
    const arrows = [...found.arrows.values()].reduce((sum, each) => sum + each.size, 0)
    const largest = Math.max(0, ...[...found.rooms].map((room) => knotOf(found, room).length))
    return `${part}: ${found.rooms.size} rooms, ${arrows} arrows, largest knot ${largest}`
  })
}

/** Lists the rooms of each knot, with an import for each arrow in it. */
export function roomFaults(folder: string): string[] {
  return PARTS.flatMap((part) => {
    const found = roomsOf(folder, part)
    return [...found.rooms].flatMap((room) => {
      const knot = knotOf(found, room)
      if (knot.length === 1) return []
      const imports = [...(found.arrows.get(room) ?? [])].flatMap(([other, by]) =>
        knot.includes(other) ? [`  ${by}`] : [],
      )
      return [
        `${part}: ${room} is in a knot with ${knot.filter((each) => each !== room).join(', ')}`,
        ...imports,
      ]
    })
  })
}
