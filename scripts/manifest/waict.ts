// Makes the WAICT integrity manifest of draft-waict-integrity-v2 (15 April 2026), which is not
// final. Later versions of the draft rename the `hashes` field to `url_hashes`. The last line, a
// transparency proof, is empty: the draft leaves its format open. A site with `max-age=0` may send
// an empty proof.
import { addressOf } from '#site/integrations/page-headers.ts'
import { hashOfFile, wasmHashes, type BuildFiles } from '#scripts/manifest/webcat'

/**
 * The number of characters of a manifest's hash that appear in the manifest's address. The manifest
 * at an address never changes.
 */
const NAME_LENGTH = 22

export interface IntegrityManifest {
  /** its file, beside the other files of the build */
  file: string
  body: Buffer
}

/**
 * Returns the integrity manifest of a build, and the path of the file in which the site serves this
 * manifest.
 */
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
