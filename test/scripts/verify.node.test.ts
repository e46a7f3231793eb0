import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root } from '#scripts/paths'
import { astroArrows } from '#scripts/verify/astro-arrows'
import { deadPaths } from '#scripts/verify/doc-paths'
import { settingFaults } from '#scripts/verify/settings'
import { stringFaults } from '#scripts/verify/strings'

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
  const say = (language: string, strings: Record<string, string>) =>
    write(`content/strings/${language}/site.json`, JSON.stringify(strings))

  test('the same keys and placeholders in every language pass', () => {
    say('ky', { 'home.title': 'Оазис', 'age.hours': '{n} саат мурун' })
    say('ru', { 'age.hours': '{n} ч назад', 'home.title': 'Оазис' })
    expect(stringFaults(folder)).toEqual([])
  })

  test('a missing key, an extra key, an empty text, another placeholder and a wrong key are named', () => {
    say('ky', { 'home.title': 'Оазис', 'age.hours': '{n} саат', 'home.lead': 'Кош келиңиз' })
    say('ru', { 'home.title': ' ', 'age.hours': '{m} ч', Extra: 'x' })
    expect(stringFaults(folder)).toEqual([
      'ru/site.json: home.title is empty',
      'ru/site.json: the key Extra is not dotted lowercase',
      'ru/site.json: home.lead is missing',
      'ru/site.json: Extra is in no other language',
      'ru/site.json: age.hours has other {placeholders} than in Kyrgyz',
    ])
  })

  test('a missing file and a file too many are named', () => {
    say('ky', { a: 'а' })
    write('content/strings/en/tell.json', '{}')
    expect(stringFaults(folder)).toEqual([
      'en/tell.json: there is no such file in Kyrgyz',
      'en/site.json is missing',
    ])
  })
})

describe('paths in documents', () => {
  beforeEach(() => {
    write('worker/reports/submit.ts', '')
    write('docs/operations.md', '')
  })

  test('living paths, addresses, packages and code pass', () => {
    write(
      'README.md',
      [
        'See `worker/reports/submit.ts`, `worker/reports/`, `submit.ts`, [operations](docs/operations.md#keys),',
        '`/api/keys`, `@hpke/core`, `application/json`, `content-type`, `dist/_headers`, `.oasis/org/root.key`,',
        '`worker/<room>/x.ts`, [elsewhere](https://example.org/a/b), `npm run org`.',
        '```',
        '`worker/gone.ts` in a listing',
        '```',
      ].join('\n'),
    )
    expect(deadPaths(folder)).toEqual([])
  })

  test('dead paths are named with their document', () => {
    write('docs/map.md', 'Look at `worker/gone.ts`, `gone.ts` and [this](../missing.md).')
    expect(deadPaths(folder)).toEqual([
      'docs/map.md names worker/gone.ts, which does not exist',
      'docs/map.md names gone.ts, which does not exist',
      'docs/map.md names ../missing.md, which does not exist',
    ])
  })
})

describe('arrows of pages', () => {
  test('a page may use the protocol, and the staff page the staff app', () => {
    write(
      'site/pages/x.astro',
      "---\nimport { VERSION } from '#protocol/limits'\nimport L from '../layouts/L.astro'\n---",
    )
    write('site/pages/staff/index.astro', "<script>import '../../staff/main.tsx'</script>")
    expect(astroArrows(folder)).toEqual([])
  })

  test('a page that reaches into the worker, the scripts, opening code or the staff app is named', () => {
    write('site/pages/a.astro', "---\nimport { x } from '#worker/reports/submit'\n---")
    write('site/pages/b.astro', "---\nimport { x } from '../../worker/store/schema.ts'\n---")
    write('site/pages/c.astro', "---\nimport * as h from 'hpke'\n---")
    write('site/pages/d.astro', "<script>import '../staff/main.tsx'</script>")
    write('site/pages/e.astro', "---\nimport { root } from '#scripts/paths'\n---")
    expect(astroArrows(folder)).toEqual([
      'site/pages/a.astro must not import worker/reports/submit',
      'site/pages/b.astro must not import worker/store/schema.ts',
      'site/pages/c.astro must not import hpke',
      'site/pages/d.astro must not import site/staff/main.tsx',
      'site/pages/e.astro must not import scripts/paths',
    ])
  })
})

describe('settings', () => {
  test('observability stays off in this project', () => {
    expect(settingFaults(root)).toEqual([])
  })

  test('logs switched on, a secret, and a switched-off type are named', () => {
    write('wrangler.toml', '[observability]\nenabled = true\n[vars]\nAPI_TOKEN = "x"\n')
    write('worker/a.ts', `// @ts-${'ignore'}\nexport const a = (x: ${'any'}) => x`)
    expect(settingFaults(folder)).toHaveLength(4)
  })
})
