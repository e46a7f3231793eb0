// Finds the numbers inside a sentence, so that a person can tap each number to call it.
import { contacts } from '#content/published.ts'

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** The link for each published number, keyed by its digits as printed and as dialled. */
const ways = new Map(
  contacts.flatMap(({ tel, display, sms, codes }) => [
    [digitsOf(display), `tel:${tel}`],
    [digitsOf(tel), `tel:${tel}`],
    ...(codes ?? []).map((code) => [code.tel, `tel:${code.tel}`]),
    ...(sms === undefined ? [] : [[sms, `sms:${sms}`]]),
  ]) as [string, string][],
)

/** A number in a sentence: at least three digits or spaces. YEAR excludes years. */
const NUMBER = /(\+?\d[\d ]+\d)/
const YEAR = /^(19|20)\d\d$/

export interface Piece {
  text: string
  href?: string
}

/** Splits a sentence at its numbers. @throws for a number that no record contains */
export function dialPieces(sentence: string): Piece[] {
  return sentence.split(NUMBER).map((text, at) => {
    if (at % 2 === 0 || YEAR.test(text)) return { text }
    const href = ways.get(digitsOf(text))
    if (href === undefined) throw new Error(`contacts.json has no number ${text}: ${sentence}`)
    return { text, href }
  })
}
