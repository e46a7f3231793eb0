// Stores the secret that a local server uses to send alerts to the staff's browsers. With this
// secret, the "Alerts" screen can be tried on this machine. A deployment has its own secret: see
// docs/operations/alerts.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes, toB64 } from '#protocol/bytes'

/** Returns the secret of a state folder, and creates the secret on first use. */
export function localPushSecret(state: string): string {
  const path = join(state, 'push-secret')
  if (!existsSync(path)) {
    mkdirSync(state, { recursive: true })
    writeFileSync(path, toB64(randomBytes(32)), { mode: 0o600 })
  }
  return readFileSync(path, 'utf8')
}
