// Drives Debian's lynx and w3m: a person writes only words and sends them. A choice that nobody
// made must not arrive: lynx marks the first of several radio buttons by itself.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { readEnvelope } from '#protocol/report/envelope'
import { openSent } from '#scripts/shared/browser/sent-files'
import { wordsIn } from '#scripts/shared/browser/words'
import type { StepOutcome, ClientRow } from '#scripts/lab/clients/table'
import { fileOfDatabase } from '#scripts/shared/database'

export const TEXT_STEPS = ['arrived', 'no danger', 'nothing chosen'] as const

const LANG = 'en'
const RUN_MS = 60_000
const SCRIPT = '/usr/bin/script'

interface TextBrowser {
  name: string
  /** Writes the driver's files into a folder; returns the command line and the keys to type. */
  drive: (folder: string, url: string, words: string) => Promise<{ command: string; keys: string }>
}

/** Returns the elements at which the Tab key of lynx stops, in order. */
export const stopsIn = (html: string): string[] =>
  (
    html
      .replace(/<(script|style)\b[^]*?<\/\1>/g, '')
      .match(/<(?:a(?=[^>]* href)|input|button|textarea|select)\b[^>]*>/g) ?? []
  ).filter((tag) => !tag.includes('type="hidden"'))

const keyLines = (text: string): string[] =>
  [...text].map((key) => `key ${key === ' ' ? '<space>' : key}`)

const BROWSERS: TextBrowser[] = [
  {
    name: 'lynx',
    drive: async (folder, url, words) => {
      const stops = stopsIn(await (await fetch(url)).text())
      const [text, send] = ['text', 'send'].map((id) =>
        stops.findIndex((tag) => tag.includes(` id="${id}"`)),
      ) as [number, number]
      const tab = (times: number): string[] => new Array<string>(times).fill('key <tab>')
      const keys = [...tab(text), ...keyLines(words), ...tab(send - text), 'key ^J', 'key Q']
      writeFileSync(join(folder, 'lynx.keys'), `${keys.join('\n')}\n`)
      return { command: `lynx -cmd_script=${join(folder, 'lynx.keys')} ${url}`, keys: '' }
    },
  },
  {
    name: 'w3m',
    drive: (folder, url, words) => {
      const [keymap, editor] = [join(folder, 'keymap'), join(folder, 'editor')]
      writeFileSync(editor, `#!/bin/sh\nprintf '%s' '${words}' >"$1"\n`)
      chmodSync(editor, 0o755)
      // The hint is right before the field. A space would end the search term.
      const hint = wordsIn(LANG)('tell.text.hint').split(/\W+/).slice(0, 3).join('.+')
      const acts = [`SEARCH_FORE ${hint}`, 'NEXT_LINK', 'GOTO_LINK', 'SUBMIT', 'EXIT']
      writeFileSync(keymap, `keymap X COMMAND "${acts.join('; ')}"\n`)
      const options = ['-config /dev/null', `-o keymap_file=${keymap}`, `-o editor=${editor}`]
      return Promise.resolve({ command: `w3m ${options.join(' ')} ${url}`, keys: 'X' })
    },
  },
]

/** Runs a program in a terminal of its own. */
async function runInTerminal(command: string, keys: string): Promise<void> {
  const child = spawn(SCRIPT, ['-qec', `stty rows 60 cols 100; exec ${command}`, '/dev/null'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, TERM: 'vt100', LANG: 'C.UTF-8', HOME: '/nonexistent' },
  })
  child.stdin.on('error', () => undefined)
  child.stdin.write(keys)
  const ended = new Promise((done) => child.once('close', done))
  await Promise.race([ended, wait(RUN_MS, undefined, { ref: false })])
  child.kill('SIGKILL')
}

function envelopesIn(state: string): Uint8Array<ArrayBuffer>[] {
  const database = new DatabaseSync(fileOfDatabase(state) ?? '', { readOnly: true })
  try {
    const rows = database.prepare("SELECT envelope FROM reports WHERE sealed_by = 'worker'").all()
    return rows.map(({ envelope }) => new Uint8Array(envelope as Uint8Array))
  } finally {
    database.close()
  }
}

/** Opens the stored letter as the board would, and judges each step. */
async function outcomesOf(state: string, words: string): Promise<StepOutcome[]> {
  for (const envelope of envelopesIn(state)) {
    const { report } = await openSent(envelope)
    if (report.text !== words) continue
    const chosen = [report.consent, report.signs, report.needs, report.contact]
    return [
      'ok',
      readEnvelope(envelope).danger ? 'failed' : 'ok',
      chosen.some((each) => each !== undefined) ? 'failed' : 'ok',
    ]
  }
  return ['failed', 'not reached', 'not reached']
}

const isInstalled = (name: string): boolean => existsSync(`/usr/bin/${name}`) && existsSync(SCRIPT)

/** Takes the steps with each installed text browser. */
export async function goWithText(state: string, origin: string): Promise<ClientRow[]> {
  const rows: ClientRow[] = []
  for (const { name, drive } of BROWSERS) {
    if (!isInstalled(name)) {
      const outcomes = TEXT_STEPS.map((): StepOutcome => 'not here')
      rows.push({ client: name, outcomes, why: `not here: the package ${name} is not installed` })
      continue
    }
    const folder = join(state, name)
    mkdirSync(folder, { recursive: true })
    const words = `Words only from ${name} 1122`
    const { command, keys } = await drive(folder, `${origin}/${LANG}/tell/`, words)
    await runInTerminal(command, keys)
    rows.push({ client: name, outcomes: await outcomesOf(state, words), why: '' })
  }
  return rows
}
