import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { root } from '#scripts/shared/paths'
import { astroArrows } from '#scripts/verify/astro-arrows'
import { deadPaths } from '#scripts/verify/doc-paths'
import { numberFaults } from '#scripts/verify/numbers'
import { roomFaults, roomFigures } from '#scripts/verify/rooms'
import { settingFaults } from '#scripts/settings/faults'
import { stringFaults } from '#scripts/content/string-faults'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-verify-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

describe('strings', () => {
  const say = (
    language: string,
    strings: Record<string, string>,
    replies: Record<string, string> = {},
  ): void => {
    write(`content/strings/${language}/site.json`, JSON.stringify(strings))
    write(`content/templates/${language}.json`, JSON.stringify(replies))
  }
  const found = (): string[] =>
    stringFaults(folder).map(({ kind, path, values }) =>
      [kind, path, values['key'] ?? ''].join(' ').trim(),
    )

  test('The check of strings accepts the same keys and placeholders in every language', () => {
    say('ky', { 'home.title': 'Оазис', 'age.hours': '{n} саат мурун' })
    say('ru', { 'age.hours': '{n} ч назад', 'home.title': 'Оазис' })
    expect(stringFaults(folder)).toEqual([])
  })

  test('The check of strings names missing or extra keys, empty texts and bad placeholders', () => {
    say('ky', { 'home.title': 'Оазис', 'age.hours': '{n} саат', 'home.lead': 'Кош келиңиз' })
    say('ru', { 'home.title': ' ', 'age.hours': '{m} ч', Extra: 'x' })
    expect(found()).toEqual([
      'key-empty content/strings/ru/site.json home.title',
      'key-form content/strings/ru/site.json Extra',
      'key-missing content/strings/ru/site.json home.lead',
      'key-extra content/strings/ru/site.json Extra',
      'key-places content/strings/ru/site.json age.hours',
    ])
  })

  test('The check of strings names a missing file and an extra file', () => {
    say('ky', { a: 'а' })
    write('content/strings/en/tell.json', '{}')
    expect(found()).toEqual([
      'strings-extra content/strings/en/tell.json',
      'strings-missing content/strings/en/site.json',
      'strings-missing content/templates/en.json',
    ])
  })

  test('The check of strings names a template that a language lacks or leaves empty', () => {
    say('ky', {}, { first: 'Кабарыңызды окудук.', wait: 'Азырынча жаңылык жок.' })
    say('ru', {}, { first: '' })
    expect(found()).toEqual([
      'key-empty content/templates/ru.json first',
      'key-missing content/templates/ru.json wait',
    ])
  })
})

describe('paths in documents', () => {
  beforeEach(() => {
    write('worker/reports/submit.ts', '')
    write('docs/operations.md', '')
  })

  test('The check of paths accepts existing paths, addresses, packages and code', () => {
    write(
      'README.md',
      [
        'See `worker/reports/submit.ts`, `worker/reports/`, `submit.ts`,',
        '[operations](docs/operations.md#keys), `/api/keys`, `@hpke/core`, `application/json`,',
        '`content-type`, `dist/_headers`, `.oasis/org/root.key`,',
        '`worker/<room>/x.ts`, [elsewhere](https://example.org/a/b), `npm run org`.',
        '```',
        '`worker/gone.ts` in a listing',
        '```',
      ].join('\n'),
    )
    expect(deadPaths(folder)).toEqual([])
  })

  test('The check of paths names each path to no file, with its document', () => {
    write('docs/map.md', 'Look at `worker/gone.ts`, `gone.ts` and [this](../missing.md).')
    expect(deadPaths(folder)).toEqual([
      'docs/map.md names worker/gone.ts, which does not exist',
      'docs/map.md names gone.ts, which does not exist',
      'docs/map.md names ../missing.md, which does not exist',
    ])
  })
})

describe('arrows of pages', () => {
  test('The check of arrows lets pages import the protocol, and the staff page the app', () => {
    write(
      'site/pages/x.astro',
      "---\nimport { VERSION } from '#protocol/limits'\nimport L from '../layouts/L.astro'\n---",
    )
    write('site/pages/staff/index.astro', "<script>import '../../staff/app/main.tsx'</script>")
    expect(astroArrows(folder)).toEqual([])
  })

  test('The check of arrows names a page that imports the worker, scripts or the staff app', () => {
    write('site/pages/a.astro', "---\nimport { x } from '#worker/reports/submit'\n---")
    write(
      'site/pages/b.astro',
      "---\nimport { x } from '../../worker/store/schema/reports.ts'\n---",
    )
    write('site/pages/c.astro', "---\nimport * as h from 'hpke'\n---")
    write('site/pages/d.astro', "<script>import '../staff/app/main.tsx'</script>")
    write('site/pages/e.astro', "---\nimport { root } from '#scripts/shared/paths'\n---")
    expect(astroArrows(folder)).toEqual([
      'site/pages/a.astro must not import worker/reports/submit',
      'site/pages/b.astro must not import worker/store/schema/reports.ts',
      'site/pages/c.astro must not import hpke',
      'site/pages/d.astro must not import site/staff/app/main.tsx',
      'site/pages/e.astro must not import scripts/shared/paths',
    ])
  })
})

