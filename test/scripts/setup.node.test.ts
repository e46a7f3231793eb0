import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { root } from '#scripts/shared/paths'

const platform = process.platform === 'win32' ? 'win' : process.platform
const nodePackage = `node-${platform}-${process.arch}`

// A small clone: the setup script, a lock file, one task, and a fake npm that records its calls.
let clone: string

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'oasis-setup-'))
  mkdirSync(join(clone, 'scripts'))
  mkdirSync(join(clone, 'bin'))
  for (const part of ['scripts/setup.mjs', 'scripts/setup'])
    cpSync(join(root, part), join(clone, part), { recursive: true })
  lockNode(readFileSync(process.execPath))
  writeFileSync(join(clone, '.nvmrc'), '24.21.0\n')
  writeFileSync(join(clone, 'package-lock.json'), '{}')
  writeFileSync(
    join(clone, 'scripts/hello.ts'),
    "const who: string = 'you'\nconsole.log(`hello ${who}`)\n",
  )
})
afterEach(() => rmSync(clone, { recursive: true, force: true }))

/** Pins the bytes of a Node binary, as package.json does. */
function lockNode(bytes: Buffer): void {
  const nodeHashes = { [nodePackage]: createHash('sha256').update(bytes).digest('hex') }
  const optionalDependencies = { [nodePackage]: '24.21.0' }
  const text = JSON.stringify({ type: 'module', optionalDependencies, nodeHashes })
  writeFileSync(join(clone, 'package.json'), text)
}

/** Returns the commands of a fake npm that replaces the package with this test's Node. */
const installing = (): string => {
  const folder = join(clone, 'node_modules', nodePackage, 'bin')
  return `mkdir -p "${folder}"; ln -sf "${process.execPath}" "${folder}/node"`
}

function npmThat(does: string): void {
  const script = [
    '#!/bin/sh',
    `echo "$1" >> "${clone}/calls"`,
    '[ "$1" = --version ] && exit 0',
    `${does}\n`,
  ].join('\n')
  writeFileSync(join(clone, 'bin/npm'), script, { mode: 0o755 })
}

const installs = (): number =>
  existsSync(join(clone, 'calls'))
    ? (readFileSync(join(clone, 'calls'), 'utf8').match(/^ci$/gm) ?? []).length
    : 0

