// Finds free ports on this machine.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { Stop } from '#scripts/shared/progress'

const FIRST = 8787
const TRIES = 100

const isFreeOn = (port: number, host: string): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer()
    // On a machine without IPv6, no program can use a port on `::1`.
    server.once('error', (error: NodeJS.ErrnoException) => {
      done(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)))
  })

export async function isFree(port: number): Promise<boolean> {
  return (await isFreeOn(port, '127.0.0.1')) && (await isFreeOn(port, '::1'))
}

// Returns the port in $PORT, or the first free port. If $PORT is in use, stops with one sentence.
export async function choosePort(asked = process.env['PORT']): Promise<number> {
  if (asked !== undefined && asked !== '') {
    const port = Number(asked)
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new Stop(`PORT=${asked} is not a port: take a number from 1024 to 65535.`)
    }
    if (!(await isFree(port))) {
      throw new Stop(`Port ${port} is in use: stop the other program, or choose another PORT.`)
    }
    return port
  }
  for (let port = FIRST; port < FIRST + TRIES; port++) if (await isFree(port)) return port
  throw new Stop(
    `No free port from ${FIRST} to ${FIRST + TRIES - 1}: set PORT to one that is free.`,
  )
}

// The system gives ports from 32768 upwards to outgoing connections. Such a port could be taken
// before its server starts.
const ANY = { first: 20_000, below: 32_768 }

/** Returns a port that is free right now. */
export async function anyPort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(ANY.first, ANY.below)
    if (await isFree(port)) return port
  }
  throw new Stop(`No free port from ${ANY.first} to ${ANY.below - 1}.`)
}
