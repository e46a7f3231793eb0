// Runs tcpdump at the phone's end of the wire. The time of a connection's first packet determines
// the step to which the connection belongs.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { inside, MTU } from '#scripts/lab/curtain/network'
import { connectionsOf, readCapture, type Connection } from '#scripts/lab/curtain/packets'
import { Stop } from '#scripts/shared/progress'

/** Length of the Ethernet, IP and TCP headers with all options, but without payload. */
const KEPT_BYTES = 134
const START_MS = 10_000
const SETTLE_MS = 250

export interface Capture {
  /** Runs `work` and returns the connections opened during it, with all packets captured. */
  during: (work: () => Promise<unknown>) => Promise<Connection[]>
  stop: () => void
}

export async function startCapture(namespace: string, file: string): Promise<Capture> {
  const [command = '', ...args] = inside(
    namespace,
    'tcpdump',
    ...['-i', 'wire', '-w', file, '-s', String(KEPT_BYTES), '-U', '--immediate-mode', '-Z', 'root'],
    'tcp port 443',
  )
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  const until = Date.now() + START_MS
  while (!output.includes('listening on') || !existsSync(file)) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Stop(`tcpdump did not start: ${output.trim()}`)
    await wait(20)
  }
  const since = (time: number): Connection[] => {
    const packets = readCapture(readFileSync(file))
    const large = packets.find(({ length }) => length > MTU)
    if (large) throw new Error(`a packet of ${large.length} bytes: the wire is not a real one`)
    return connectionsOf(packets).filter(({ openedAt }) => openedAt >= time)
  }
  return {
    stop: () => child.kill(),
    during: async (work) => {
      const time = Date.now()
      await work()
      await wait(SETTLE_MS)
      return since(time)
    },
  }
}
