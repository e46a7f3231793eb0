// `npm run verify-host https://host [dist]`: examines a live host from outside after a deployment.
// The command prints one line for each rule and ends with code 1 when the host breaks a rule.
// With the folder of the build the command also compares the headers of every page. `npm run watch`
// compares the pages themselves.
import { runTask, Stop } from '#scripts/shared/progress'
import { originOf, type Host } from '#scripts/shared/ask-host'
import { checkHeaders } from '#scripts/verify-host/check-headers'
import { checkNames, type FindCaa } from '#scripts/verify-host/check-names'
import { checkPages } from '#scripts/verify-host/check-pages'
import { checkPlainHttp } from '#scripts/verify-host/check-plain-http'
import { checkTls } from '#scripts/verify-host/check-tls'
import { lineOfFinding, type HostFinding } from '#scripts/verify-host/finding'
import { listByHand } from '#scripts/verify-host/list-by-hand'

const HTTP_PORT = 80

/**
 * Checks every rule on one host.
 *
 * @param findCaa  looks up the CAA records of the host; by default the system does
 */
export async function verifyHost(
  host: Host,
  now: number,
  findCaa?: FindCaa,
): Promise<HostFinding[]> {
  return [
    ...(await checkPlainHttp(host)),
    ...(await checkTls(host, now)),
    ...(await checkHeaders(host)),
    ...(await checkPages(host)),
    ...(await checkNames(host, findCaa)),
    ...listByHand(host),
  ]
}

/** Reads the arguments. @throws Stop for anything but `https://host` */
export function hostOf(address: string | undefined, dist: string | undefined): Host {
  const origin = originOf(address)
  if (origin === null)
    throw new Stop(
      'Say which host: npm run verify-host https://your.host, ' +
        'and the folder of its build if it is here.',
    )
  return { origin, httpPort: HTTP_PORT, ...(dist !== undefined && { dist }) }
}

if (import.meta.main) {
  runTask(async () => {
    const [address, dist] = process.argv.slice(2)
    const findings = await verifyHost(hostOf(address, dist), Date.now())
    for (const finding of findings) console.log(lineOfFinding(finding))
    const failed = findings.filter(({ state }) => state === 'FAILED').length
    console.log(failed === 0 ? '\nNothing failed.' : `\n${failed} failed.`)
    return failed === 0 ? 0 : 1
  })
}
