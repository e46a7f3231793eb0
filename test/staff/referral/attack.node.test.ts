// Tests what an attacker with the paper, the page and its digits learns about omitted details.
import { createDecipheriv, pbkdf2Sync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { bundleOpener } from '#site/integrations/letter-opener.ts'
import { leavingContent, mayBeChild, type ReferralContent } from '#site/staff/referral/content.ts'
import { letterOf } from '#site/staff/referral/letter.ts'
import { makePaper } from '#site/staff/referral/letter-html.ts'
import { drawDigits, makeLetterPage } from '#site/staff/referral/page/make-page.ts'
import { SAMPLED, sampleOf, seedFor } from '#test/sample.ts'
import { drawCase, type DrawnCase } from './support/made-case.ts'
import { carriedIn } from './support/search-bytes.ts'
import { allWords } from './support/words.ts'

const CASES = 200
let opener: string
beforeAll(async () => void (opener = await bundleOpener()))

const FACTS = {
  number: '2026-041',
  receiver: { name: 'Тунук', kind: 'organisation' as const },
  ...{ day: '2026-12-01', answerBy: '2026-12-04', answers: 'Фонд' },
  ...{ consent: null, ground: null, hasSecond: true },
}

/** Opens the sealed part of a page according to the documented format, without the app's code. */
function openedByHand(page: Uint8Array, digits: string): Buffer {
  const html = Buffer.from(page).toString()
  const read = (name: string): string => new RegExp(`"${name}":"?([\\w-]+)`).exec(html)?.[1] ?? ''
  const salt = Buffer.from(read('salt'), 'base64url')
  const key = pbkdf2Sync(digits, salt, Number(read('rounds')), 32, 'sha256')
  const sealed = Buffer.from(/"sealed":"([\w-]+)"/.exec(html)?.[1] ?? '', 'base64url')
  const opening = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  opening.setAAD(Buffer.from('oasis/v1/referral-page'))
  opening.setAuthTag(sealed.subarray(-16))
  // The padding stays in the result, because nothing may be hidden in the padding either.
  return Buffer.concat([opening.update(sealed.subarray(12, -16)), opening.final()])
}

interface Choice {
  left: string[]
  out: string[]
}

const LIFE = new Set(['place', 'danger', 'found_there'])

/** Restates the written rules for which content may be sent and which may not. */
function judge({ facts, choices, leftOut, included }: DrawnCase): Choice {
  const [left, out]: [string[], string[]] = [[], []]
  const isLife = choices.basis === 'life'
  const isYoung = mayBeChild(facts)
  for (const [field, value] of Object.entries(facts.values)) {
    const form = choices.forms[field as keyof typeof choices.forms]
    const isAlone = ['school', 'village', 'place', 'origin'].includes(field) && isYoung && !isLife
    const isTicked = !isAlone || choices.ticked.some((each) => each === field)
    const isOffered = isLife ? LIFE.has(field) : !['danger', 'found_there'].includes(field)
    ;(form === 'whole' && isOffered && isTicked ? left : out).push(value)
  }
  for (const field of ['place', 'origin'] as const)
    (choices.forms[field] === 'country' && !isLife ? left : out).push(facts.countries[field])
  for (const { id, name } of facts.others)
    (choices.consenting.includes(id) && !isLife ? left : out).push(name)
  for (const text of leftOut) out.push(...text.split('\n'))
  for (const { details, text } of included)
    if (isLife) out.push(...text.split('\n'))
    else for (const each of details) (each.isKept ? left : out).push(each.text)
  // A detail may be kept in one text and removed in another.
  return { left, out: out.filter((each) => !left.some((kept) => kept.includes(each))) }
}

const longEnough = (texts: readonly string[]): string[] => texts.filter((each) => each.length > 3)

describe('two hundred random cases and choices', () => {
  const chance = chanceFrom(seedFor('attack on what leaves'))
  const drawn = Array.from({ length: CASES }, () => drawCase(chance))
  const made = drawn.map((each): [DrawnCase, ReferralContent] => [
    each,
    leavingContent(each.facts, each.choices),
  ])

  test('The paper carries all that leaves, and nothing that was left out', () => {
    for (const [at, [each, content]] of made.entries()) {
      const words = allWords[at % allWords.length]!
      const paper = makePaper(letterOf(content, FACTS, words))
      const { left, out } = judge(each)
      const searched = longEnough(out)
      expect({ at, found: carriedIn(paper, searched) }).toEqual({ at, found: [] })
      expect(carriedIn(paper, left)).toEqual(left)
    }
  })

  test('A field that leaves although nobody chose it is found', () => {
    const [each] = drawn.filter(({ choices }) => choices.basis !== 'life')
    const leaking = { ...each!.choices, forms: { ...each!.choices.forms, name: 'whole' as const } }
    const { name } = each!.facts.values
    const paper = makePaper(letterOf(leavingContent(each!.facts, leaking), FACTS, allWords[0]!))
    const kept = { ...each!.choices, forms: { ...each!.choices.forms, name: 'out' as const } }
    const { out } = judge({ ...each!, choices: kept })
    expect(carriedIn(paper, longEnough(out))).toEqual([name])
  })

  test('The page carries nothing outside, and inside only what leaves', SAMPLED, async () => {
    // Each page needs two key derivations with 600,000 rounds.
    for (const [at, [each, content]] of made.slice(-sampleOf(20, CASES)).entries()) {
      const words = allWords[at % allWords.length]!
      const digits = drawDigits()
      const page = await makeLetterPage(letterOf(content, FACTS, words), digits, allWords, opener)
      const { left, out } = judge(each)
      const everything = longEnough([...left, ...out])
      expect({ at, found: carriedIn(page, [...everything, digits]) }).toEqual({ at, found: [] })
      const inside = openedByHand(page, digits)
      expect({ at, found: carriedIn(inside, longEnough(out)) }).toEqual({ at, found: [] })
      expect(carriedIn(inside, left)).toEqual(left)
    }
  })
})

describe('the search itself', () => {
  const hidden = 'Айпери-тень'
  test.each([
    ['plainly', hidden],
    ['in a comment', `<!-- ${hidden} -->`],
    ['in an alternative text', `<img alt="${hidden}">`],
    ['in a hidden element', `<p hidden>${hidden}</p>`],
    ['in base64', Buffer.from(`xy${hidden} and more`).toString('base64')],
    ['in base64 of UTF-16', Buffer.from(`x${hidden}`, 'utf16le').toString('base64url')],
    ['in percents', encodeURIComponent(hidden)],
    ['in entities', Array.from(hidden, (each) => `&#${each.codePointAt(0)};`).join('')],
    [
      'in escapes',
      Array.from(hidden, (each) => `\\u0${each.charCodeAt(0).toString(16)}`)
        .join('')
        .replace('\\u02d', '-'),
    ],
    ['in capitals', hidden.toUpperCase()],
  ])('A text that stands in a file %s is found', (_, text) => {
    expect(carriedIn(Buffer.from(`<html>${text}</html>`), [hidden, 'другое'])).toEqual([hidden])
  })

  test('A text in UTF-16 is found', () => {
    expect(carriedIn(Buffer.from(`<p>${hidden}`, 'utf16le'), [hidden])).toEqual([hidden])
  })
})
