// Checks in DNS which authorities may sign a certificate for the host.
import { resolveCaa } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Host } from '#scripts/shared/ask-host'
import { judge, messageOf, type HostFinding } from '#scripts/verify-host/finding'

export type FindCaa = (name: string) => Promise<Record<string, unknown>[]>

const NOTHING = ['ENODATA', 'ENOTFOUND']

/**
 * Lists the names from the host up to the top-level domain. The first name with a CAA record
 * determines which authorities may sign (RFC 8659).
 */
const namesAbove = (name: string): string[] =>
  name.split('.').map((_part, at, parts) => parts.slice(at).join('.'))

export async function checkNames(
  { origin }: Host,
  findCaa: FindCaa = (name) => resolveCaa(name) as unknown as Promise<Record<string, unknown>[]>,
): Promise<HostFinding[]> {
  const rule = 'CAA names the authorities that may sign'
  const { hostname } = new URL(origin)
  try {
    if (isIP(hostname)) return [judge(rule, [`${hostname} is no name`])]
    for (const name of namesAbove(hostname)) {
      const records = await findCaa(name).catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : ''
        if (NOTHING.includes(code)) return []
        throw error
      })
      if (records.length > 0)
        return [judge(rule, records.some((each) => 'issue' in each) ? [] : [`${name} names none`])]
    }
    return [judge(rule, ['no record: any authority may'])]
  } catch (error) {
    return [judge(rule, [messageOf(error)])]
  }
}
