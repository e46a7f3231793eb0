// Checks whether this machine can run the measurement. The error lists all missing commands in one
// sentence.
import { execFileSync } from 'node:child_process'
import { Stop } from '#scripts/shared/progress'

const COMMANDS: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  ethtool: 'ethtool',
  nft: 'nftables',
  tcpdump: 'tcpdump',
  openssl: 'openssl',
}

const isThere = (command: string): boolean => {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${command}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Returns a sentence about what is missing for the measurement, or null. */
export function missingFrom(
  platform: NodeJS.Platform,
  user: number | undefined,
  has: (command: string) => boolean,
): string | null {
  if (platform !== 'linux')
    return 'The curtain is measured in network namespaces, which only Linux has.'
  if (user !== 0)
    return (
      'Network namespaces need root: run `sudo npm run curtain`, ' +
      'or a container with CAP_NET_ADMIN and CAP_SYS_ADMIN.'
    )
  const missing = Object.keys(COMMANDS).filter((command) => !has(command))
  if (missing.length === 0) return null
  const packages = missing.map((command) => COMMANDS[command]).join(' ')
  return `Missing here: ${missing.join(', ')}. On Debian: apt-get install ${packages}.`
}

export function refuseWithoutTools(): void {
  const sentence = missingFrom(process.platform, process.getuid?.(), isThere)
  if (sentence !== null) throw new Stop(sentence)
}
