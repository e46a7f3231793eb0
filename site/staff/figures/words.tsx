// Provides the strings of the figures screen, and the names of the rows of its tables.
import { type ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { figureStrings } from '#content/strings.ts'
import { type WholeLanguage } from '#content/languages.ts'
import { ownValue } from '../crypto/prototype-guard.ts'
import { countryNames } from '../i18n/country-names.ts'
import { useLaterTable } from '../i18n/later-words.ts'
import { textIn, useMessages, type Params, type Table } from '../i18n/messages.tsx'
import { LoadingWords } from '../ui/loading-words.tsx'

type FigureKey = keyof (typeof figureStrings)[WholeLanguage]

export interface FigureWords {
  /** Returns the text for a key with its {placeholders} filled in. */
  say: (key: FigureKey, params?: Params) => string
  /** Returns the name of a code in a table: a kind of help, a country or an HTCDS code. */
  rowName: (code: string) => string
}

const COUNTRY = /^[A-Z]{2}$/

/** Returns `forced_labour` for `ForcedLabour`, because string keys are in lower case. */
const keyOf = (code: string): string => code.replace(/(?<=.)[A-Z]/g, '_$&').toLowerCase()

/** @param ofCase  the strings of a case, which include the names of the kinds of help */
export function figureWordsFrom(lang: WholeLanguage, table: Table, ofCase: Table): FigureWords {
  const countries = countryNames(lang)
  return {
    say: textIn(table),
    rowName: (code) =>
      COUNTRY.test(code)
        ? (countries.get(code) ?? code)
        : (ownValue(table, `staff-figures.row.${keyOf(code)}`) ??
          ownValue(ofCase, `staff.help.kind.${code}`) ??
          code),
  }
}

/** Shows its children once the strings have loaded. */
export function WithFigureWords({
  children,
}: {
  children: (words: FigureWords) => ComponentChildren
}) {
  const { lang } = useMessages()
  const own = useLaterTable('staff-figures')
  const ofCase = useLaterTable('staff-case')
  const words = useMemo(
    () => own.table && ofCase.table && figureWordsFrom(lang, own.table, ofCase.table),
    [own.table, ofCase.table],
  )
  return words ? <>{children(words)}</> : <LoadingWords loads={[own, ofCase]} />
}
