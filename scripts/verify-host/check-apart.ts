// Checks that the staff host serves only the staff app, and that site hosts never serve the app.
import { languages } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { askHost, type Host } from '#scripts/shared/ask-host'
import { judge, messageOf, type HostFinding } from '#scripts/verify-host/finding'

/** The first and the last language, because a host may treat two folders differently. */
const [first, last = first] = [languages[0], languages.at(-1)]
const OF_STAFF = ['/staff/', '/staff', '/_astro/nothing.js', '/api/staff/me']
const OF_THE_SITE = [
  ...[pathOf(first, ''), pathOf(last, 'tell'), `/${first}/nothing`],
  ...['/robots.txt', '/sitemap.xml', '/exit', '/exit/now'],
  ...['/api/keys', '/api/nothing'],
]

export async function checkApart(host: Host): Promise<HostFinding[]> {
  if (!host.isOfStaff)
    return [judge('the site serves nothing of the staff app', await servedOf(host, OF_STAFF))]
  return [
    judge('the staff host serves nothing of the site', await servedOf(host, OF_THE_SITE)),
    judge('the staff host serves the staff app, and no search engine lists it', await faults(host)),
  ]
}

/** Returns a fault for each address that the host does not answer with status 404. */
async function servedOf(host: Host, paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      try {
        const { status } = await askHost(host, path)
        return status === 404 ? [] : [`${path} answers ${status}`]
      } catch (error) {
        return [`${path}: ${messageOf(error)}`]
      }
    }),
  )
  return found.flat()
}

async function faults(host: Host): Promise<string[]> {
  try {
    const { status, headers } = await askHost(host, '/staff/')
    const isHidden = headers['x-robots-tag'] === 'noindex'
    return [
      ...(status === 200 ? [] : [`/staff/ answers ${status}`]),
      ...(isHidden ? [] : ['/staff/ has no X-Robots-Tag: noindex']),
    ]
  } catch (error) {
    return [`/staff/: ${messageOf(error)}`]
  }
}
