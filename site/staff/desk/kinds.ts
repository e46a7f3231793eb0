import { KIND } from '#protocol/envelope'
import { type WordKey } from '../words.tsx'

/** The words for a kind of report; a kind that this version does not know has its own. */
export function kindKey(kind: number): WordKey {
  switch (kind) {
    case KIND.tip:
      return 'staff.kind.tip'
    case KIND.helpForMe:
      return 'staff.kind.me'
    case KIND.helpForAnother:
      return 'staff.kind.other'
    case KIND.followUp:
      return 'staff.kind.followup'
    default:
      return 'staff.kind.unknown'
  }
}
