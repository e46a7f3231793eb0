// Fetches and starts Chromium 64 and 75, the oldest versions that a package registry still offers,
// in `chrome-aws-lambda`. A run fetches a browser only if it is missing. Neither browser is a
// dependency.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { startChromium } from '#scripts/lab/clients/cdp'
import type { ClientKind } from '#scripts/lab/clients/client'
import { browsersDir } from '#scripts/shared/paths'
import { QUIET } from '#scripts/test/browser'

interface Old {
  chromium: number
  /** the version of chrome-aws-lambda */
  version: string
  file: string
  /** SHA-256 of that file, because no lock file lists the package */
  hash: string
}

const OLD: Old[] = [
  {
    chromium: 64,
    version: '64.0.3264',
    file: 'chromium.br',
    hash: '401d6abac8a6f2a7063ba647144f5080d30b552e97e58e5cb8372e7bc6f6b666',
  },
  {
    chromium: 75,
    version: '1.14.0',
    file: 'chromium-75.0.3738.0.br',
    hash: '3340e46df7de3b1096e95212750fa58b893811cc312b8ef87930ffd9b2b7b318',
  },
]

const unpack = promisify(brotliDecompress)

/** Writes the program to `binary`. @returns the reason for a failure, or an empty string */
async function fetchOld({ version, file, hash }: Old, binary: string): Promise<string> {
  const folder = `${binary}-package`
  mkdirSync(folder, { recursive: true })
  const { status } = spawnSync(
    'npm',
    [
      ...['install', '--prefix', folder, '--ignore-scripts', '--no-save', '--no-package-lock'],
      ...['--no-audit', '--no-fund', '--legacy-peer-deps', `chrome-aws-lambda@${version}`],
    ],
    { stdio: 'ignore' },
  )
  if (status !== 0) return 'npm could not fetch it'
  const packed = readFileSync(join(folder, 'node_modules/chrome-aws-lambda/bin', file))
  if (createHash('sha256').update(packed).digest('hex') !== hash)
    return 'npm brought something else than what is written down here'
  writeFileSync(`${binary}.part`, await unpack(packed), { mode: 0o755 })
  renameSync(`${binary}.part`, binary)
  rmSync(folder, { recursive: true, force: true })
  return ''
}

export const oldChromiums: ClientKind[] = OLD.map((old) => ({
  name: `Chromium ${old.chromium}`,
  start: async () => {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'it runs on Linux x64 only'
    const binary = join(browsersDir, `chromium-${old.chromium}`)
    const why = existsSync(binary) ? '' : await fetchOld(old, binary)
    return why || startChromium(binary, [...QUIET, '--no-zygote'])
  },
}))
