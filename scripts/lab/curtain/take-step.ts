// Runs one step of a report's journey on a new phone. Measures the step's time, its connections,
// and the connections that the box froze during the step.
import type { Page } from '@playwright/test'
import { frozenIn, listFrozen } from '#scripts/lab/curtain/box'
import type { CurtainBrowsers } from '#scripts/lab/curtain/browsers'
import type { Capture } from '#scripts/lab/curtain/capture'
import type { CurtainStep } from '#scripts/lab/curtain/figures'
import { runInside, type Network } from '#scripts/lab/curtain/network'

export interface Journey {
  people: CurtainBrowsers
  capture: Capture
  network: Network
}

const frozenAt = ({ router }: Network): Set<string> => {
  try {
    return frozenIn(runInside(router, 'nft', ...listFrozen))
  } catch {
    // `nft` fails while the box is not in place.
    return new Set()
  }
}

export async function takeStep(
  { people, capture, network }: Journey,
  name: string,
  script: boolean,
  work: (page: Page) => Promise<unknown>,
): Promise<CurtainStep> {
  const asked: string[] = []
  let fault: string | null = null
  let ms = 0
  const before = frozenAt(network)
  const connections = await people.onNewPhone((page) => {
    page.on('request', (request) => {
      const { hostname, pathname } = new URL(request.url())
      if (request.method() === 'POST' && pathname === '/api/reports') asked.push(hostname)
    })
    return capture.during(async () => {
      const begun = Date.now()
      try {
        await work(page)
      } catch (reason) {
        fault = reason instanceof Error ? (reason.message.split('\n')[0] ?? '') : String(reason)
      }
      ms = Date.now() - begun
    })
  }, script)
  const frozen = new Set([...frozenAt(network)].filter((client) => !before.has(client)))
  return { name, seconds: ms / 1000, connections, frozen, asked, fault }
}
