// Prepares, only once, the setup that all runs share: the office's history, the server's keys, and
// past edges.
import { openReport } from '#site/staff/crypto/open-report.ts'
import { type MemoryEdge } from '../../departure/support/edge.ts'
import { tell } from '../../support/people.ts'
import type { ServerHand } from './hostile-server.ts'
import { edgeFrom, openedBefore, playHistory } from './history.ts'
import { keysOf } from './server-keys.ts'
import { FORGED } from './view-case.ts'

/** Everything that the runs of a test share. */
export interface Stage extends Omit<ServerHand, 'chance' | 'cases' | 'added'> {
  past: readonly MemoryEdge[]
}

export async function setStage(): Promise<Stage & { opened: string }> {
  const history = await playHistory()
  const filed = await tell(history.published, { text: `${FORGED} letter` })
  const { cek } = await openReport(history.keeper.keys.intake, filed.envelope)
  const past = await Promise.all(history.past.map((image) => edgeFrom(history, image)))
  return {
    ...{ history, past, keys: await keysOf(history), letter: { filed, cek } },
    opened: await openedBefore(history),
  }
}