function setUp(task: string) {
  const ran = spawnSync(process.execPath, ['scripts/setup.mjs', task], {
    cwd: clone,
    encoding: 'utf8',
    env: { PATH: `${join(clone, 'bin')}:/bin:/usr/bin` },
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr.trim() }
}

test('The setup script installs once, runs the task, and installs for a new lock file', () => {
  npmThat(installing())
  const first = setUp('hello')
  expect(first.out).toMatch(/^Installing packages … \d+ s\nhello you\n$/)
  expect(first.code).toBe(0)
  expect(setUp('hello').out).toBe('hello you\n')
  expect(installs()).toBe(1)
  writeFileSync(join(clone, 'package-lock.json'), '{"changed":true}')
  setUp('hello')
  expect(installs()).toBe(2)
})

test('A command that checks nothing installs no packages for checks, and adds none later', () => {
  npmThat(`[ "$1" = --version ] || echo "$@" >> "${clone}/arguments"; ${installing()}`)
  const ways = () => readFileSync(join(clone, 'arguments'), 'utf8').trim().split('\n')
  for (const task of ['start', 'verify'])
    writeFileSync(join(clone, `scripts/${task}.ts`), `console.log('${task} runs')\n`)
  for (let run = 0; run < 2; run++) expect(setUp('start').out).toContain('start runs')
  expect(ways()).toEqual([expect.stringMatching(/^ci --omit=dev /)])
  // Packages are only added, because a running server may be using the installed ones.
  for (const task of ['verify', 'verify', 'start', 'verify'])
    expect(setUp(task).out).toContain(`${task} runs`)
  expect(ways()).toEqual([
    expect.stringMatching(/^ci --omit=dev /),
    expect.stringMatching(/^install --no-save .*--ignore-scripts$/),
  ])
})

test('After an interrupted addition of packages for checks, npm installs all of them anew', () => {
  npmThat(installing())
  writeFileSync(join(clone, 'scripts/start.ts'), "console.log('start runs')\n")
  setUp('start')
  npmThat('exit 1')
  expect(setUp('hello').code).toBe(1)
  npmThat(`echo "$@" > "${clone}/arguments"; ${installing()}`)
  expect(setUp('hello').code).toBe(0)
  expect(readFileSync(join(clone, 'arguments'), 'utf8')).toMatch(/^ci --prefer-offline/)
})

test('The script reports a missing network in a sentence, and npm writes to its log only', () => {
  npmThat('echo "npm error code ENOTFOUND" >&2; echo "npm error a wall of text" >&2; exit 1')
  const { code, out, err } = setUp('hello')
  expect(code).toBe(1)
  expect(err).toMatch(/^The packages could not be fetched: there is no way to the npm registry\./)
  expect(err.split('\n')).toHaveLength(1)
  expect(out + err).not.toContain('wall of text')
  expect(readFileSync(join(clone, '.oasis/log/install.log'), 'utf8')).toContain('wall of text')
  expect(installs()).toBe(1)
})

test('The command after a failed install tries the install again', () => {
  npmThat('exit 1')
  expect(setUp('hello').err).toMatch(/^npm could not install the packages/)
  npmThat(installing())
  expect(setUp('hello').code).toBe(0)
})

test('An install without the locked Node is refused, and is tried again', () => {
  npmThat(`mkdir -p "${clone}/node_modules"`)
  const { code, out, err } = setUp('hello')
  expect([code, out]).toEqual([1, expect.not.stringContaining('hello you')])
  expect(err).toMatch(/^npm did not install node-\S+, which package-lock\.json locks: [^\n]+$/)
  setUp('hello')
  expect(installs()).toBe(2)
})

test('No package runs a script while the setup script installs it', () => {
  npmThat(`echo "$@" > "${clone}/arguments"; ${installing()}`)
  setUp('hello')
  expect(readFileSync(join(clone, 'arguments'), 'utf8')).toMatch(/^ci .*--ignore-scripts$/m)
})

test('A task runs on the locked Node, even when another Node starts the setup script', () => {
  const bin = join(clone, 'node_modules', nodePackage, 'bin')
  npmThat(`mkdir -p "${bin}"; cp "${clone}/locked" "${bin}/node"`)
  const locked = `#!/bin/sh\necho the locked Node\nexec "${process.execPath}" "$@"\n`
  writeFileSync(join(clone, 'locked'), locked, { mode: 0o755 })
  lockNode(Buffer.from(locked))
  expect(setUp('hello').out).toMatch(/the locked Node\nhello you\n$/)
})

const CHANGED = /^\S+\/bin\/node has another SHA-256 .* Make no keys and deploy nothing: .+\.$/

test('R46: A shell script in place of the locked Node makes no keys and deploys nothing', () => {
  npmThat(installing())
  for (const task of ['org', 'deploy'])
    writeFileSync(join(clone, `scripts/${task}.ts`), "console.log('it runs')\n")
  setUp('hello')
  expect(setUp('org').out).toContain('it runs')
  const binary = join(clone, 'node_modules', nodePackage, 'bin/node')
  rmSync(binary)
  writeFileSync(binary, '#!/bin/sh\necho it runs\n', { mode: 0o755 })
  for (const task of ['org', 'deploy', 'hello'])
    expect(setUp(task)).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(CHANGED) as string,
    })
})

test('R46: A locked Node with one changed byte runs no task', () => {
  const bin = join(clone, 'node_modules', nodePackage, 'bin')
  npmThat(`mkdir -p "${bin}"; cp "${clone}/locked" "${bin}/node"; chmod +x "${bin}/node"`)
  const locked = Buffer.from(`#!/bin/sh\nexec "${process.execPath}" "$@"\n${'#'.repeat(3 << 20)}\n`)
  lockNode(locked)
  writeFileSync(join(clone, 'locked'), locked)
  expect(setUp('hello').out).toContain('hello you')
  for (const at of [locked.length - 2, 1 << 20, 5]) {
    const changed = Buffer.from(locked)
    changed[at] = (changed[at] ?? 0) ^ 1
    writeFileSync(join(bin, 'node'), changed)
    expect(setUp('hello')).toMatchObject({ code: 1, out: '' })
  }
  writeFileSync(join(bin, 'node'), locked)
  expect(setUp('hello').code).toBe(0)
})

