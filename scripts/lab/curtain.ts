// `npm run curtain`: counts the payload packets that the lifeline pages and a report need on a real
// wire. Each count has a bound. The command also sends a report through a box that freezes every
// connection.
import { join } from 'node:path'
import { startCapture } from '#scripts/lab/curtain/capture'
import { figuresOf } from '#scripts/lab/curtain/cold'
import { openBrowsers } from '#scripts/lab/curtain/browsers'
import {
  CONNECTIONS,
  FROZEN_AFTER,
  heading,
  holds,
  lineOfFigure,
  lineOfStep,
  stepHolds,
  type CurtainStep,
} from '#scripts/lab/curtain/figures'
import { behindTheBox, onTheOpenWire } from '#scripts/lab/curtain/journey'
import { refuseWithoutTools } from '#scripts/lab/curtain/needs'
import { MTU, openNetwork } from '#scripts/lab/curtain/network'
import { openSite } from '#scripts/lab/curtain/site'
import { curtainDir } from '#scripts/shared/paths'
import { findBrowser } from '#scripts/test/browser'
import { runTask, step } from '#scripts/shared/progress'

const LONGEST_MS = 360_000

/** Ends this process, and the namespaces with it, after a signal or a timeout. */
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
  const browser = await findBrowser()
  const network = openNetwork()
  const site = await openSite(network)
  const people = await step('Opening the browsers', () => openBrowsers(browser, network, site))
  const capture = await startCapture(network.phone, join(curtainDir, 'wire.pcap'))
  console.log(
    `\nTLS 1.3, HTTP/2, MTU ${MTU}, a chain of ${site.chain.bytes} bytes. ` +
      'Packets with payload at the phone, of cold connections, the worst of each.\n',
  )
  console.log(heading())
  let broken = 0
  for await (const figure of figuresOf({ people, capture })) {
    if (!holds(figure)) broken += 1
    console.log(lineOfFigure(figure))
  }
  const goAll = async (steps: AsyncGenerator<CurtainStep>, most?: number): Promise<void> => {
    for await (const each of steps) {
      if (!stepHolds(each, most)) broken += 1
      console.log(lineOfStep(each, most))
    }
  }
  const journey = { people, capture, network }
  console.log(
    `\nThe way of a report, with the packets of each connection; at most ${CONNECTIONS} a visit.\n`,
  )
  await goAll(onTheOpenWire(journey), CONNECTIONS)
  console.log(
    `\nThe same where each connection freezes for ever after ${FROZEN_AFTER} packets ` +
      'with payload, both ways (acknowledgements not counted).\n',
  )
  await goAll(behindTheBox(journey))

  console.log(broken === 0 ? '\nAll bounds hold.' : `\n${broken} bounds are broken.`)
  await people.close()
  capture.stop()
  await site.stop()
  return broken === 0 ? 0 : 1
})
