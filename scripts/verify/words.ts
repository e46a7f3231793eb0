// Checks that no file name and no exported name contains a word that the glossary bans. Checks also
// that the glossary enters each term once.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { filesUnder } from '#scripts/shared/paths'

const GLOSSARY = 'docs/glossary.md'
const ROOMS = /^(content|scripts|site|test|worker)\//
const EXPORTED = /^export (?:async )?(?:function\*?|const|let|class|type|interface) (\w+)/gm

/** Returns the banned words: the first column of the last table of the glossary. */
function bannedWords(glossary: string): string[] {
  const table = glossary.split('## Words that are not used')[1] ?? ''
  return [...table.matchAll(/^\| ([a-z][a-z-]*) +\|/gm)].map(([, word = '']) => word)
}

/** Returns the terms that the glossary enters twice. `to` and parts in brackets do not count. */
function doubledTerms(glossary: string): string[] {
  const [tables = ''] = glossary.split('## Words that are not used')
  const terms = [...tables.matchAll(/^\| ([^|]+?) +\|/gm)]
    .flatMap(([, names = '']) => names.replaceAll('**', '').split(', '))
    .map((term) => term.replace(/^to /, '').replace(/ \(.*\)$/, ''))
    .filter((term) => term !== 'Term' && !/^-+$/.test(term))
  return [...new Set(terms.filter((term, at) => terms.indexOf(term) !== at))]
}

/** Splits a name into its words: `openHandedLetter` is open, handed, letter. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)

export function wordFaults(folder: string): string[] {
  if (!existsSync(join(folder, GLOSSARY))) return [`${GLOSSARY} is missing`]
  const glossary = readFileSync(join(folder, GLOSSARY), 'utf8')
  const banned = bannedWords(glossary)
  if (banned.length === 0) return [`${GLOSSARY} names no word that is not used`]
  const bannedIn = (name: string): string | undefined => {
    const words = `-${wordsOf(name).join('-')}-`
    return banned.find((word) => words.includes(`-${word}-`) || words.includes(`-${word}s-`))
  }
  const inNames = filesUnder(folder)
    .filter((path) => ROOMS.test(path))
    .flatMap((path) => {
      const name = basename(path).replace(/\..*$/, '')
      const exported = /\.tsx?$/.test(path)
        ? [...readFileSync(join(folder, path), 'utf8').matchAll(EXPORTED)].map(
            ([, each = '']) => each,
          )
        : []
      return [name, ...exported].flatMap((each) => {
        const word = bannedIn(each)
        return word === undefined ? [] : [`${path}: ${each} has the word ${word}; see ${GLOSSARY}`]
      })
    })
  const twice = doubledTerms(glossary).map((term) => `${GLOSSARY} enters the term ${term} twice`)
  return [...twice, ...inNames]
}
