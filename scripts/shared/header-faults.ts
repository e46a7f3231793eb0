// Compares the headers of a response with the signed headers, and reports every header that no list
// contains.
import type { IncomingHttpHeaders } from 'node:http'
import { ADDED_BY_CLOUDFLARE } from '#scripts/shared/added-headers'
import { firstDifference } from '#scripts/shared/first-difference'

/** The signed headers of a response, keyed by lower-case name. */
export type SignedHeaders = ReadonlyMap<string, string>

export const signedHeaders = (headers: Iterable<readonly [string, string]>): SignedHeaders =>
  new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]))

const POLICY = 'content-security-policy'
const SHOWN = 80

/** Returns a shortened value, without the value of a cookie, which is random for each visitor. */
function shown(name: string, value: string): string {
  const text = name === 'set-cookie' ? value.replace(/=[^]*/, '=…') : value
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

const textOf = (value: string | string[] | undefined): string | undefined =>
  value === undefined ? undefined : [value].flat().join(', ')

/** Lists the headers that the site did not sign and that Cloudflare does not add. */
export function unlistedHeaders(
  found: IncomingHttpHeaders,
  isSigned: (name: string) => boolean,
): string[] {
  return Object.entries(found).flatMap(([name, each]) => {
    const value = textOf(each)
    if (value === undefined || isSigned(name)) return []
    if (ADDED_BY_CLOUDFLARE[name]?.value.test(value) === true) return []
    return [`has a header that is on no list, ${name}: ${shown(name, value)}`]
  })
}

/**
 * Returns the end of a sentence for each header that is missing, differs or is not on a list.
 *
 * @param isShort  true when the response confirms a cached copy (304), which repeats few headers
 */
export function headerFaults(
  signed: SignedHeaders,
  found: IncomingHttpHeaders,
  isShort = false,
): string[] {
  const differing = [...signed].flatMap(([name, value]) => {
    const text = textOf(found[name])
    if (text === value || (isShort && text === undefined)) return []
    if (name === POLICY) return [policyFault(text, value)]
    if (text === undefined) return [`lacks the header ${name}: ${shown(name, value)}`]
    return [`has ${name}: ${shown(name, text)} in place of ${shown(name, value)}`]
  })
  return [...differing, ...unlistedHeaders(found, (name) => signed.has(name))]
}

function policyFault(found: string | undefined, signed: string): string {
  if (found === undefined) return 'has no policy'
  const difference = firstDifference(Buffer.from(found), Buffer.from(signed))
  return `has another policy than was published: ${difference}`
}
