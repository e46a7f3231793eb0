import { beforeAll, describe, expect, test } from 'vitest'
import { concat, fromUtf8, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { padText } from '#protocol/crypto/padding'
import { bundleOpener } from '#site/integrations/letter-opener.ts'
import { makePaper, readPaper } from '#site/staff/referral/letter-html.ts'
import { makeFile, readFile } from '#site/staff/referral/made-file.ts'
import { drawDigits, makeLetterPage, openLetterPage } from '#site/staff/referral/page/make-page.ts'
import {
  openUnderDigits,
  sealUnderDigits,
  type SealedLetter,
} from '#site/staff/referral/page/sealed-letter.ts'
import { type Letter } from '#site/staff/referral/pieces.ts'
import { allWords } from './support/words.ts'

const letter: Letter = {
  lang: 'ru',
  pieces: [
    ['h1', 'Письмо'],
    ['p.mark', 'Без согласия'],
    ['dl', ['div', ['dt', 'Имя'], ['dd', '<b>Айпери</b> & "тень" &amp;']]],
    ['p.words', 'строка\n\n вторая > третьей'],
    ['ul', ['li', 'один'], ['li', 'два']],
  ],
}

let opener: string
let digits: string
let page: Bytes
beforeAll(async () => {
  opener = await bundleOpener()
  digits = drawDigits()
  page = await makeLetterPage(letter, digits, allWords, opener)
})

const opened = (bytes: Bytes, by = digits) => openLetterPage(bytes, by, allWords, opener)

/** Replaces the sealed part of the page. */
const carrying = (sealed: SealedLetter): Bytes =>
  utf8(fromUtf8(page).replace(/(?<="sealed":)\{[^}]+\}/, JSON.stringify(sealed)))

/** Seals as the page does, but with a given number of rounds and given padding. */
async function sealedOddly(text: string, rounds: number, padding = 0): Promise<SealedLetter> {
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const from = await crypto.subtle.importKey('raw', utf8(digits), 'PBKDF2', false, ['deriveKey'])
  const derive = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  const key = await crypto.subtle.deriveKey(derive, from, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
  ])
  const padded = padText(text, 2048)
  padded[2047] = padding
  const additionalData = utf8('oasis/v1/referral-page')
  const by = { name: 'AES-GCM', iv, additionalData }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(by, key, padded))
  return { v: 1, rounds, salt: toB64(salt), sealed: toB64(concat(iv, sealed)) }
}

