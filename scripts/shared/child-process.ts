// Waits for the expected output from a program that this process has started, and can also end that
// program.
import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

const START_MS = 60_000
const END_MS = 5000

/**
 * Returns the first match in a program's output. Rejects when the program ends or time runs out.
 */
export function firstMatch(
  child: ChildProcess,
  stream: Readable,
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((done, fail) => {
    let output = ''
    const stop = (): void => fail(new Error(`it did not start: ${output.slice(-300).trim()}`))
    const clock = setTimeout(stop, START_MS)
    child.once('error', stop)
    child.once('close', stop)
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const match = pattern.exec(output)
      if (!match) return
      clearTimeout(clock)
      done(match)
    })
  })
}

/** Asks a program to end, and kills it if it does not. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = new Promise((done) => child.once('close', done))
  child.kill('SIGTERM')
  await Promise.race([ended, wait(END_MS, undefined, { ref: false })])
  child.kill('SIGKILL')
  await ended
}
