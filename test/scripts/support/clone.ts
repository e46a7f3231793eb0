// Runs the real `npm run deploy`, with the real wrangler, in a separate clone, against a simulated
// account. A stand-in for Astro builds one page, because a full build takes half a minute. The
// hosts of a simulated account do not respond, so the check from outside is also imitated.
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WrittenDeployment } from '#scripts/account/deployment'
import type { Deploys } from '#scripts/deploy/deploys-file'
import type { Organisation } from '#scripts/org/organisation'
import { writeOrganisation } from '#scripts/org/write'
import { root } from '#scripts/shared/paths'
import { waive } from '#test/scripts/support/deployable.ts'

/**
 * The parts of the repository that a test changes, or that use their own path to find their clone.
 */
const COPIED = ['content', 'migrations', 'scripts', 'package.json', 'wrangler.toml']
const LINKED = ['site', 'worker', 'package-lock.json', 'tsconfig.json', 'astro.config.mjs']

/** The build: one page that contains the address, and the text of `content/page.txt`. */
const SMALL_BUILD = `
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
const { OASIS_DIST: dist, OASIS_SITE: site } = process.env
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
writeFileSync(dist + '/index.html', '<p>' + site + readFileSync('content/page.txt', 'utf8'))
const rule = (path) => path + '\\n  Content-Security-Policy: none'
const waict = rule('/.well-known/*') + '\\n  Content-Type: application/json'
writeFileSync(dist + '/_headers', rule('/') + '\\n\\n' + waict)
`

/** The check from outside, which finds the faults listed in `faults.json`. */
const SMALL_LOOK = `
import { existsSync, readFileSync } from 'node:fs'
export const siteOf = ({ site }) => ({ origin: site, httpPort: 80 })
export const hostsOfDeployment = (deployment) => [siteOf(deployment)]
const faults = () =>
  existsSync('faults.json') ? JSON.parse(readFileSync('faults.json', 'utf8')) : []
export const lookOutside = async () => ({ faults: faults(), settings: [], newKeys: [] })
`

/** Each start of wrangler takes seconds on a busy machine. */
export const LONGEST_MS = 600_000

export interface Ran {
  code: number
  /** both streams */
  output: string
}

export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), 'oasis-clone-'))
  readonly root = join(this.folder, 'clone')
  /** the folder of public.json */
  readonly keys = join(this.folder, 'oasis-organisation')
  #base: string

  /** @param base  the address of the simulated account */
  constructor(base: string, of: Organisation) {
    this.#base = base
    mkdirSync(this.root)
    for (const name of COPIED) cpSync(join(root, name), join(this.root, name), { recursive: true })
    for (const name of LINKED) symlinkSync(join(root, name), join(this.root, name))
    this.#linkPackages()
    writeFileSync(join(this.root, 'scripts/deploy/look-outside.ts'), SMALL_LOOK)
    waive(this.root, () => true)
    writeOrganisation(this.keys, of)
    this.writePage('first')
  }

  #linkPackages(): void {
    const packages = join(this.root, 'node_modules')
    mkdirSync(join(packages, 'astro'), { recursive: true })
    for (const name of readdirSync(join(root, 'node_modules')).filter((each) => each !== 'astro'))
      symlinkSync(join(root, 'node_modules', name), join(packages, name))
    writeFileSync(join(packages, 'astro/package.json'), '{"bin":{"astro":"build.mjs"}}')
    writeFileSync(join(packages, 'astro/build.mjs'), SMALL_BUILD)
  }

  /** Changes the text of the site's only page. */
  writePage(text: string): void {
    writeFileSync(join(this.root, 'content/page.txt'), text)
  }

  /** Makes the check from outside find faults. */
  writeFaults(faults: string[]): void {
    writeFileSync(join(this.root, 'faults.json'), JSON.stringify(faults))
  }

  writeDeployment(fields: Partial<WrittenDeployment>): void {
    writeFileSync(join(this.keys, 'deployment.json'), JSON.stringify(fields))
  }

  readDeployment(of = this.keys): WrittenDeployment {
    return JSON.parse(readFileSync(join(of, 'deployment.json'), 'utf8')) as WrittenDeployment
  }

  deploys(of = this.keys): Deploys['deploys'] {
    const path = join(of, 'deploys.json')
    if (!existsSync(path)) return []
    return (JSON.parse(readFileSync(path, 'utf8')) as Deploys).deploys
  }

  /** Adds a migration to the sources. */
  addMigration(name: string, sql: string): void {
    writeFileSync(join(this.root, 'migrations', name), sql)
  }

  /** Runs `npm run deploy`. @param typed  the lines that a person types */
  deploy(args: string[], typed: string[]): Promise<Ran> {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'scripts/deploy.ts', ...args],
      {
        cwd: this.root,
        env: {
          PATH: process.env['PATH'],
          HOME: this.folder,
          ...{ CLOUDFLARE_API_BASE_URL: this.#base, CLOUDFLARE_API_TOKEN: 'token' },
          ...{ OASIS_KEYS: this.keys, OASIS_STATE: join(this.root, '.oasis') },
          WRANGLER_SEND_METRICS: 'false',
        },
      },
    )
    child.stdin.end(typed.map((line) => `${line}\n`).join(''))
    return new Promise((done, fail) => {
      let output = ''
      const keep = (chunk: Buffer) => void (output += chunk.toString())
      child.stdout.on('data', keep)
      child.stderr.on('data', keep)
      child.once('error', fail)
      child.once('close', (code) => done({ code: code ?? 1, output }))
    })
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
