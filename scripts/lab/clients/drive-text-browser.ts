// Drives Debian's lynx and w3m with scripted keystrokes, each in its own terminal. The browser
// fills in the words and sends the form.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { wordsIn } from '#scripts/browser/words'

export const TEXT_LANG = 'en'
const RUN_MS = 60_000
const SCRIPT = '/usr/bin/script'

interface TextBrowser {
  name: string
  /** Writes the driver's files into a folder; returns the command line and the keys to type. */
  drive: (folder: string, url: string, words: string) => Promise<{ command: string; keys: string }>
}

/** Returns the elements at which the Tab key stops in lynx, in order. */
export const stopsIn = (html: string): string[] =>
  (
    html
      .replace(/<(script|style)\b[^]*?<\/\1>/g, '')
      .match(/<(?:a(?=[^>]* href)|input|button|textarea|select)\b[^>]*>/g) ?? []
  ).filter((tag) => !tag.includes('type="hidden"'))

const keyLines = (text: string): string[] =>
  [...text].map((key) => `key ${key === ' ' ? '<space>' : key}`)

export const TEXT_BROWSERS: TextBrowser[] = [
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
      // The hint is directly before the field. A space would end the search term.
      const hint = wordsIn(TEXT_LANG)('tell.text.hint').split(/\W+/).slice(0, 3).join('.+')
      const acts = [`SEARCH_FORE ${hint}`, 'NEXT_LINK', 'GOTO_LINK', 'SUBMIT', 'EXIT']
      writeFileSync(keymap, `keymap X COMMAND "${acts.join('; ')}"\n`)
      const options = ['-config /dev/null', `-o keymap_file=${keymap}`, `-o editor=${editor}`]
      return Promise.resolve({ command: `w3m ${options.join(' ')} ${url}`, keys: 'X' })
    },
  },
]

export const isTextBrowserInstalled = (name: string): boolean =>
  existsSync(`/usr/bin/${name}`) && existsSync(SCRIPT)

/** Runs a program in its own terminal. */
export async function runInTerminal(command: string, keys: string): Promise<void> {
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
