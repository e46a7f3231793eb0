// Makes the site manifest: the hash of every file of a build and the headers of every address. The
// file has the format of a WEBCAT manifest (webcat-spec, manifest.md, read in November 2026).
// WEBCAT is still in alpha, so the format is not final. The `timestamp` field, a Sigsum tree head,
// is absent, because the site is not enrolled. The fields `headers` and `types` are not part of
// WEBCAT.
import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { addressOf } from '#site/integrations/page-headers.ts'
import { contentTypesOf, endingOf } from '#scripts/manifest/content-types'
import { signedHeaders, type SignedHeaders } from '#scripts/shared/header-faults'
import { headersAt, pathThatSets, rulesOf, type HeaderRules } from '#scripts/shared/header-rules'

export const SiteManifest = z.object({
  /** the address of the published site */
  app: z.string(),
  /** increases with each signature; a version is never used twice */
  version: z.string(),
  default_csp: z.string(),
  /** policies, keyed by address prefix; the longest matching prefix applies */
  extra_csp: z.record(z.string(), z.string()),
  /** the file name that WEBCAT's browser extension adds to an address that ends with a slash */
  default_index: z.string(),
  default_fallback: z.string(),
  /** SHA-256 in base64url, keyed by path, with a leading slash */
  files: z.record(z.string(), z.string()),
  /** SHA-256 of each WebAssembly module, in base64url */
  wasm: z.array(z.string()),
  /** the text of `_headers`, which defines the headers that Cloudflare sends for each address */
  headers: z.string(),
  /** Content-Type, keyed by file extension, where `headers` does not set a type */
  types: z.record(z.string(), z.string()),
})
export type SiteManifest = z.infer<typeof SiteManifest>

/** The files in a build, keyed by path, except `_headers`, which no host serves. */
export type BuildFiles = ReadonlyMap<string, Buffer>

const POLICY = 'Content-Security-Policy'
const TYPE = 'Content-Type'
const FALLBACK = '404.html'
/** The base64 text of a WebAssembly module in a script: "\0asm", then version 1. */
const WASM_IN_SCRIPT = /AGFzbQEA[A-Za-z0-9+/]+={0,2}/g

export const hashOfFile = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64url')

/** Lists the hashes of the WebAssembly modules in the scripts of a build. */
export function wasmHashes(files: BuildFiles): string[] {
  const scripts = [...files].filter(([file]) => file.endsWith('.js'))
  const modules = scripts.flatMap(([, bytes]) => bytes.toString().match(WASM_IN_SCRIPT) ?? [])
  const hashes = modules.map((base64) => hashOfFile(Buffer.from(base64, 'base64')))
  return [...new Set(hashes)].sort()
}

/** Returns a version in the format that WEBCAT compares: `2026.1126.1452`, in UTC. */
export function versionAt(nowMs: number): string {
  const now = new Date(nowMs)
  const day = (now.getUTCMonth() + 1) * 100 + now.getUTCDate()
  return `${now.getUTCFullYear()}.${day}.${now.getUTCHours() * 100 + now.getUTCMinutes()}`
}

/**
 * Returns the site manifest of a build.
 *
 * @param headers  the `_headers` of the build
 * @param app      the site's address
 * @throws Error for a file without a policy or a type, and for policies that WEBCAT cannot express
 */
export function siteManifestOf(
  files: BuildFiles,
  headers: string,
  { app, nowMs }: { app: string; nowMs: number },
): SiteManifest {
  const rules = rulesOf(headers)
  const policies = new Map<string, string>()
  const wanted = new Map<string, string>()
  for (const file of files.keys()) {
    const address = addressOf(file)
    const policy = headersAt(rules, address).get(POLICY)
    if (policy === undefined) throw new Error(`${address} has no policy in _headers.`)
    wanted.set(address, policy)
    // Files that are not pages share the policy of their folder.
    const path = file.endsWith('.html') ? address : pathThatSets(rules, address, POLICY)
    policies.set(path?.endsWith('/*') ? path.slice(0, -1) : address, policy)
  }
  const default_csp = policies.get('/')
  if (default_csp === undefined) throw new Error('The build has no page at /.')
  // A prefix of `/` would match every address, as default_csp does.
  policies.delete('/')
  const manifest: SiteManifest = {
    app,
    version: versionAt(nowMs),
    default_csp,
    extra_csp: Object.fromEntries(policies),
    default_index: 'index.html',
    default_fallback: `/${FALLBACK}`,
    files: Object.fromEntries([...files].map(([file, bytes]) => [`/${file}`, hashOfFile(bytes)])),
    wasm: wasmHashes(files),
    headers,
    types: contentTypesOf(files.keys(), (file) => headersAt(rules, addressOf(file)).has(TYPE)),
  }
  for (const [address, policy] of wanted)
    if (policyAt(manifest, address) !== policy)
      throw new Error(`The site manifest names another policy for ${address} than _headers.`)
  return manifest
}

/**
 * Returns the headers that a host must send with a file.
 *
 * @param rules  the rules in the `headers` field
 * @param file  its path, with a leading slash
 */
export function headersOfFile(
  { types }: SiteManifest,
  rules: HeaderRules,
  file: string,
): SignedHeaders {
  const type = types[endingOf(file)]
  const byEnding: [string, string][] = type === undefined ? [] : [[TYPE, type]]
  return signedHeaders([...byEnding, ...headersAt(rules, addressOf(file.slice(1)))])
}

/** Returns the policy of an address: the policy with the longest matching prefix. */
export function policyAt({ extra_csp, default_csp }: SiteManifest, address: string): string {
  const beginnings = Object.keys(extra_csp).filter((beginning) => address.startsWith(beginning))
  const [longest = ''] = beginnings.sort((a, b) => b.length - a.length)
  return extra_csp[longest] ?? default_csp
}
