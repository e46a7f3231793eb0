// Acts as a reporter's page: sends the same bytes until the edge accepts them. A person who presses
// the button again also sends the same bytes.
import { reportIdOf } from '#protocol/report/envelope'
import { setTimeout as wait } from 'node:timers/promises'

export interface ChaosTally {
  /** hex ids of the reports with a 2xx response */
  taken: Set<string>
  requests: number
  /** requests without a response */
  broken: number
  /** 5xx responses */
  refused: number
}

export const newTally = (): ChaosTally => ({ taken: new Set(), requests: 0, broken: 0, refused: 0 })

const TIMEOUT_MS = 8000
/** The share of accepted reports that are sent again, as after a lost response. */
const AGAIN = 0.1

interface Report {
  envelope: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

async function sendOnce(address: string, report: Report, tally: ChaosTally): Promise<boolean> {
  tally.requests++
  let status: number
  try {
    const answer = await fetch(address, {
      method: 'POST',
      body: report.envelope,
      headers: { 'content-type': 'application/octet-stream', ...report.headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    status = answer.status
    await answer.arrayBuffer()
  } catch {
    tally.broken++
    return false
  }
  if (status === 201) return true
  if (status < 500) throw new Error(`A good report was answered ${status}.`)
  tally.refused++
  return false
}

/** Sends reports one after another, each until the edge accepts it. */
export async function runClient(
  address: string,
  reports: Report[],
  roll: () => number,
  tally: ChaosTally,
  onTaken: () => void,
): Promise<void> {
  for (const report of reports) {
    while (!(await sendOnce(address, report, tally))) await wait(20 + roll() * 200)
    tally.taken.add(Buffer.from(await reportIdOf(report.envelope)).toString('hex'))
    onTaken()
    if (roll() < AGAIN) await sendOnce(address, report, tally)
  }
}
