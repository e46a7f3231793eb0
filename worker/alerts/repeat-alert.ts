// Repeats an alert every few minutes until somebody acknowledges it. After some repeats the clock
// calls the second address too. If an address does not accept a call, the clock tries again after a
// minute. The new try calls each address that accepted no call in this round, also the second one.
import type { Deps } from '#worker/deps'
import { changeAlert, findAlert, type Alert } from '#worker/store/alerts'
import { callWebhooks } from './call-webhook.ts'
import type { Address, AlertSettings } from './settings.ts'

const MINUTE_MS = 60_000
/** A call that began within this time may still be running. */
const UNDER_WAY_MS = 15_000

/** Runs every minute. The run reads R2 once without an alert, and never without an address. */
export async function repeatAlert(deps: Deps): Promise<void> {
  const { bucket, alerts } = deps
  if (alerts.addresses.length === 0) return
  const alert = await findAlert(bucket)
  const step = alert && nextStep(alert, alerts, deps.now())
  if (!step || step.addresses.length === 0) return
  // Stores the step before the call, so that only one of two clocks calls. An alert that somebody
  // acknowledged meanwhile stays acknowledged.
  const claimed = await changeAlert(bucket, alert, step.change)
  if (claimed) await callWebhooks(deps, claimed, step.addresses)
}

interface Step {
  change: Partial<Alert>
  addresses: Address[]
}

function nextStep(alert: Alert, settings: AlertSettings, now: number): Step {
  const { addresses, everyMinutes, repeats } = settings
  if (minuteOf(now) - minuteOf(alert.roundAt) >= everyMinutes) {
    const rounds = alert.rounds + 1
    return {
      change: { rounds, roundAt: now, calledAt: now, reached: [] },
      addresses: calledIn(rounds, addresses, repeats),
    }
  }
  const isMissing = ({ place }: Address): boolean => !alert.reached.includes(place)
  const isOwed = calledIn(alert.rounds, addresses, repeats).some(isMissing)
  const isUnderWay = now - alert.calledAt < UNDER_WAY_MS
  return {
    change: { calledAt: now },
    addresses: isOwed && !isUnderWay ? addresses.filter(isMissing) : [],
  }
}

/** Lists the addresses of a round. The first round is no repeat. */
const calledIn = (rounds: number, addresses: Address[], repeats: number): Address[] =>
  rounds - 1 > repeats ? addresses : addresses.slice(0, 1)

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS)