describe('the page', () => {
  test('The digits of a page are 24 and differ each time', () => {
    const drawn = Array.from({ length: 50 }, drawDigits)
    for (const each of drawn) expect(each).toMatch(/^\d{24}$/)
    expect(new Set(drawn).size).toBe(drawn.length)
  })

  test('A page opens with its digits, and gives the letter back', async () => {
    expect(await opened(page)).toEqual(letter)
  })

  test('A page does not open with one other digit', async () => {
    const other = digits.replace(/.$/, (last) => String((Number(last) + 1) % 10))
    expect(await opened(page, other)).toBeNull()
  })

  test('A page whose sealed part was changed does not open', async () => {
    const html = fromUtf8(page)
    const [, sealed = ''] = /"sealed":"([\w-]+)"/.exec(html) ?? []
    const changed = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`
    expect(await opened(utf8(html.replace(sealed, changed)))).toBeNull()
  })

  test('A page that was sealed by fewer rounds does not open', async () => {
    const text = JSON.stringify(letter)
    expect(await opened(carrying(await sealedOddly(text, 600_000)))).toEqual(letter)
    const quick = await sealedOddly(text, 1000)
    expect(await openUnderDigits(quick, digits)).toBeNull()
    for (const rounds of [1000, 600_000])
      expect(await opened(carrying({ ...quick, rounds }))).toBeNull()
  })

  test('A page that holds more than its letter shows is not read', async () => {
    const hidden = JSON.stringify({ ...letter, text: 'Айпери' })
    expect(await opened(carrying(await sealUnderDigits(hidden, digits)))).toBeNull()
    const padded = await sealedOddly(JSON.stringify(letter), 600_000, 1)
    expect(await opened(carrying(padded))).toBeNull()
  })

  test.each([
    ['a comment', '<p id="status"', '<!-- Айпери --><p id="status"'],
    ['another sentence', '<form id="form"', '<p>Айпери</p><form id="form"'],
    ['another script', '<script>', '<script>fetch("/x");'],
    ['another field of the sealed part', '{"v":1', '{"text":"Айпери","v":1'],
    ['another language at first', '{"lang":"ru"', '{"lang":"ky"'],
    ['text after the end', '</html>\n', '</html>\nАйпери'],
    ['no sealed part', 'id="carried"', 'id="other"'],
  ])('A page with %s is not read', async (_, from, to) => {
    const html = fromUtf8(page)
    expect(html).toContain(from)
    expect(await opened(utf8(html.replace(from, to)))).toBeNull()
  })

  test('A page of another version of the script is not read', async () => {
    expect(await openLetterPage(page, digits, allWords, `${opener};`)).toBeNull()
    expect(await openLetterPage(page, digits, allWords.slice(1), opener)).toBeNull()
  })

  test('A page derives its key by 600,000 rounds and has no word of the letter outside', () => {
    const html = fromUtf8(page)
    expect(html).toContain('"rounds":600000')
    for (const word of ['Айпери', 'вторая', 'Без согласия']) expect(html).not.toContain(word)
    expect(html).not.toContain(digits)
  })

  test('A page names no address, and its policy allows its own script and style alone', () => {
    const html = fromUtf8(page)
    expect(html).not.toMatch(/https?:|\bsrc=|\bhref=|url\(|@import|<iframe|<object|WebAssembly/)
    const [, policy = ''] = /Security-Policy" content="([^"]+)"/.exec(html) ?? []
    expect(policy.replace(/'sha256-[\w+/]+='/g, '#')).toBe(
      "default-src 'none'; script-src #; style-src #; base-uri 'none'; form-action 'none'",
    )
  })

  test('Letters of different lengths make sealed parts of the same length', async () => {
    const lengthOf = async (text: string): Promise<number> =>
      (await makeLetterPage({ lang: 'ky', pieces: [['p', text]] }, digits, allWords, opener)).length
    expect(await lengthOf('а')).toBe(await lengthOf('а'.repeat(600)))
  })

  test('A page says in each language who may not get it and what to do without scripts', () => {
    const html = fromUtf8(page)
    for (const { say } of allWords)
      for (const key of ['only', 'digits', 'noscript'] as const)
        expect(html).toContain(say(`staff-referral.page.${key}`))
  })
})

describe('the paper', () => {
  test('A paper gives the letter back, with every character', () => {
    expect(readPaper(makePaper(letter))).toEqual(letter)
  })

  test.each([
    ['a comment', '<p class="words">', '<!-- Айпери --><p class="words">'],
    ['a hidden element', '<ul>', '<ul hidden>'],
    ['an alternative text', '<ul>', '<ul title="Айпери">'],
    ['a picture', '<ul>', '<img alt="Айпери"><ul>'],
    ['a script', '</article>', '</article><script>0</script>'],
    ['another head', '<title>', '<meta name="author" content="Айпери"><title>'],
    ['text after the end', '</html>\n', '</html>\nАйпери'],
  ])('A paper with %s is not read', (_, from, to) => {
    const html = fromUtf8(makePaper(letter))
    expect(html).toContain(from)
    expect(readPaper(utf8(html.replace(from, to)))).toBeNull()
  })
})

describe('the file that leaves', () => {
  test.each(['page', 'paper'] as const)('A %s is read back from its own bytes', async (way) => {
    const made = await makeFile(way, letter, allWords, opener)
    expect(await readFile(made, allWords, opener)).toEqual(letter)
    expect(made.digits === null).toBe(way === 'paper')
  })

  test('A file that the app would not make is refused with cannot_open', async () => {
    const made = await makeFile('paper', letter, allWords, opener)
    const bytes = utf8(`${fromUtf8(made.bytes)}<!-- -->`)
    const read = readFile({ ...made, bytes }, allWords, opener)
    await expect(read).rejects.toMatchObject({ code: 'cannot_open' })
  })
})
