// Prepares once what all runs share: the history of the office, the keys of the server, and edges
// of earlier days.
import { openReport } from '#site/staff/crypto/open-report.ts'
import { tell } from '../../support/people.ts'
import { edgeFrom, openedBefore, playHistory } from './history.ts'
import type { Stage } from './run-office.ts'
import { keysOf } from './server-keys.ts'
import { FORGED } from './view-case.ts'

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
