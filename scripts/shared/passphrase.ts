// Asks a person at the terminal for a passphrase, without showing what the person types.
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { passphraseFault } from '#scripts/org/passphrase-file'
import { Stop } from '#scripts/shared/progress'

interface HiddenLines {
  ask: (question: string) => Promise<string>
}

/** Does `work` with lines that are not shown. The input is read once, because a pipe may end. */
export async function withHiddenLines<T>(work: (lines: HiddenLines) => Promise<T>): Promise<T> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({
    input: process.stdin,
    output: silent,
    terminal: process.stdin.isTTY,
  })
  const typed = lines[Symbol.asyncIterator]()
  lines.once('SIGINT', () => process.exit(130))
  const ask = async (question: string): Promise<string> => {
    process.stdout.write(question)
    const line = await typed.next()
    process.stdout.write('\n')
    if (line.done === true) throw new Stop('No passphrase was typed; nothing was made.')
    return line.value
  }
  try {
    return await work({ ask })
  } finally {
    lines.close()
  }
}

/** Asks for a new passphrase of `what` until it is good and was typed twice. */
export async function askNewPassphrase({ ask }: HiddenLines, what: string): Promise<string> {
  for (;;) {
    const passphrase = await ask(`Passphrase for ${what} (not shown while you type): `)
    const fault = passphraseFault(passphrase)
    if (fault !== null) console.log(fault)
    else if ((await ask('The same passphrase again: ')) === passphrase) return passphrase
    else console.log('The two differ; please start again.')
  }
}

/** Asks for the passphrase of a file that exists. */
export const askPassphrase = ({ ask }: HiddenLines, what: string): Promise<string> =>
  ask(`Passphrase of ${what} (not shown while you type): `)
