// `npm run org`: makes the organisation's keys on a trusted laptop, best without a network.
// The command asks for one passphrase, twice.
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { passphraseFault } from '#scripts/org/key-file'
import { makeOrganisation } from '#scripts/org/organisation'
import { writeOrganisation } from '#scripts/org/write'
import { keysDir } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'

// Reads lines without showing them.
function hiddenLines(): { ask: (question: string) => Promise<string>; close: () => void } {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({
    input: process.stdin,
    output: silent,
    terminal: process.stdin.isTTY,
  })
  const typed = lines[Symbol.asyncIterator]()
  lines.once('SIGINT', () => process.exit(130))
  return {
    ask: async (question) => {
      process.stdout.write(question)
      const line = await typed.next()
      process.stdout.write('\n')
      if (line.done === true) throw new Stop('No passphrase was typed; nothing was made.')
      return line.value
    },
    close: () => lines.close(),
  }
}

async function askPassphrase(): Promise<string> {
  const lines = hiddenLines()
  try {
    for (;;) {
      const passphrase = await lines.ask('Passphrase for the root key (not shown while you type): ')
      const fault = passphraseFault(passphrase)
      if (fault !== null) console.log(fault)
      else if ((await lines.ask('The same passphrase again: ')) === passphrase) return passphrase
      else console.log('The two differ; please start again.')
    }
  } finally {
    lines.close()
  }
}

runTask(async () => {
  if (existsSync(join(keysDir, 'public.json'))) {
    throw new Stop(
      `There is an organisation in ${keysDir} already; its keys are not overwritten. ` +
        'Move the folder away to make another.',
    )
  }
  console.log(
    'This makes the root key, the recovery key (three paper shares), ' +
      'the first epoch and the first invitation.',
  )
  console.log(
    'Do it on a laptop you trust, with the network off. ' +
      'Write the passphrase on paper; nobody can reset it.\n',
  )
  const passphrase = await askPassphrase()
  const organisation = await step('Making the keys', () => makeOrganisation(passphrase, Date.now()))
  const names = writeOrganisation(keysDir, organisation)
  console.log(`\nWritten to ${keysDir}: ${names.join(', ')}.`)
  console.log(
    '1. Print share-1.txt, share-2.txt and share-3.txt for three people, ' +
      'then delete the three files.',
  )
  console.log('2. Keep root.key on a USB stick in a safe, away from its passphrase.')
  console.log('3. Write deployment.json and deploy: docs/operations/first-deployment.md says how.')
  console.log(
    '4. Hand the link in invitation.txt to the first person in person, then destroy that file.',
  )
  return 0
})
