// Checks that the host serves nothing over `http:`. The check requests both pages and responses
// from the worker, because Cloudflare serves most pages without the worker.
import { languages } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { askHost, type Host } from '#scripts/shared/ask-host'
import { judge, messageOf, type HostFinding } from '#scripts/verify-host/finding'

const STAFF_PAGES = ['/', '/staff/']
const STAFF_CALLS = ['/api/staff/sign-in', '/api/staff/invitations/open']
const [first, last = first] = [languages[0], languages.at(-1)]
const PAGES = [
  ...[`${pathOf(first, 'tell')}?from=poster`, pathOf(last, 'help')],
  ...['/', `/${first}/nothing`, '/exit'],
]
const CALLS = [...['/api/reports', '/api/inbox', `/api/form/${first}`, `/api/form/${first}/answer`]]
const LEADS_ON = [301, 308]

export async function checkPlainHttp(host: Host): Promise<HostFinding[]> {
  const [paths, callPaths] = host.isOfStaff ? [STAFF_PAGES, STAFF_CALLS] : [PAGES, CALLS]
  const pages = await Promise.all(paths.map((path) => pageFault(host, path)))
  const calls = await Promise.all(callPaths.map((path) => callFault(host, path)))
  return [
    judge('http leads for good to the same address over https', pages.flat()),
    judge('http takes in no report, number or form', calls.flat()),
  ]
}

async function pageFault(host: Host, path: string): Promise<string[]> {
  try {
    const { status, headers } = await askHost(host, path, { isPlain: true })
    const leads = LEADS_ON.includes(status) && headers.location === `${host.origin}${path}`
    return leads ? [] : [`${path} answers ${status} ${headers.location ?? ''}`.trimEnd()]
  } catch (error) {
    return [`${path}: ${messageOf(error)}`]
  }
}

async function callFault(host: Host, path: string): Promise<string[]> {
  try {
    // Even if the host reads the body, it is too short to count as a report or a receipt.
    const body = path.includes('form') ? 'action=none' : 'x'
    const type = path.includes('form')
      ? 'application/x-www-form-urlencoded'
      : 'application/octet-stream'
    const asked = {
      method: 'POST',
      isPlain: true,
      body,
      headers: { 'content-type': type },
    } as const
    const { status } = await askHost(host, path, asked)
    return status === 403 || LEADS_ON.includes(status) ? [] : [`${path} answers ${status}`]
  } catch (error) {
    return [`${path}: ${messageOf(error)}`]
  }
}
