// Returns the string key for a kind of report.
import { KIND } from '#protocol/report/envelope'
import { type MessageKey } from '../../i18n/messages.tsx'

/** Returns the key of the label for a kind of report. An unknown kind has its own label. */
export function kindKey(kind: number): MessageKey {
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
