// A person's page: sends the same bytes until they are taken in, as long as the person presses the button.
import { setTimeout as wait } from 'node:timers/promises'

export type Tally = {
  /** hex ids of the reports that were answered 2xx */
  taken: Set<string>
  requests: number
  /** requests that got no answer */
  broken: number
  /** answers of 5xx */
  refused: number
}

export const newTally = (): Tally => ({ taken: new Set(), requests: 0, broken: 0, refused: 0 })

const TIMEOUT_MS = 8000
/** Of those that were taken in, how many are sent once more: the answer was lost on the way. */
const AGAIN = 0.1

type Report = { envelope: Uint8Array<ArrayBuffer>; headers: Record<string, string> }

async function sendOnce(address: string, report: Report, tally: Tally): Promise<boolean> {
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

/** Sends reports one after another, each until it is taken in. */
export async function runClient(
  address: string,
  reports: Report[],
  roll: () => number,
  tally: Tally,
  onTaken: () => void,
): Promise<void> {
  for (const report of reports) {
    while (!(await sendOnce(address, report, tally))) await wait(20 + roll() * 200)
    tally.taken.add(Buffer.from(report.envelope.slice(8, 24)).toString('hex'))
    onTaken()
    if (roll() < AGAIN) await sendOnce(address, report, tally)
  }
}
