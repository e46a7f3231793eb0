// `npm run curtain`: payload packets of the lifeline pages and of a report on a real wire, and a report through a box that freezes.
import { join } from 'node:path'
import { startCapture } from '#scripts/curtain/capture'
import { pageFigures, reportFigures } from '#scripts/curtain/cold'
import { openBrowsers } from '#scripts/curtain/browsers'
import { heading, holds, lineOf } from '#scripts/curtain/figures'
import { refuseWithoutTools } from '#scripts/curtain/needs'
import { openNetwork } from '#scripts/curtain/network'
import { openSite } from '#scripts/curtain/site'
import { curtainDir } from '#scripts/paths'
import { runTask, step } from '#scripts/step'

runTask(async () => {
  refuseWithoutTools()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(name, () => process.exit(130))
  const network = openNetwork()
  const site = await openSite(network)
  const people = await step('Opening the browsers', () => openBrowsers(network, site))
  const capture = await startCapture(network.phone, join(curtainDir, 'wire.pcap'))
  const figures = [
    ...(await step('Measuring the pages', () => pageFigures(people, capture))),
    ...(await step('Measuring the report', () => reportFigures(people, capture))),
  ]
  console.log(heading())
  for (const figure of figures) console.log(lineOf(figure))
  const broken = figures.filter((figure) => !holds(figure)).length
  await people.close()
  await site.stop()
  return broken === 0 ? 0 : 1
})