test('R46: An install removes the command node of npm, which would check itself', () => {
  const commands = join(clone, 'node_modules/.bin')
  npmThat(`${installing()}; mkdir -p "${commands}"; echo false > "${commands}/node"`)
  expect(setUp('hello').code).toBe(0)
  expect(existsSync(join(commands, 'node'))).toBe(false)
})

test('A platform without a locked Node needs exactly the version of .nvmrc', () => {
  writeFileSync(join(clone, 'package.json'), '{"type":"module"}')
  npmThat(`mkdir -p "${clone}/node_modules"`)
  writeFileSync(join(clone, '.nvmrc'), `${process.versions.node}\n`)
  expect(setUp('hello').out).toContain('hello you')
  writeFileSync(join(clone, '.nvmrc'), '24.0.9\n')
  expect(setUp('hello')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^package-lock\.json holds no Node for \w+ \w+.*: install Node 24\.0\.9 from [^\n]+$/,
    ) as string,
  })
})

test('A machine without npm gets a sentence on the installation of npm', () => {
  const ran = spawnSync(process.execPath, ['scripts/setup.mjs', 'hello'], {
    cwd: clone,
    encoding: 'utf8',
    env: { PATH: join(clone, 'bin') },
  })
  expect(ran.status).toBe(1)
  expect(ran.stderr).toBe(
    'npm was not found: install Node with npm from https://nodejs.org and try again.\n',
  )
})

test('An unknown task is refused before anything is installed', () => {
  npmThat('exit 0')
  for (const task of ['nonsense', '../hello', '']) {
    expect(setUp(task)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Say which task/) as string,
    })
  }
  expect(installs()).toBe(0)
})

test('The exit code of the task is the exit code of the command', () => {
  npmThat(installing())
  writeFileSync(join(clone, 'scripts/fail.ts'), 'process.exit(3)\n')
  expect(setUp('fail').code).toBe(3)
})

test('An older Node is refused in one sentence, and a Node that npm serves is accepted', () => {
  npmThat(installing())
  const withNode = (version: string) =>
    spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`,
        'scripts/setup.mjs',
        'hello',
      ],
      { cwd: clone, encoding: 'utf8', env: { PATH: `${join(clone, 'bin')}:/bin:/usr/bin` } },
    )
  for (const old of ['18.20.8', '20.18.3', '21.7.0', '22.11.0']) {
    const { status, stderr } = withNode(old)
    expect([old, status]).toEqual([old, 1])
    expect(stderr).toMatch(/^Node [\d.]+ is too old: install Node 24 .*\n$/)
  }
  expect(installs()).toBe(0)
  expect(withNode('24.0.0').status).toBe(0)
})

test('A signal during the install ends npm too, and the next command installs again', async () => {
  npmThat(`echo $$ > "${clone}/pid"; exec sleep 30`)
  const child = spawn(process.execPath, ['scripts/setup.mjs', 'hello'], {
    cwd: clone,
    env: { PATH: `${join(clone, 'bin')}:/bin:/usr/bin` },
  })
  const ended = once(child, 'close')
  const written = () => readFileSync(join(clone, 'pid'), 'utf8')
  // The shell creates the file before it writes the process id.
  await vi.waitFor(() => expect(written()).toMatch(/^\d+\n$/), { timeout: 25_000 })
  child.kill('SIGTERM')
  const [code] = (await ended) as [number]
  expect(code).toBe(143)
  const pid = Number(written())
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  npmThat(installing())
  expect(setUp('hello').code).toBe(0)
})

test('Without a home folder that can be written, npm writes to the folder of this project', () => {
  npmThat(`echo "$npm_config_cache" > "${clone}/cache"; ${installing()}`)
  const ran = spawnSync(process.execPath, ['scripts/setup.mjs', 'hello'], {
    cwd: clone,
    encoding: 'utf8',
    env: { PATH: `${join(clone, 'bin')}:/bin:/usr/bin`, HOME: join(clone, 'no-home') },
  })
  expect(ran.status).toBe(0)
  expect(readFileSync(join(clone, 'cache'), 'utf8').trim()).toBe(join(clone, '.oasis/npm'))
})
