// Tool: checks today's manifest against the pinned root. A page needs this tool only when its own
// keys have expired or the edge refuses these keys.
import { fromB64 } from '#protocol/bytes'
import { registerTool } from './register.ts'
import { proveManifest } from './prove-manifest.ts'

/**
 * The pinned root's public key, base64url, set by the build. A page checks this script's hash, and
 * with it the key.
 */
declare const ROOT: string

registerTool(proveManifest(fromB64(ROOT)))