describe('knots of rooms', () => {
  test('Rooms without a way back are not a knot, and an import back makes one', () => {
    write('worker/http/route.ts', "import { verb } from '../cases/verb.ts'\nexport default verb")
    write('worker/cases/verb.ts', "export { row as verb } from '#worker/store/row'")
    write('worker/store/row.ts', 'export const row = 1')
    expect(roomFaults(folder)).toEqual([])
    expect(roomFigures(folder)).toContain('worker: 3 rooms, 2 arrows, largest knot 1')
    write('worker/store/row.ts', "import '../http/route.ts'\nexport const row = 1")
    expect(roomFigures(folder)).toContain('worker: 3 rooms, 3 arrows, largest knot 3')
    expect(roomFaults(folder)).toContain('  worker/store/row.ts imports worker/http/route.ts')
  })

  test.each(['site/staff', 'site/lifeline', 'worker', 'worker/protocol', 'scripts'])(
    'An import back is found in %s',
    (part) => {
      write(`${part}/below/base.ts`, 'export const base = 1')
      write(`${part}/above/use.ts`, "import '../below/base.ts'")
      expect(roomFaults(folder)).toEqual([])
      expect(roomFigures(folder)).toContain(`${part}: 2 rooms, 1 arrows, largest knot 1`)
      write(`${part}/below/base.ts`, "import type { Use } from '../above/use.ts'")
      expect(roomFigures(folder)).toContain(`${part}: 2 rooms, 2 arrows, largest knot 2`)
      expect(roomFaults(folder)).toContain(`${part}: below is in a knot with above`)
    },
  )
})

