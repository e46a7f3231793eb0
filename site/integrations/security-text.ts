// Writes `/.well-known/security.txt` (RFC 9116), which gives the contact for reporting a
// vulnerability. A build without an address in deployment.json writes no file, because the build
// must not invent an address.
import type { AstroIntegration } from 'astro'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { languages } from '#content/languages.ts'
import { apiHosts } from './hosts.ts'

export const SECURITY_FILE = '.well-known/security.txt'

export interface SecurityContact {
  /** a `mailto:` or `https:` address */
  contact: string
  /** the last day on which the address is valid, as YYYY-MM-DD */
  lastDay: string
}

/** Reads the contact that was passed to the build; null when there is no contact. */
export function securityContact(env = process.env): SecurityContact | null {
  const { OASIS_SECURITY_CONTACT: contact, OASIS_SECURITY_LAST_DAY: lastDay } = env
  return contact && lastDay ? { contact, lastDay } : null
}

/** @param origins  the addresses where the file is served */
export const securityText = (
  { contact, lastDay }: SecurityContact,
  origins: readonly string[],
): string =>
  [
    `Contact: ${contact}`,
    `Expires: ${lastDay}T23:59:59Z`,
    `Preferred-Languages: ${languages.join(', ')}`,
    ...origins.map((origin) => `Canonical: ${origin}/${SECURITY_FILE}`),
    '',
  ].join('\n')

export function securityTextFile(): AstroIntegration {
  return {
    name: 'security-text',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const contact = securityContact()
        if (contact === null) return
        const path = join(fileURLToPath(dir), SECURITY_FILE)
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, securityText(contact, apiHosts()))
      },
    },
  }
}
