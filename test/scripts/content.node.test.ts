import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { easeOf, proseOf } from '#scripts/content/ease'
import { languages } from '#content/languages.ts'
import { recordingFaults, recordingLines } from '#scripts/content/recordings'
import { contentReport } from '#scripts/content/report'
import { root } from '#scripts/shared/paths'
import { madeClip } from '#test/clip.ts'

const DAY_MS = 86_400_000
const NOW = Date.parse('2026-11-25')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-content-'))
  cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function change(path: string, from: string | RegExp, to: string): void {
  const file = join(folder, 'content', path)
  const text = readFileSync(file, 'utf8')
  const changed = text.replace(from, to)
  expect(changed, path).not.toBe(text)
  writeFileSync(file, changed)
}

const linesOf = (title: string, now = NOW): string[] => {
  const chapter = contentReport(folder, now).find((each) => each.title.startsWith(title))
  if (chapter === undefined) throw new Error(`no chapter ${title}`)
  return chapter.lines()
}

describe('the content report', () => {
  test('The content report names a recording that is too large, missing or no Opus', () => {
    const clip = (lang: string, id: string): string => `/audio/${lang}/${id}.opus`
    const name = (id: string, lang: string): void =>
      change(
        'recordings.json',
        new RegExp(`("id": "${id}",[^}]*"clips": )\\{\\}`),
        `$1{ "${lang}": "${clip(lang, id)}" }`,
      )
    const put = (lang: string, id: string, bytes: Buffer): void => {
      mkdirSync(join(folder, 'content/audio', lang), { recursive: true })
      writeFileSync(join(folder, 'content', clip(lang, id)), bytes)
    }
    expect(recordingFaults(folder)).toEqual([])
    for (const id of ['help-lead', 'help-police', 'home-promise', 'help-traces']) name(id, 'ky')
    put('ky', 'help-lead', Buffer.concat([madeClip(1), Buffer.alloc(9_300)]))
    put('ky', 'home-promise', Buffer.concat([madeClip(1), Buffer.alloc(9_300)]))
    put('ky', 'help-traces', Buffer.from('ID3 no Opus'))
    put('ru', 'tell-lead', madeClip(1))
    expect(recordingFaults(folder)).toEqual([
      expect.stringMatching(
        /^content\/audio\/ky\/help-lead\.opus has \d+ bytes; a clip with .* at most 9300$/,
      ),
      'content/audio/ky/help-police.opus: the file is missing',
      'content/audio/ky/help-traces.opus is no Ogg file with Opus inside',
      'content/audio/ru/tell-lead.opus: no record of recordings.json has it among its clips',
    ])
  })

  test('The list of recordings has forty sentences in each language, each with a length', () => {
    const lines = recordingLines(folder)
    for (const lang of languages) {
      const at = lines.findIndex((line) => line.startsWith(`${lang}: 40 sentences, `))
      expect(lines[at], lang).toMatch(/\d+ words, about \d+ minutes; 40 not recorded yet$/)
      expect(lines[at + 1]).toMatch(/^ {4}\d+ words, \d+ s · content\/audio\/.*\.opus · /)
    }
    change('strings/en/site.json', /("home\.promise": ").*"/, '$1Other words."')
    expect(recordingLines(folder).join()).toContain('Other words.')
  })

  test('The content report names a record checked 91 days ago and none of 90 days', () => {
    const checked = Date.parse('2026-11-24')
    expect(linesOf('Not checked', checked + 90 * DAY_MS)).toEqual([])
    expect(linesOf('Not checked', checked + 91 * DAY_MS)).toContain('contacts.json KG-01')
    expect(linesOf('Not checked', checked + 91 * DAY_MS)).toContain('offer-check.json')
  })

  test('The content report names each need of the opening', () => {
    expect(linesOf('Must be known').join()).toContain('foundation.exit:')
  })

  test('The content report names words that a native reader has to judge', () => {
    expect(linesOf('Words that')).toContain('ru nav.privacy: Приватность (or: Конфиденциальность)')
  })

  test('The content report names every text that no native reader has read', () => {
    expect(linesOf('Awaits a native')[0]).toMatch(/^ky: .*\babout\b.*\boffer\.json\b/)
    change('pages/ky/about.mdx', 'reviewed: false', 'reviewed: true')
    change('reviewed.json', '"ky": []', '"ky": ["offer.json"]')
    expect(linesOf('Awaits a native')[0]).not.toMatch(/\babout\b|offer\.json/)
  })

  test('Templates of replies await a native reader, and count in the reading ease', () => {
    expect(linesOf('Awaits a native').join()).toMatch(
      /ky: .*\breplies\.json\b.*ru: .*\breplies\.json\b/,
    )
    change('reviewed.json', '"ky": []', '"ky": ["replies.json"]')
    expect(linesOf('Awaits a native')[0]).not.toContain('replies.json')
    expect(linesOf('Reading ease').join()).toContain('replies.json')
  })

  test('The content report names a figure in a text that cites no fact', () => {
    change('pages/en/network.mdx', /$/, '\nIn 2019 it was 45 %.\n')
    expect(linesOf('Figures')).toContain('en/network: 2019, 45 %')
  })
})

describe('reading ease', () => {
  test('Reading ease counts words in a sentence and long words in a hundred', () => {
    // The text has two sentences of four words. Two of the eight words are long.
    expect(easeOf('This is a contract. They keep everything here.', 'en')).toEqual({
      lix: 29,
      words: 8,
      longest: 4,
    })
    expect(easeOf('', 'ky').words).toBe(0)
  })

  test('Reading ease counts the running text only', () => {
    const mdx =
      '---\ntitle: No\n---\n\n<p class="lead">One [two](/ky/).</p>\n\n- **Three** four\n\n' +
      "| A | B |\n|---|---|\n| c | d |\n\n<Facts ids={['x']} />\n"
    expect(proseOf(mdx).match(/\w+/g)).toEqual(['One', 'two', 'Three', 'four', 'A', 'B', 'c', 'd'])
  })
})
