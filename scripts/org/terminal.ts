// Asks a person questions at the terminal. A passphrase remains hidden while a person types it.
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { passphraseFault } from '#scripts/org/files/passphrase-file'
import { Stop } from '#scripts/shared/progress'

export interface Terminal {
  /** @throws Stop when the input ends */
  ask: (question: string) => Promise<string>
  /** asks without showing the typed text; throws in the same cases as `ask` */
  askHidden: (question: string) => Promise<string>
}

/**
 * Runs `work` with a terminal. All questions share one reader of the input, because a pipe may end
 * before a second reader starts.
 */
export async function withTerminal<T>(work: (terminal: Terminal) => Promise<T>): Promise<T> {
  let isHidden = false
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!isHidden) process.stdout.write(chunk)
      done()
    },
  })
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY })
  const typed = lines[Symbol.asyncIterator]()
  lines.once('SIGINT', () => process.exit(130))
  const askWith = (hides: boolean) => async (question: string) => {
    process.stdout.write(question)
    isHidden = hides
    const line = await typed.next()
    if (hides) process.stdout.write('\n')
    if (line.done === true) throw new Stop('Nothing was typed; nothing was made.')
    return line.value
  }
  try {
    return await work({ ask: askWith(false), askHidden: askWith(true) })
  } finally {
    lines.close()
  }
}

/** Asks for a new passphrase for `what` until a good passphrase has been typed twice. */
export async function askNewPassphrase({ askHidden }: Terminal, what: string): Promise<string> {
  for (;;) {
    const passphrase = await askHidden(`Passphrase for ${what} (not shown while you type): `)
    const fault = passphraseFault(passphrase)
    if (fault !== null) console.log(fault)
    else if ((await askHidden('The same passphrase again: ')) === passphrase) return passphrase
    else console.log('The two differ; please start again.')
  }
}

/** Asks for the passphrase of an existing file. */
export const askPassphrase = ({ askHidden }: Terminal, what: string): Promise<string> =>
  askHidden(`Passphrase of ${what} (not shown while you type): `)
