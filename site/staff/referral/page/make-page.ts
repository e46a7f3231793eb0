// Makes the page that leaves: one HTML file that opens offline with 24 digits and sends no
// requests. Apart from the sealed letter, the page is the same for all letters in the same
// language.
import * as z from 'zod/mini'
import { fromB64, fromUtf8, sameBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { randomDigits } from '#protocol/crypto/random-digits'
import { OPENING_DIGITS } from '#protocol/limits'
import { escapeHtml, fileHead } from '../letter-html.ts'
import { LETTER_STYLE } from '../letter-style.ts'
import { TAGS, type Letter, type LetterPiece } from '../pieces.ts'
import type { ReferralWords } from '../words.ts'
import { openUnderDigits, ROUNDS, sealUnderDigits, type SealedLetter } from './sealed-letter.ts'

/** Draws the digits for one page at random: log2(10^24), about 79.7 bits. */
export const drawDigits = (): string => randomDigits(OPENING_DIGITS)

/**
 * Returns the source expression with which the page's Content-Security-Policy allows an inline
 * script or style.
 */
const sourceOf = async (text: string): Promise<string> =>
  `'sha256-${btoa(String.fromCharCode(...(await sha256(utf8(text)))))}'`

const policyOf = async (opener: string): Promise<string> =>
  [
    "default-src 'none'",
    `script-src ${await sourceOf(opener)}`,
    `style-src ${await sourceOf(LETTER_STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

const OUTSIDE = ['what', 'only', 'digits', 'lost'] as const
/** The script of the page fills in {n}. */
const SENTENCES = ['count', 'wait', 'wrong', 'cannot', 'opened'] as const

function shellOf({ lang, say }: ReferralWords): string {
  const text = (key: (typeof OUTSIDE)[number] | 'title' | 'noscript'): string =>
    escapeHtml(say(`staff-referral.page.${key}`))
  return `<section data-lang="${lang}" lang="${lang}">
<h1>${text('title')}</h1>
${OUTSIDE.map((each) => `<p>${text(each)}</p>`).join('\n')}
<noscript><p class="mark">${text('noscript')}</p></noscript>
</section>`
}

/** Returns one string in every language. The script shows only one language. */
const inEach = (words: readonly ReferralWords[], key: 'field' | 'go' | 'print' | 'close'): string =>
  words
    .map(({ lang, say }) => {
      const text = escapeHtml(say(`staff-referral.page.${key}`))
      return `<span data-lang="${lang}" lang="${lang}">${text}</span>`
    })
    .join('')

/**
 * Makes the page of a letter.
 *
 * @param digits  24 digits; see drawDigits
 * @param words  the strings of every language in which the page is available
 * @param opener  the bundled opener.ts
 */
export const makeLetterPage = async (
  letter: Letter,
  digits: string,
  words: readonly ReferralWords[],
  opener: string,
): Promise<Bytes> =>
  pageAround(letter.lang, await sealUnderDigits(textOf(letter), digits), words, opener)

/** The text that is sealed. Equal letters have equal texts. */
const textOf = ({ lang, pieces }: Letter): string => JSON.stringify({ lang, pieces })

/** @param letterLang  the language that the page shows first */
async function pageAround(
  letterLang: string,
  sealed: SealedLetter,
  words: readonly ReferralWords[],
  opener: string,
): Promise<Bytes> {
  const carried = {
    lang: letterLang,
    say: words.map(({ lang, say }) => ({
      lang,
      ...Object.fromEntries(
        SENTENCES.map((each) => [each, say(`staff-referral.page.${each}`, { n: '{n}' })]),
      ),
    })),
    sealed,
  }
  const title = words.find(({ lang }) => lang === letterLang)?.say('staff-referral.page.title')
  const policy = await policyOf(opener)
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">`
  const json = JSON.stringify(carried).replace(/</g, '\\u003c')
  const choices = words.map(
    ({ lang, name }) =>
      `<button type="button" data-to="${lang}" lang="${lang}">${escapeHtml(name)}</button>`,
  )
  return utf8(`${fileHead(letterLang, title ?? '', head)}<body>
<p id="languages" hidden>${choices.join('')}</p>
<main id="closed">
${words.map(shellOf).join('\n')}
<form id="form" hidden>
<label for="digits">${inEach(words, 'field')}</label>
<input id="digits" inputmode="numeric" autocomplete="off" spellcheck="false" dir="ltr">
<button>${inEach(words, 'go')}</button>
</form>
</main>
<p id="status" role="status"></p>
<main id="open" hidden>
<article id="letter" tabindex="-1"></article>
<p><button type="button" class="print">${inEach(words, 'print')}</button>
<button type="button" class="close">${inEach(words, 'close')}</button></p>
</main>
<script type="application/json" id="carried">${json}</script>
<script>${opener}</script>
</body>
</html>
`)
}

const LetterPiece: z.ZodMiniType<LetterPiece> = z.lazy(() =>
  z.tuple([z.enum(TAGS)], z.union([z.string(), LetterPiece])),
)
const Letter = z.object({ lang: z.string(), pieces: z.array(LetterPiece) })
/** Other base64url characters could encode the same bytes. */
const b64 = z.string().check(z.refine((text) => isOwnB64(text)))
const Carried = z.object({
  sealed: z.object({
    v: z.literal(1),
    rounds: z.literal(ROUNDS),
    salt: b64,
    sealed: b64,
  }) satisfies z.ZodMiniType<SealedLetter>,
})

const CARRIED = /<script type="application\/json" id="carried">([^<]*)<\/script>/

/**
 * Opens a page as its receiver does, and rebuilds it from the letter inside. So the page cannot
 * hide anything that the returned letter lacks.
 *
 * @param words  and the opener, as for makeLetterPage
 * @returns null for wrong digits, and for bytes that makeLetterPage would not make from this
 *   letter
 */
export async function openLetterPage(
  bytes: Bytes,
  digits: string,
  words: readonly ReferralWords[],
  opener: string,
): Promise<Letter | null> {
  const [, json] = CARRIED.exec(textIn(bytes)) ?? []
  const sealed = parsed(json, Carried)?.sealed
  const text = sealed ? await openUnderDigits(sealed, digits) : null
  const letter = text === null ? null : parsed(text, Letter)
  if (!sealed || !letter || textOf(letter) !== text) return null
  return sameBytes(bytes, await pageAround(letter.lang, sealed, words, opener)) ? letter : null
}

function isOwnB64(text: string): boolean {
  try {
    return toB64(fromB64(text)) === text
  } catch {
    return false
  }
}

/** Returns an empty string for bytes that are not UTF-8. */
function textIn(bytes: Bytes): string {
  try {
    return fromUtf8(bytes)
  } catch {
    return ''
  }
}

function parsed<Value>(json: string | undefined, schema: z.ZodMiniType<Value>): Value | null {
  try {
    return schema.parse(JSON.parse(json ?? ''))
  } catch {
    return null
  }
}
