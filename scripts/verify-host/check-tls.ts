// Checks which TLS versions the host accepts, and whether a browser would accept its certificate.
import { connect, type ConnectionOptions, type SecureVersion, type TLSSocket } from 'node:tls'
import type { Host } from '#scripts/shared/ask-host'
import { judge, messageOf, type HostFinding } from '#scripts/verify-host/finding'
import { DAY_MS } from '#protocol/limits'

const REFUSED = ['TLSv1', 'TLSv1.1'] as const
/** Phones from 2014 support TLS 1.2 but no newer version. */
const SPOKEN = ['TLSv1.2', 'TLSv1.3'] as const
const LEAST_DAYS = 14
const LONGEST_MS = 15_000

export async function checkTls(host: Host, now: number): Promise<HostFinding[]> {
  const refused = await Promise.all(REFUSED.map((version) => speaks(host, version)))
  const spoken = await Promise.all(SPOKEN.map((version) => speaks(host, version)))
  const speaksNone = !refused.includes(true) && !spoken.includes(true)
  return [
    judge('TLS 1.0 and 1.1 are refused', [
      ...(speaksNone ? ['no version is spoken'] : []),
      ...REFUSED.flatMap((version, at) => (refused[at] === true ? [`${version} is spoken`] : [])),
    ]),
    judge(
      'TLS 1.2 and 1.3 are spoken',
      SPOKEN.flatMap((version, at) => (spoken[at] === true ? [] : [`${version} is refused`])),
    ),
    judge(
      'the certificate is valid, and for two weeks at least',
      await certificateFaults(host, now),
    ),
  ]
}

async function speaks(host: Host, version: SecureVersion): Promise<boolean> {
  try {
    // OpenSSL offers the old versions only at its lowest security level.
    const ciphers = 'DEFAULT:@SECLEVEL=0'
    const options = { minVersion: version, maxVersion: version, ciphers, rejectUnauthorized: false }
    return await withConnection(host, options, () => true)
  } catch {
    return false
  }
}

async function certificateFaults(host: Host, now: number): Promise<string[]> {
  try {
    const days = await withConnection(
      host,
      host.ca === undefined ? {} : { ca: host.ca },
      (socket) => {
        const { valid_to: lastMoment } = socket.getPeerCertificate()
        return Math.floor((Date.parse(lastMoment) - now) / DAY_MS)
      },
    )
    return days < LEAST_DAYS ? [`it ends in ${days} days`] : []
  } catch (error) {
    return [messageOf(error)]
  }
}

function withConnection<T>(
  { origin }: Host,
  options: ConnectionOptions,
  look: (socket: TLSSocket) => T,
): Promise<T> {
  const { hostname, port } = new URL(origin)
  return new Promise((done, fail) => {
    const socket = connect({
      ...options,
      host: hostname,
      port: Number(port || 443),
      servername: hostname,
      timeout: LONGEST_MS,
    })
    socket.once('secureConnect', () => {
      done(look(socket))
      socket.destroy()
    })
    socket.once('timeout', () => socket.destroy(new Error('no answer')))
    socket.once('error', fail)
  })
}