describe('settings', () => {
  test('The settings of this project have no fault, so observability stays off', () => {
    expect(settingFaults(root)).toEqual([])
  })

  const toml = readFileSync(join(root, 'wrangler.toml'), 'utf8')

  test.each([
    ['observability', 'enabled = false', 'enabled = false\nlogs = { enabled = true }'],
    ['observability', 'enabled = false', 'enabled = false\ntraces = { enabled = true }'],
    ['observability', /\[observability\]\nenabled = false/, ''],
    ['observability', '[vars]', '[observability.logs]\nenabled = true\n\n[vars]'],
    ['env', '[vars]', '[env.production.observability]\nenabled = true\n\n[vars]'],
    ['workers_dev', 'workers_dev = false', 'workers_dev = true'],
    ['preview_urls', 'preview_urls = false', ''],
    ['logpush', 'main =', 'logpush = true\nmain ='],
    ['tail_consumers', '[vars]', '[[tail_consumers]]\nservice = "x"\n\n[vars]'],
    [
      'analytics_engine_datasets',
      '[vars]',
      '[[analytics_engine_datasets]]\nbinding = "A"\n\n[vars]',
    ],
    ['triggers', 'crons = ["* * * * *"]', 'crons = []'],
    ['ratelimits', 'name = "FLOOD_HIGH"', 'name = "FLOOD_LOW"'],
    ['ratelimits', 'limit = 600', 'limit = 1000000'],
    ['streaming_tail_consumers', '[vars]', '[[streaming_tail_consumers]]\nservice = "x"\n\n[vars]'],
    ['logfwdr', '[vars]', '[[logfwdr.bindings]]\nname = "L"\ndestination = "x"\n\n[vars]'],
    ['build', '[vars]', '[build]\ncommand = "npm run other"\n\n[vars]'],
    ['main', 'worker/index.ts', 'worker/other.ts'],
    ['assets', 'directory = "./dist"', 'directory = "./site"'],
    ['assets', ', "/_astro/*"', ''],
    ['routes', 'main =', 'routes = [{ pattern = "a.example", custom_domain = true }]\nmain ='],
    ['d1_databases', /database_id = ".*"/, 'database_id = "6b1f0f0e-0000-4000-8000-000000000000"'],
    ['vars.FLOOD_MODE', 'FLOOD_MODE = "auto"', 'FLOOD_MODE = "off"'],
    ['vars.STAFF_HOST', 'STAFF_HOST = ""', 'STAFF_HOST = "a.example"'],
    ['vars.DEBUG', '[vars]', '[vars]\nDEBUG = "1"'],
  ])('The check of wrangler.toml names a wrong value: %s', (name, from, to) => {
    write('wrangler.toml', toml.replace(from, to))
    expect(settingFaults(folder)).toEqual([expect.stringContaining(`wrangler.toml: ${name}`)])
  })

  test('The check of wrangler.toml refuses an environment that the shell names', () => {
    vi.stubEnv('CLOUDFLARE_ENV', 'staging')
    write('wrangler.toml', toml)
    expect(settingFaults(folder)).toContain('wrangler.toml: name must be "oasis"')
    vi.unstubAllEnvs()
  })

  test('The check of wrangler.toml names each missing rate limit', () => {
    write('wrangler.toml', toml.replace(/\[\[ratelimits\]\][\s\S]*?(?=# Runs the chores)/, ''))
    expect(settingFaults(folder)).toHaveLength(4)
    expect(settingFaults(folder).join()).toContain('"FLOOD_HIGH"')
  })

  test.each(['wrangler.json', 'wrangler.jsonc', '.wrangler/deploy/config.json'])(
    'The file %s is refused, because wrangler would read this file before wrangler.toml',
    (name) => {
      write('wrangler.toml', toml)
      write(name, '{ "name": "oasis", "observability": { "enabled": true } }')
      expect(settingFaults(folder)).toEqual([expect.stringContaining(name)])
    },
  )

  test('The check of settings names logs, a secret, a disabled type check and the type any', () => {
    write(
      'wrangler.toml',
      `${toml.replace('enabled = false', 'enabled = true')}\nAPI_TOKEN = "x"\n`,
    )
    // The words are split into parts, because the check also reads this file.
    write('worker/a.ts', ['// @ts-', 'ignore\nexport const a = (x: ', 'any) => x'].join(''))
    expect(settingFaults(folder)).toHaveLength(5)
  })
})

describe('numbers', () => {
  const document = (...rows: string[]): void =>
    write(
      'docs/operations/limits.md',
      ['| What | Value | Constant | File |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    )

  test('The check of numbers accepts a row in another unit, and an internal number', () => {
    write('worker/a.ts', 'export const WAIT_MS = 2 * 60_000\nconst TRIES = 3\n')
    write('site/staff/b.tsx', 'const SIZES = { free: [24, 8], paid: 1 / 16 } as const\n')
    write('worker/protocol/limits.ts', 'export const MAX_FILES = 10\n')
    write('wrangler.toml', 'name = "FLOOD"\nsimple = { limit = 15, period = 60 }\n')
    write('scripts/watch/c.ts', 'const LOAD_MS = 30_000\nconst OTHER = 7\n')
    write('scripts/verify/internal-numbers.json', '{ "a retry": { "worker/a.ts": ["TRIES"] } }')
    document(
      '| wait | 2 minutes | `WAIT_MS` | `worker/a.ts` |',
      '| sizes | 24, 8 and 1/16 | `SIZES` | `site/staff/b.tsx` |',
      '| flood | 15 in 60 seconds | `FLOOD` | `wrangler.toml` |',
      '| load | 30 seconds | `LOAD_MS` | `scripts/watch/c.ts` |',
    )
    expect(numberFaults(folder)).toEqual([])
  })

  test('The check of numbers names a changed number, a new one, and a row without one', () => {
    write('worker/a.ts', 'export const WAIT_MS = 60_000\nexport const MOST = 4 * 1024\n')
    document(
      '| wait | 2 minutes | `WAIT_MS` | `worker/a.ts` |',
      '| gone | 5 | `GONE` | `worker/a.ts` |',
    )
    expect(numberFaults(folder)).toEqual([
      'docs/operations/limits.md: worker/a.ts WAIT_MS is 60000, and the row says 2 minutes',
      'docs/operations/limits.md: worker/a.ts GONE is no number of the code',
      'worker/a.ts MOST = 4096 needs a row in docs/operations/limits.md, ' +
        'or a place under its reason in scripts/verify/internal-numbers.json',
    ])
  })

  test('The check of numbers names an internal number that is gone or documented', () => {
    write('worker/a.ts', 'const TRIES = 3\n')
    const internal = { reason: { 'worker/a.ts': ['TRIES', 'GONE'] } }
    write('scripts/verify/internal-numbers.json', JSON.stringify(internal))
    document('| tries | 3 | `TRIES` | `worker/a.ts` |')
    expect(numberFaults(folder)).toEqual([
      'scripts/verify/internal-numbers.json: worker/a.ts GONE is no number of the code',
      'worker/a.ts TRIES has a row in docs/operations/limits.md and is listed in ' +
        'scripts/verify/internal-numbers.json',
    ])
  })

  test('The check of numbers leaves out units, texts and what follows from a constant', () => {
    write(
      'worker/a.ts',
      "const DAY_MS = 86_400_000\nconst NAME = 'x'\nconst ENDS_MS = HOURS * 60\nconst two = 2\n",
    )
    document()
    expect(numberFaults(folder)).toEqual([])
  })
})
