// Runs an installed command-line tool on the Node that runs this process, without a shell or PATH.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { logDir, root } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

export interface Ran {
  code: number
  /** both streams, as a terminal would show them */
  output: string
  stdout: string
}

// Returns the JavaScript file of a tool's command, as named in its package.json.
export function binOf(packageName: string, command = packageName): string {
  const folder = join(root, 'node_modules', packageName)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>
  }
  const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command]
  if (path === undefined) throw new Error(`${packageName} has no command ${command}`)
  return join(folder, path)
}

export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_WRITE_LOGS: 'false',
    ASTRO_TELEMETRY_DISABLED: '1',
    NO_COLOR: '1',
    ...extra,
  }
}

export function runTool(
  packageName: string,
  args: string[],
  options: { command?: string; env?: Record<string, string>; cwd?: string } = {},
): Promise<Ran> {
  const script = binOf(packageName, options.command)
  const child = spawn(process.execPath, [script, ...args], {
    cwd: options.cwd ?? root,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((done, fail) => {
    let output = ''
    let stdout = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString('utf8')
    }
    child.stdout.on('data', keep)
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8')
    })
    child.stderr.on('data', keep)
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? 1, output, stdout }))
  })
}

/** A line that Astro writes between the message of an error and its stack trace. */
const AFTER_MESSAGE = /^ {2}(Hint|Error reference|Location|Stack trace):/

/**
 * Returns the line that explains why a tool failed: the message of the error that ended it. Without
 * such an error, returns the first complaint. The error may come from the project's own code.
 */
export function causeIn(lines: readonly string[]): string {
  const after = lines.findIndex((line) => AFTER_MESSAGE.test(line))
  const message = after < 1 ? '' : (lines[after - 1] ?? '').trim()
  return message || (lines.find((line) => /error|cannot|failed/i.test(line)) ?? '')
}

// Runs a tool, writes its output to the named log, and returns its standard output.
// A failure prints the end of the log.
export async function runQuietly(
  name: string,
  packageName: string,
  args: string[],
  options: { env?: Record<string, string> } = {},
): Promise<string> {
  const { code, output, stdout } = await runTool(packageName, args, options)
  const log = join(logDir, `${name}.log`)
  mkdirSync(dirname(log), { recursive: true })
  writeFileSync(log, output)
  if (code === 0) return stdout
  const lines = output.trim().split('\n')
  const cause = causeIn(lines)
  const tail = lines.slice(-12)
  const shown = tail.includes(cause) ? tail : [cause, '…', ...tail]
  throw new Stop(
    `${shown.join('\n')}\n\nThe step "${name}" failed; all of its output is in ${log}.`,
    { cause: output },
  )
}
