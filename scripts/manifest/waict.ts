// Makes the integrity manifest of WAICT: draft-waict-integrity-v2 of 15 April 2026, not final.
// Later texts of the draft call the field `hashes` `url_hashes`.
// The last line, a proof of transparency, is empty: the draft leaves its format open. A site with
// `max-age=0` may send an empty one.
import { addressOf } from '#site/integrations/page-headers.ts'
import { hashOfFile, wasmHashes, type BuildFiles } from '#scripts/manifest/webcat'

/** The number of characters of its own hash in the address of a manifest, which never changes. */
const NAME_LENGTH = 22

export interface IntegrityManifest {
  /** its file, beside the others of the build */
  file: string
  body: Buffer
}

/** Returns the integrity manifest of a build, and the file under which the site serves it. */
export function integrityManifestOf(files: BuildFiles): IntegrityManifest {
  const hashes = [...files].map(([file, bytes]) => [addressOf(file), hashOfFile(bytes)] as const)
  const fallbacks = hashes.filter(([address]) => /(^|\/)404\/?$/.test(address))
  const manifest = {
    hashes: Object.fromEntries(hashes),
    wasm_hashes: wasmHashes(files),
    fallback_hashes: [...new Set(fallbacks.map(([, hash]) => hash))].sort(),
  }
  const body = Buffer.from(`${JSON.stringify(manifest)}\n\n`)
  return { file: `.well-known/waict/${hashOfFile(body).slice(0, NAME_LENGTH)}`, body }
}
