// `npm run verify-host -- https://host [dist] --staff https://staff.host`: examines live hosts from
// outside after a deployment. The command prints one line per rule and exits with code 1 when a
// host breaks a rule. Given the build's folder, the command also compares the headers of every
// page. `npm run watch` compares the pages themselves.
import { parseArgs } from 'node:util'
import { runTask, Stop } from '#scripts/shared/progress'
import { originOf, type Host } from '#scripts/shared/ask-host'
import { checkApart } from '#scripts/verify-host/check-apart'
import { checkHeaders } from '#scripts/verify-host/check-headers'
import { checkNames, type FindCaa } from '#scripts/verify-host/check-names'
import { checkPages } from '#scripts/verify-host/check-pages'
import { checkPlainHttp } from '#scripts/verify-host/check-plain-http'
import { checkTls } from '#scripts/verify-host/check-tls'
import { byHand, lineOfFinding, type HostFinding } from '#scripts/verify-host/finding'
import { listByHand } from '#scripts/verify-host/list-by-hand'

const HTTP_PORT = 80

/**
 * Checks every rule on one host.
 *
 * @param findCaa  looks up the CAA records of the host; uses the system's resolver by default
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
    ...(host.isOfStaff ? [] : await checkPages(host)),
    ...(await checkApart(host)),
    ...(await checkNames(host, findCaa)),
    ...(host.isOfStaff ? [] : listByHand(host)),
  ]
}

const USAGE =
  'Say which host: npm run verify-host -- https://your.host --staff https://staff.your.host, ' +
  'and after your host the folder of its build if it is here.'

/** Reads the arguments. @throws Stop for a host that is not `https://host` */
export function hostsOf(args: string[]): Host[] {
  const { values, positionals } = parsed(args)
  const [address, dist] = positionals
  const addresses = [address, ...(values.staff === undefined ? [] : [values.staff])]
  return addresses.map((each, at) => {
    const origin = originOf(each)
    if (origin === null || positionals.length > 2) throw new Stop(USAGE)
    const isOfStaff = at > 0
    return { origin, isOfStaff, httpPort: HTTP_PORT, ...(dist !== undefined && { dist }) }
  })
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { staff: { type: 'string' } } })
  } catch {
    throw new Stop(USAGE)
  }
}

if (import.meta.main) {
  runTask(async () => {
    const hosts = hostsOf(process.argv.slice(2))
    const findings: HostFinding[] = []
    for (const host of hosts) {
      const found = await verifyHost(host, Date.now())
      console.log(`${host.origin}\n${found.map(lineOfFinding).join('\n')}\n`)
      findings.push(...found)
    }
    if (hosts.length === 1)
      console.log(lineOfFinding(byHand('the staff host', 'give it too: --staff https://its.host')))
    const failed = findings.filter(({ state }) => state === 'FAILED').length
    console.log(failed === 0 ? '\nNothing failed.' : `\n${failed} failed.`)
    return failed === 0 ? 0 : 1
  })
}
