// Checks the result of the offer check: unsure answers, and the link for readers under 18.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { offerCheck } from '#content/offer-check.ts'
import { judgeOffer, type Answered } from '#site/enhance/offer-check/judge-offer.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { dist } from './built.ts'

const { flags } = offerCheck
/** Answers the first questions with "I do not know", and the others with "no". */
const unsure = (count: number): Answered[] =>
  flags.map(({ weight }, at) => ({ weight, answer: at < count ? 'unsure' : 'no' }))

describe('unsure answers', () => {
  test('One to twelve answers "I do not know" lead to the result "ask", never to "stop"', () => {
    for (let count = 1; count <= flags.length; count += 1)
      expect(judgeOffer(unsure(count)), `${count}`).toBe('ask')
  })

  test('Unsure answers do not turn a light sign into the result "stop"', () => {
    const light = flags.find(({ weight }) => weight < 3)
    const answers = flags.map(({ id, weight }): Answered => ({
      weight,
      answer: id === light?.id ? 'yes' : 'unsure',
    }))
    expect(judgeOffer(answers)).toBe('ask')
  })

  test('One heavy sign among unsure answers leads to the result "stop"', () => {
    const heavy = flags.find(({ weight }) => weight === 3)
    const answers = flags.map(({ id, weight }): Answered => ({
      weight,
      answer: id === heavy?.id ? 'yes' : 'unsure',
    }))
    expect(judgeOffer(answers)).toBe('stop')
  })
})

describe.each(languages)('the page in %s', (lang) => {
  const html = readFileSync(join(dist, pathOf(lang, 'offer-check'), 'index.html'), 'utf8')

  test('Only the answer "yes" shows points beside it', () => {
    const labels = [...html.matchAll(/<input type="?radio[^>]*value="?(\w+)[\s\S]*?<\/label>/g)]
    expect(labels).toHaveLength(3 * flags.length)
    for (const [label, value] of labels)
      expect(label.includes('adding'), label).toBe(value === 'yes')
  })

  test('A reader under 18 finds their page before the questions and in the result', () => {
    const link = `href="${pathOf(lang, 'under-18')}"`
    const [before = ''] = html.split('<form id="offer"')
    const result = /<section class="outcome" id="result"[\s\S]*?<\/section>/.exec(html)?.[0]
    expect(before.slice(before.indexOf('<h1'))).toContain(link)
    expect(result).toContain(link)
  })
})
