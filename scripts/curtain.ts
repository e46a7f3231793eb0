// `npm run curtain`: payload packets of the lifeline pages and of a report on a real wire, and a report through a box that freezes
// every connection, against their bounds (design: budgets).
import { join } from 'node:path'
import { startCapture } from '#scripts/curtain/capture'
import { pageFigures, reportFigures } from '#scripts/curtain/cold'
import { openBrowsers } from '#scripts/curtain/browsers'
import {
  CONNECTIONS,
  FROZEN_AFTER,
  heading,
  holds,
  lineOf,
  lineOfStep,
  stepHolds,
} from '#scripts/curtain/figures'
import { behindTheBox, openWire } from '#scripts/curtain/journey'
import { refuseWithoutTools } from '#scripts/curtain/needs'
import { MTU, openNetwork } from '#scripts/curtain/network'
import { openSite } from '#scripts/curtain/site'
import { curtainDir } from '#scripts/paths'
import { runTask, step } from '#scripts/step'

const LONGEST_MS = 240_000

/** However this process ends, the namespaces and what runs in them end with it. */
function endInTime(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(name, () => process.exit(130))
  setTimeout(() => {
    process.stderr.write(`The measurement took longer than ${LONGEST_MS / 60_000} minutes.\n`)
    process.exit(1)
  }, LONGEST_MS).unref()
}

runTask(async () => {
  refuseWithoutTools()
  endInTime()
  const network = openNetwork()
  const site = await openSite(network)
  const people = await step('Opening the browsers', () => openBrowsers(network, site))
  const capture = await startCapture(network.phone, join(curtainDir, 'wire.pcap'))
  const journey = { people, capture, network }
  const figures = [
    ...(await step('Measuring the pages', () => pageFigures(people, capture))),
    ...(await step('Measuring the report', () => reportFigures(people, capture))),
  ]
  const open = await step('Going the whole way', () => openWire(journey))
  const boxed = await step('Going it behind the box', () => behindTheBox(journey))

  console.log(
    `\nTLS 1.3, HTTP/2, MTU ${MTU}, a chain of ${site.chain.bytes} bytes; packets with payload at the phone, the worst of three cold connections.\n`,
  )
  console.log(heading())
  for (const figure of figures) console.log(lineOf(figure))
  console.log(
    `\nConnections of the way, and the payload packets of each; at most ${CONNECTIONS} a visit.\n`,
  )
  for (const each of open) console.log(lineOfStep(each))
  console.log(
    `\nThe same where every connection freezes after ${FROZEN_AFTER} packets with payload, both ways; acknowledgements are not counted.\n`,
  )
  for (const each of boxed) console.log(lineOfStep(each))

  const broken =
    figures.filter((figure) => !holds(figure)).length +
    open.filter((each) => !stepHolds(each, CONNECTIONS)).length +
    boxed.filter((each) => !stepHolds(each)).length
  console.log(broken === 0 ? '\nAll bounds hold.' : `\n${broken} bounds are broken.`)
  await people.close()
  capture.stop()
  await site.stop()
  return broken === 0 ? 0 : 1
})
