// Checks that the worker's source and its bundle contain no forbidden parts.
import { build, type Metafile } from 'esbuild'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const sources = readdirSync(join(root, 'worker'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, 'worker', name), 'utf8') }))

test.each([
  [
    'an IP address or a browser name',
    /cf-connecting-ip|x-forwarded-for|x-real-ip|true-client-ip|user-agent|sec-ch-ua|referer/i,
  ],
  ['the metadata that Cloudflare has of a visitor', /request\.cf|req\.raw\.cf|\.cf\b/],
  ['the log', /console\s*[.[]/],
  ['the text of an error', /\b(err|error|cause|e)\.(stack|message)(?!\)|\.includes\()/],
])('R19: No source of the worker reads or writes %s', (_what, pattern) => {
  expect(sources.length).toBeGreaterThan(40)
  expect(sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual([])
})

test('R19: The worker reads nine query parameters only, all on staff routes', () => {
  const reads = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\.quer(?:y|ies)\(([^)]*)\)|searchParams/g)].map(
      ([, what]) => `${name} ${what ?? ''}`,
    ),
  )
  expect(reads.sort()).toEqual([
    ...Array.from({ length: 2 }, () => "http/staff/case-keys.ts 'after'"),
    "http/staff/case-keys.ts 'epochs'",
    "http/staff/case-keys.ts 'generation'",
    "http/staff/discards.ts 'after'",
    "http/staff/discards.ts 'partition'",
    ...Array.from({ length: 2 }, () => "http/staff/ledger.ts 'after'"),
    "http/staff/ledger.ts 'ids'",
    "http/staff/pieces.ts 'after'",
    "http/staff/pieces.ts 'former'",
    "http/staff/pieces.ts 'ids'",
    ...Array.from({ length: 2 }, () => "http/staff/queue.ts 'after'"),
    "http/staff/queue.ts 'all'",
    "http/staff/queue.ts 'report'",
    "http/staff/queue.ts 'since'",
  ])
})

test('R19: Logs and traces are off in the deployed configuration', () => {
  const toml = readFileSync(join(root, 'wrangler.toml'), 'utf8')
  expect(toml).toMatch(/\[observability\]\s*enabled = false/)
  expect(toml).not.toMatch(/logpush|tail_consumers|analytics_engine/)
})

describe('the bundle', () => {
  let metafile: Metafile
  let text: string
  beforeAll(async () => {
    const built = await build({
      entryPoints: [join(root, 'worker/index.ts')],
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      charset: 'utf8',
      conditions: ['workerd', 'worker', 'browser'],
      external: ['cloudflare:*', 'node:*'],
    })
    metafile = built.metafile
    text = built.outputFiles[0]?.text ?? ''
  })

  test("The worker's bundle holds nothing of the site, the scripts or the tests", () => {
    const inputs = Object.keys(metafile.inputs)
    expect(inputs).toContain('worker/reports/submit.ts')
    expect(inputs.filter((path) => /^(site|scripts|test)\//.test(path))).toEqual([])
  })

  test("The worker's bundle holds no library that opens sealed reports", () => {
    const libraries = Object.keys(metafile.inputs).filter((path) =>
      path.startsWith('node_modules/'),
    )
    expect(
      libraries.filter((path) => /node_modules\/(hpke|@hpke|shamir|hash-wasm)/.test(path)),
    ).toEqual([])
  })

  test("The worker's bundle decrypts replies, and devices for alerts, and nothing else", () => {
    expect(text).toContain('worker/protocol/report/reply.ts')
    expect(text.match(/unwrapKey|deserializePrivateKey|importKey\(\s*"pkcs8"/gi)).toBeNull()
    const opening = Object.keys(metafile.inputs).filter((path) =>
      /\bdecrypt\(/.test(readFileSync(join(root, path), 'utf8')),
    )
    expect(opening.sort()).toEqual([
      'worker/alerts/seal-device.ts',
      'worker/protocol/report/reply.ts',
    ])
  })
})
