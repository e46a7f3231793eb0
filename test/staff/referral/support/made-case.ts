// Generates a case with invented facts, and a colleague's choices. Each fact contains a unique
// token, so that a search of the bytes finds the fact anywhere.
import { chooseSome, happens, type Chance } from '#scripts/shared/seeded-random'
import { type LeavingFacts, type Choices, type WordSource } from '#site/staff/referral/content.ts'
import { type DetailKind } from '#site/staff/referral/cut-words.ts'
import { BASES, FIELDS, formsOf, PLACE_SIZES, type CaseField } from '#site/staff/referral/fields.ts'
import { findDetails, type KnownDetails } from '#site/staff/referral/find-details.ts'

const SYLLABLES = 'ба ве гу дө жи зу кү ла мө ну пэ ры со ту фа хе ця чу шы эң'.split(' ')
const SIGNS = ['<', '&', '"', "'", '>', '—', 'ü', '😀', '\\', '%']

/** A word that no sentence of the app contains, with letters from two alphabets and a symbol. */
function token(chance: Chance): string {
  const letters = Array.from({ length: 6 }, () => chance.one(SYLLABLES)).join('')
  const latin = Array.from({ length: 5 }, () => String.fromCharCode(97 + chance.below(26))).join('')
  return `${letters}${happens(chance, 40) ? chance.one(SIGNS) : ''}${latin}`
}

const phone = (chance: Chance): string =>
  `+996 7${chance.below(90) + 10} ${chance.below(900) + 100} ${chance.below(900) + 100}`

interface DrawnWords {
  source: WordSource
  text: string
  /** the details in the words, each with the colleague's decision */
  details: { text: string; kind: DetailKind; isKept: boolean }[]
}

export interface DrawnCase {
  facts: LeavingFacts
  choices: Choices
  /** words that were not included */
  leftOut: string[]
  included: DrawnWords[]
  known: KnownDetails
}

/** Generates words that include a name, a place, a number, an account and a date. */
function drawWords(chance: Chance, source: WordSource, known: KnownDetails): DrawnWords {
  const plain = () => token(chance).replace(/[^\p{L}]/gu, '')
  const details: DrawnWords['details'] = [
    { kind: 'name', text: chance.one(known.names) },
    { kind: 'place', text: chance.one(known.places) },
    { kind: 'number', text: phone(chance) },
    { kind: 'account', text: `@${'abcdefgh'.slice(chance.below(3))}${chance.below(9999)}x` },
    { kind: 'date', text: `${chance.below(18) + 10}.0${chance.below(9) + 1}.2025` },
  ].map((each) => ({ ...each, kind: each.kind as DetailKind, isKept: happens(chance, 30) }))
  const text = details.map((each) => `${plain()} ${each.text} ${plain()}`).join('\n')
  return { source, text, details }
}

export function drawCase(chance: Chance): DrawnCase {
  const value = (field: CaseField): string =>
    field === 'age' ? `${chance.below(60) + 10} ${token(chance)}` : token(chance)
  const facts: LeavingFacts = {
    values: Object.fromEntries(FIELDS.map((each) => [each, value(each)])) as Record<
      CaseField,
      string
    >,
    isKnownChild: happens(chance, 20),
    countries: { origin: token(chance), place: token(chance) },
    sizes: { origin: chance.one(PLACE_SIZES), place: chance.one([...PLACE_SIZES, null]) },
    others: ['1', '2', '3'].map((id) => ({ id, name: token(chance), role: 'relative' as const })),
  }
  const plainName = () => token(chance).replace(/[^\p{L}]/gu, '')
  const known = { names: [plainName(), plainName()], places: [plainName()] }
  const all = (['letter', 'note', 'summary'] as const).map((each) => drawWords(chance, each, known))
  const included = chooseSome(chance, all, chance.below(3))
  const basis = chance.one(BASES)
  const choices: Choices = {
    basis,
    forms: Object.fromEntries(
      FIELDS.map((field) => [
        field,
        chance.one(
          happens(chance, 80)
            ? formsOf(field, basis)
            : (['whole', 'country', 'band', 'town'] as const),
        ),
      ]),
    ),
    ticked: chooseSome(chance, FIELDS, chance.below(FIELDS.length)),
    words: included.map((words) => decided(words, known)),
    consenting: chooseSome(chance, ['1', '2', '3'], chance.below(4)),
  }
  return {
    ...{ facts, choices, included, known },
    leftOut: all.filter((each) => !included.includes(each)).map(({ text }) => text),
  }
}

/** Decides every mark as the colleague did: a mark that covers a kept detail stays. */
function decided({ source, text, details }: DrawnWords, known: KnownDetails) {
  const found = findDetails(text, known)
  const kept = details.filter(({ isKept }) => isKept)
  return {
    source,
    text: found.text,
    marks: found.marks.map((mark) => {
      const covered = found.text.slice(mark.from, mark.to)
      const keeps = kept.some((each) => covered.includes(each.text))
      return { ...mark, decision: keeps ? ('keep' as const) : ('remove' as const) }
    }),
  }
}
