// Reads a sum of money as people write it: "2500$", "3 млн рубль", "2-3 тысячи долларов".
import { formsOf, isStemOf, stemOf } from './spell-word.ts'

/** The words for a currency, with the sum from which a month's pay is far above normal. */
export interface Currency {
  words: readonly string[]
  from: number
  /** True for the money of the reader's own country: a small sum of it means a job at home. */
  isHome: boolean
}

export interface Money {
  currencies: readonly Currency[]
  /** Words that multiply the number before them. */
  times: readonly (readonly [value: number, words: readonly string[]])[]
}

/** A day's pay is high from the twentieth part of a high month's pay. */
const DAYS = 20

function isOneOf(word: string, written: readonly string[]): boolean {
  const forms = formsOf(word)
  return written.some((stem) => forms.some((form) => isStemOf(stemOf(stem), form)))
}

/** Returns the forms of a sum: `#`, and `#day`, `#month` for high pay, `#home` for low pay. */
function formsOfSum(value: number, { from, isHome }: Currency): string[] {
  const forms = ['#']
  if (value >= from / DAYS) forms.push('#day')
  if (value >= from) forms.push('#month')
  else if (isHome) forms.push('#home')
  return forms
}

// A number with its thousands apart or a decimal, alone or as the end of a range.
const NUMBER =
  /^(?:\d+(?:[.,]\d+)?\s?[-–—]\s?)?(\d{1,3}(?:[ \u00a0.,’']\d{3})+(?!\d)|\d+(?:[.,]\d+)?)/
const UNIT = /^[ \u00a0.]*([A-Za-z\u0400-\u04ff]+|[$€£₽₸₩])/

const valueOf = (number: string): number =>
  /^\d{1,3}(?:[ \u00a0.,’']\d{3})+$/.test(number)
    ? Number(number.replace(/\D/g, ''))
    : Number(number.replace(',', '.'))

/** Reads a sum at the beginning of a text: its length and forms. Returns null if none is there. */
export function sumAt(text: string, money: Money): { length: number; forms: string[] } | null {
  if (!/^[^\s\d]*\s?\d/.test(text)) return null
  let end = 0
  let currency: Currency | undefined
  const unit = (): string | undefined => UNIT.exec(text.slice(end, end + 24))?.[0]
  const currencyOf = (written: string): Currency | undefined =>
    money.currencies.find(({ words }) => isOneOf(written.replace(/^[ \u00a0.]+/, ''), words))

  const before = /^\d/.test(text) ? undefined : unit()
  if (before !== undefined) {
    currency = currencyOf(before)
    if (currency === undefined) return null
    end += before.length
    end += /^\s?/.exec(text.slice(end))?.[0].length ?? 0
  }
  const number = NUMBER.exec(text.slice(end, end + 40))
  if (number === null) return null
  end += number[0].length
  let value = valueOf(number[1] ?? '')
  for (let next = unit(); next !== undefined; next = unit()) {
    const written = next.replace(/^[ \u00a0.]+/, '')
    const times = money.times.find(([, words]) => isOneOf(written, words))
    if (times) value *= times[0]
    else if (currency === undefined) {
      currency = currencyOf(next)
      if (currency === undefined) break
    } else break
    end += next.length
  }
  return currency === undefined ? null : { length: end, forms: formsOfSum(value, currency) }
}
