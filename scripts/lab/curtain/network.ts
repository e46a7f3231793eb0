// Makes three network namespaces: the phone, a router with the middlebox, and the site with two
// addresses. The namespaces exist in this machine's kernel, and disappear when the run ends. The
// machine's own network is not touched.
import { execFileSync } from 'node:child_process'
import { Stop } from '#scripts/shared/progress'

const PHONE_ADDRESS = '10.77.1.2'
export const SITE_ADDRESS = '10.77.2.2'
export const SIBLING_ADDRESS = '10.77.2.3'
export const MTU = 1500

const PREFIX = 'oasis-curtain-'
const NAMES = ['phone', 'router', 'site'] as const

export type Network = Record<(typeof NAMES)[number], string>

const ip = (...args: string[]): string =>
  execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Returns the command line that runs `command` inside a namespace. */
export const inside = (namespace: string, command: string, ...args: string[]): string[] => [
  ...['ip', 'netns', 'exec', namespace],
  command,
  ...args,
]

export function runInside(namespace: string, command: string, ...args: string[]): string {
  const [first = '', ...rest] = inside(namespace, command, ...args)
  return execFileSync(first, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function remove(namespace: string): void {
  try {
    for (const line of ip('netns', 'pids', namespace).split('\n'))
      if (line !== '') process.kill(Number(line), 'SIGKILL')
  } catch {
    // The process or the namespace no longer exists.
  }
  try {
    ip('netns', 'del', namespace)
  } catch {
    // The namespace no longer exists.
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Removes the namespaces that a killed run left behind. */
function removeLeftovers(): void {
  for (const line of ip('netns', 'list').split('\n')) {
    const [name = ''] = line.split(' ')
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) remove(name)
  }
}

function link(left: string, right: string, name: string, other: string): void {
  const mtu = ['mtu', String(MTU)]
  ip('-n', left, 'link', 'add', name, ...mtu, 'type', 'veth', 'peer', other, ...mtu, 'netns', right)
  for (const [namespace, device] of [
    [left, name],
    [right, other],
  ] as const) {
    // With offloads, the kernel would forward packets that are larger than any wire carries.
    runInside(namespace, 'ethtool', '-K', device, 'tso', 'off', 'gso', 'off', 'gro', 'off')
    ip('-n', namespace, 'link', 'set', device, 'up')
  }
}

function lay({ phone, router, site }: Network): void {
  for (const namespace of [phone, router, site]) {
    ip('netns', 'add', namespace)
    ip('-n', namespace, 'link', 'set', 'lo', 'up')
  }
  link(phone, router, 'wire', 'phone')
  link(router, site, 'site', 'wire')
  ip('-n', phone, 'address', 'add', `${PHONE_ADDRESS}/24`, 'dev', 'wire')
  ip('-n', router, 'address', 'add', '10.77.1.1/24', 'dev', 'phone')
  ip('-n', router, 'address', 'add', '10.77.2.1/24', 'dev', 'site')
  for (const address of [SITE_ADDRESS, SIBLING_ADDRESS])
    ip('-n', site, 'address', 'add', `${address}/24`, 'dev', 'wire')
  ip('-n', phone, 'route', 'add', 'default', 'via', '10.77.1.1')
  ip('-n', site, 'route', 'add', 'default', 'via', '10.77.2.1')
  runInside(router, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
}

/** Makes the namespaces. The namespaces and all their processes end with this process. */
export function openNetwork(): Network {
  const [phone, router, site] = NAMES.map((name) => `${PREFIX}${process.pid}-${name}`) as [
    string,
    string,
    string,
  ]
  const network = { phone, router, site }
  process.once('exit', () => {
    for (const namespace of Object.values(network)) remove(namespace)
  })
  try {
    removeLeftovers()
    lay(network)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.trim().split('\n').at(-1) : String(cause)
    throw new Stop(`This machine does not allow a network of its own (${message ?? ''}).`)
  }
  return network
}
