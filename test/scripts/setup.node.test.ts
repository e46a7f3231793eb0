import { spawnSync } from 'node:child_process'
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
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '#scripts/paths'

// A fresh clone in small: the door, a lock file, one task, and an npm of our own that notes its calls.
let clone: string

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'oasis-setup-'))
  mkdirSync(join(clone, 'scripts'))
  mkdirSync(join(clone, 'bin'))
  cpSync(join(root, 'scripts/setup.mjs'), join(clone, 'scripts/setup.mjs'))
  writeFileSync(join(clone, 'package.json'), '{"type":"module"}')
  writeFileSync(join(clone, 'package-lock.json'), '{}')
  writeFileSync(
    join(clone, 'scripts/hello.ts'),
    "const who: string = 'you'\nconsole.log(`hello ${who}`)\n",
  )
})
afterEach(() => rmSync(clone, { recursive: true, force: true }))

function npmThat(does: string): void {
  const script = `#!/bin/sh\necho "$1" >> "${clone}/calls"\n[ "$1" = --version ] && exit 0\n${does}\n`
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

test('installs once, runs the task, and does not install again until the lock file changes', () => {
  npmThat(`mkdir -p "${clone}/node_modules"`)
  const first = setUp('hello')
  expect(first.out).toMatch(/^Installing packages … \d+ s\nhello you\n$/)
  expect(first.code).toBe(0)
  expect(setUp('hello').out).toBe('hello you\n')
  expect(installs()).toBe(1)
  writeFileSync(join(clone, 'package-lock.json'), '{"changed":true}')
  setUp('hello')
  expect(installs()).toBe(2)
})

test('no network is told in one sentence, and npm stays in its log', () => {
  npmThat('echo "npm error code ENOTFOUND" >&2; echo "npm error a wall of text" >&2; exit 1')
  const { code, out, err } = setUp('hello')
  expect(code).toBe(1)
  expect(err).toMatch(/^The packages could not be fetched: there is no way to the npm registry\./)
  expect(err.split('\n')).toHaveLength(1)
  expect(out + err).not.toContain('wall of text')
  expect(readFileSync(join(clone, '.oasis/log/install.log'), 'utf8')).toContain('wall of text')
  expect(installs()).toBe(1)
})

test('an install that failed is tried again by the next command', () => {
  npmThat('exit 1')
  expect(setUp('hello').err).toMatch(/^npm could not install the packages/)
  npmThat(`mkdir -p "${clone}/node_modules"`)
  expect(setUp('hello').code).toBe(0)
})

test('a machine without npm is told so', () => {
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

test('an unknown task is refused before anything is installed', () => {
  npmThat('exit 0')
  for (const task of ['nonsense', '../hello', '']) {
    expect(setUp(task)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Say which task/) as string,
    })
  }
  expect(installs()).toBe(0)
})

test('the exit code of the task is the exit code of the command', () => {
  npmThat(`mkdir -p "${clone}/node_modules"`)
  writeFileSync(join(clone, 'scripts/fail.ts'), 'process.exit(3)\n')
  expect(setUp('fail').code).toBe(3)
})
