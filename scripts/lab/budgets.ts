// `npm run budgets`: weighs the first view of every built page at brotli quality 4, and a saved
// page uncompressed. A page for a person in danger is also weighed with gzip, because some servers
// send only gzip. The command compares each weight with a bound. The staff app's strings have their
// own line and bound.
import { testDist } from '#scripts/shared/paths'
import { measureSite, type Measured } from '#scripts/lab/budgets/measure'
import { measureStrings } from '#scripts/lab/budgets/measure-strings'
import { prepareTestSite } from '#scripts/test/site'
import { runTask } from '#scripts/shared/progress'

function line({ address, bytes, bound, parts, faults }: Measured): string {
  const mark = faults.length === 0 ? '  ' : '! '
  const columns = [String(bytes).padStart(7), String(bound).padStart(7), String(parts).padStart(6)]
  return `${mark}${address.padEnd(28)}${columns.join('')}`
}

runTask(async () => {
  const given = process.env['OASIS_DIST']
  if (given === undefined) await prepareTestSite()
  const dist = given ?? testDist
  const pages = [...measureSite(dist), ...measureStrings(dist)]
  console.log(`  ${'page'.padEnd(28)}  bytes  bound  files`)
  for (const page of pages) console.log(line(page))
  const nearest = [...pages].sort((a, b) => b.bytes / b.bound - a.bytes / a.bound)[0]
  if (nearest === undefined) {
    console.log('There are no pages.')
    return 1
  }
  const share = Math.round((nearest.bytes / nearest.bound) * 100)
  console.log(
    `\nNearest to its bound: ${nearest.address}, ` +
      `${nearest.bytes} of ${nearest.bound} bytes (${share} %).`,
  )
  const faults = pages.flatMap((page) => page.faults.map((fault) => `${page.address}: ${fault}`))
  for (const fault of faults) console.log(fault)
  console.log(
    faults.length === 0
      ? `All ${pages.length} lines keep their bounds.`
      : `${faults.length} bounds are broken.`,
  )
  return faults.length === 0 ? 0 : 1
})
