// Checks that no file name and no exported name contains a word that the glossary bans. Also checks
// that the glossary contains each term once, and that each row's files contain its code names.
import { existsSync, readFileSync, statSync } from 'node:fs'
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

/**
 * Returns the terms that the glossary contains twice. The comparison ignores `to` and any part in
 * brackets.
 */
function doubledTerms(glossary: string): string[] {
  const [tables = ''] = glossary.split('## Words that are not used')
  const terms = [...tables.matchAll(/^\| ([^|]+?) +\|/gm)]
    .flatMap(([, names = '']) => names.replaceAll('**', '').split(', '))
    .map((term) => term.replace(/^to /, '').replace(/ \(.*\)$/, ''))
    .filter((term) => term !== 'Term' && !/^-+$/.test(term))
  return [...new Set(terms.filter((term, at) => terms.indexOf(term) !== at))]
}

/** A row of a table with its last cell, which lists paths and names from the code. */
const LAST_CELL = /^\|.*\|([^|\n]*`[^|\n]*)\|$/gm
const QUOTED = /`([^`\n]+)`/g
const NAME = /^[A-Za-z]\w+$/

/** Returns the code names that none of the files in their row contain. */
function strayNames(folder: string, glossary: string): string[] {
  const [tables = ''] = glossary.split('## Words that are not used')
  return [...tables.matchAll(LAST_CELL)].flatMap(([, cell = '']) => {
    const quoted = [...cell.matchAll(QUOTED)].map(([, text = '']) => text)
    const paths = quoted.filter((text) => existsSync(join(folder, text)))
    const text = paths.map((path) => textUnder(folder, path)).join('\n')
    const isThere = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(text)
    return quoted.filter((name) => NAME.test(name) && !paths.includes(name) && !isThere(name))
  })
}

const textUnder = (folder: string, path: string): string => {
  const isFolder = statSync(join(folder, path)).isDirectory()
  const files = isFolder ? filesUnder(folder).filter((file) => file.startsWith(path)) : [path]
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
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
  const stray = strayNames(folder, glossary).map(
    (name) => `${GLOSSARY} names ${name}, which no file of its row contains`,
  )
  return [...twice, ...stray, ...inNames]
}
