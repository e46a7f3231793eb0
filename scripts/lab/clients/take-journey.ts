// Runs the journey of a report in one browser, and returns the outcome of each step.
import type { ClientKind } from '#scripts/lab/clients/client'
import { isAlone, journeyOf, JOURNEY_STEPS, type JourneyPlace } from '#scripts/lab/clients/journey'
import type { ClientRow, StepOutcome } from '#scripts/lab/clients/table'

const messageOf = (reason: unknown): string =>
  (reason instanceof Error ? reason.message : String(reason)).split('\n')[0] ?? ''

/** Runs all steps in one client. After a failure, the client tries only the independent steps. */
export async function takeJourney(
  { name, start }: ClientKind,
  place: JourneyPlace,
): Promise<ClientRow> {
  const row = (outcomes: StepOutcome[], why: string): ClientRow => ({ client: name, outcomes, why })
  const client = await start().catch((reason: unknown) => ({ reason }))
  if (typeof client === 'string')
    return row(
      JOURNEY_STEPS.map(() => 'not here'),
      `not here: ${client}`,
    )
  if ('reason' in client)
    return row(
      JOURNEY_STEPS.map(() => 'not reached'),
      `it did not start: ${messageOf(client.reason)}`,
    )
  const faults: string[] = []
  const outcomes: StepOutcome[] = []
  try {
    for (const [step, go] of journeyOf(client, name, place)) {
      if (faults.length > 0 && !isAlone(step)) {
        outcomes.push('not reached')
        continue
      }
      const fault = await go().then(() => '', messageOf)
      if (fault !== '') faults.push(`${step}: ${fault}`)
      outcomes.push(fault === '' ? 'ok' : 'failed')
    }
  } finally {
    await client.close().catch(() => null)
  }
  return row(outcomes, faults.join('; '))
}
