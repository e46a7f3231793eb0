import type { FiguresLeave } from '#protocol/staff/figures'
import { sendAction } from '../api/send-action.ts'
import { sendSigned } from '../api/send-signed.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/**
 * Signs the tables for a year, which then count as having left the organisation.
 *
 * @throws Refusal `figures_left` when a colleague acted first, or signed a newer checkpoint.
 *   Otherwise the code of a network failure or a refusal by the edge.
 */
export async function sendFigures(keys: UnlockedKeys, change: FiguresLeave): Promise<void> {
  const year = String(change.year)
  await sendSigned(keys, { action: 'figures.leave', subject: year, change }, (signed) =>
    sendAction('figures.leave', signed, year),
  )
}
