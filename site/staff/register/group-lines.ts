// Groups the lines of the register by the next step, the most urgent group first.
import type { RegisterLine } from '../search/list-referrals.ts'
import type { OwedWhat } from '../case/read/owed-for.ts'

/** The groups of lines with a pending step, in the order shown on the screen. */
const OWED_GROUPS = [
  ...(['second', 'answer', 'consent', 'tell_receiver', 'tell_person', 'send'] as const),
] as const satisfies readonly OwedWhat[]

export type RegisterGroup = OwedWhat | 'sent' | 'accepted' | 'over'
const GROUPS: readonly RegisterGroup[] = [...OWED_GROUPS, 'sent', 'accepted', 'over']

function groupOf({ owed, signed }: RegisterLine): RegisterGroup {
  const found = OWED_GROUPS.find((what) => owed.some((each) => each.what === what))
  if (found) return found
  return signed.state === 'sent' || signed.state === 'accepted' ? signed.state : 'over'
}

/** Returns the groups that have lines. The lines keep their order. */
export function groupLines(
  lines: readonly RegisterLine[],
): { group: RegisterGroup; lines: RegisterLine[] }[] {
  const all = lines.map((line) => ({ line, group: groupOf(line) }))
  return GROUPS.flatMap((group) => {
    const some = all.filter((each) => each.group === group).map(({ line }) => line)
    return some.length > 0 ? [{ group, lines: some }] : []
  })
}
