// Collects everything that a reader receives over the network. A request is open until its body has
// arrived.
import { setTimeout as wait } from 'node:timers/promises'
import type { Received } from '#scripts/watch/readers/reader'

const LONGEST_MS = 15_000
const POLL_MS = 20
/** The maximum time that a loaded page may take to start its last requests. */
const QUIET_MS = 150

export interface NetworkLog {
  begin: (id: string) => void
  /** ends a request, with its response if the response arrived over the network */
  end: (id: string, received?: Received) => void
  /** keeps a response that redirects, because its request continues */
  keep: (received: Received) => void
  /** waits until no request is open */
  settle: () => Promise<void>
  take: () => Promise<Received[]>
}

export function makeNetworkLog(): NetworkLog {
  const open = new Map<string, number>()
  let kept: Received[] = []
  let lastMs = 0
  const touch = (): void => {
    lastMs = Date.now()
  }
  const settle = async (): Promise<void> => {
    const until = Date.now() + LONGEST_MS
    while ((open.size > 0 || Date.now() - lastMs < QUIET_MS) && Date.now() < until)
      await wait(POLL_MS)
    open.clear()
  }
  return {
    begin: (id) => {
      touch()
      open.set(id, lastMs)
    },
    end: (id, received) => {
      touch()
      open.delete(id)
      if (received) kept.push(received)
    },
    keep: (received) => {
      kept.push(received)
    },
    settle,
    take: async () => {
      await settle()
      const taken = kept
      kept = []
      return taken
    },
  }
}
