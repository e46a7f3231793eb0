// Prints the progress of a script: one line per step with its time, and one sentence at the end.

// Stops a task with an error that a person can fix. The error message fully explains the problem.
export class Stop extends Error {}

export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const since = Date.now()
  const live = process.stdout.isTTY
  const line = () => `${name} … ${((Date.now() - since) / 1000).toFixed(1)} s`
  if (live) process.stdout.write(`${name} …`)
  const clock = live ? setInterval(() => process.stdout.write(`\r${line()}`), 500) : undefined
  try {
    return await work()
  } finally {
    clearInterval(clock)
    process.stdout.write(`${live ? '\r' : ''}${line()}\n`)
  }
}

// Runs a task. A Stop prints its sentence, and any other error prints its stack; both exit with
// code 1.
export function runTask(work: () => Promise<number | undefined>): void {
  work().then(
    (code) => {
      process.exitCode = code ?? 0
    },
    (reason: unknown) => {
      if (reason instanceof Stop) process.stderr.write(`${reason.message}\n`)
      else console.error(reason)
      process.exit(1)
    },
  )
}
