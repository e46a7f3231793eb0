// Compares the Help texts with the labels that they quote, and with docs/operations/. Vitest's `-u`
// option rewrites the steps in these documents.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  documentOf,
  helpFaults,
  helpKeysOf,
  readStrings,
  withSteps,
} from '#scripts/content/help-steps'
import { root } from '#scripts/shared/paths'
import { HELP_PAGES } from '#site/staff/help/pages.ts'

test.each(HELP_PAGES)('The document of the page %s has the steps of Help', async (page) => {
  const path = join(root, documentOf(page))
  const document = withSteps(root, page, readFileSync(path, 'utf8'))
  if (document === null) throw new Error(`${path} has no place for the steps`)
  const options = { ...(await resolveConfig(path)), parser: 'markdown' }
  await expect(await format(document, options)).toMatchFileSnapshot(path)
})

test('Every sentence of Help is on a page, or the source of the staff app names it', () => {
  const folder = join(root, 'site/staff')
  const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const named = [...source.matchAll(/['`](staff-help\.[^'`]+)['`]/g)]
    .map(([, key = '']) => key)
    // Keys of this form belong to sentences of the pages, which `HELP_PAGES` already lists.
    .filter((key) => !key.startsWith('staff-help.${page}') && !key.startsWith('staff-help.${each}'))
    .map((key) => new RegExp(`^${key.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '\\w+')}$`))
  const onPages = HELP_PAGES.flatMap(helpKeysOf)
  for (const key of Object.keys(readStrings(root, 'ky', 'staff-help'))) {
    const isOnPage = onPages.includes(key.replace(/\.more$/, ''))
    expect(isOnPage || named.some((pattern) => pattern.test(key)), key).toBe(true)
  }
})

describe('a fault of the steps', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'oasis-help-'))
    for (const name of ['content/strings', 'docs/operations'])
      cpSync(join(root, name), join(folder, name), { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function change(file: string, from: string, to: string): void {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    expect(text, file).toContain(from)
    writeFileSync(path, text.replace(from, to))
  }

  test('The words and the documents of this project have none', () => {
    expect(helpFaults(folder)).toEqual([])
  })

  test('A quoted label that no string has is named', () => {
    change('content/strings/ky/staff-help.json', '{staff.own.session.others}', '{staff.own.gone}')
    expect(helpFaults(folder)).toContain(
      'ky/staff-help.json: staff-help.phone.others quotes staff.own.gone, which no screen has',
    )
  })

  test('A renamed button renames the step, so that the document is too old', () => {
    change(
      'content/strings/en/staff.json',
      '"staff.own.session.others": "',
      '"staff.own.session.others": "Now ',
    )
    expect(helpFaults(folder)).toEqual([
      expect.stringMatching(/^docs\/operations\/lost-phone\.md has other steps/),
    ])
  })

  test('A step that one language lacks is named, and so is a quote that one language lacks', () => {
    change(
      'content/strings/ru/staff-help.json',
      '"staff-help.flood.call"',
      '"staff-help.flood.other"',
    )
    change('content/strings/ru/staff-help.json', '{staff.own.add.prf}', 'кнопку')
    expect(helpFaults(folder)).toEqual(
      expect.arrayContaining([
        'ru/staff-help.json: staff-help.flood.call is missing',
        'ru/staff-help.json: staff-help.phone.add quotes other labels than in en',
      ]),
    )
  })

  test('A quoted label with a value that Help cannot fill is named', () => {
    change(
      'content/strings/en/staff-help.json',
      '{staff.own.session.others}',
      '{staff.invite.ready}',
    )
    expect(helpFaults(folder)).toContain(
      'en/staff-help.json: staff-help.phone.others quotes staff.invite.ready, whose value is open',
    )
  })
})
