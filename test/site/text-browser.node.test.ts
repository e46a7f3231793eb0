// Checks the words that a text browser shows on a page for a person in danger. A text browser
// ignores styles and the `hidden` attribute, and does not run scripts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { textOf } from '#site/i18n/text.ts'
import { dist } from './built.ts'

type Node = DefaultTreeAdapterTypes.ChildNode

const wordsOf = (node: Node): string => {
  if (node.nodeName === 'script' || node.nodeName === 'style') return ''
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(wordsOf).join(' ') : ''
}

const shownOn = (lang: string, page: string): string =>
  parse(readFileSync(join(dist, lang, page, 'index.html'), 'utf8'))
    .childNodes.map(wordsOf)
    .join(' ')

test('Without a script tell says neither that a letter arrived nor that one can be taken', () => {
  for (const lang of languages)
    for (const page of ['tell', 'tell/form']) {
      const shown = shownOn(lang, page)
      expect(shown, lang).toContain(textOf(lang, 'tell.danger'))
      for (const key of ['done.heading', 'done.number', 'tell.again', 'tell.hand', 'tell.next'])
        expect(shown, `${lang} ${page} ${key}`).not.toContain(textOf(lang, key))
    }
})

test('Without a script answer does not say that the number stays on the device', () => {
  for (const lang of languages) {
    const shown = shownOn(lang, 'answer')
    expect(shown).toContain(textOf(lang, 'answer.plain.how'))
    expect(shown).not.toContain(textOf(lang, 'answer.memory'))
  }
})
