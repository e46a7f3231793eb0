// Writes a letter as HTML, and reads such HTML back. Only HTML that this code could have written is
// read back, so the preview shows every character of the file.
import { fromUtf8, utf8, type Bytes } from '#protocol/bytes'
import { ownValue } from '../crypto/prototype-guard.ts'
import { elementOf, TAGS, type Letter, type LetterPiece, type PieceTag } from './pieces.ts'
import { LETTER_STYLE } from './letter-style.ts'

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const PLAIN: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ESCAPED).map(([plain, escaped]) => [escaped, plain]),
)

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (each) => ownValue(ESCAPED, each) ?? each)

const unescapeHtml = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot);/g, (each) => ownValue(PLAIN, each) ?? each)

const openingOf = (tag: PieceTag): string => {
  const [name, className] = elementOf(tag)
  return className ? `<${name} class="${className}">` : `<${name}>`
}

const htmlOf = ([tag, ...inside]: LetterPiece): string =>
  `${openingOf(tag)}${inside
    .map((each) => (typeof each === 'string' ? escapeHtml(each) : htmlOf(each)))
    .join('')}</${elementOf(tag)[0]}>`

/** The head of every file that leaves. @param rest  further elements of the head */
export const fileHead = (lang: string, title: string, rest: string): string =>
  `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
${rest}
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${LETTER_STYLE}</style>
</head>
`
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"
const NO_NETWORK = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`

const paperText = ({ lang, pieces }: Letter): string =>
  `${fileHead(lang, titleOf(pieces), NO_NETWORK)}<body><article>
${pieces.map(htmlOf).join('\n')}
</article></body>
</html>
`

/** The first heading of the letter, which does not identify anybody. */
const titleOf = (pieces: readonly LetterPiece[]): string => {
  const text = pieces.find(([tag]) => tag === 'h1')?.[1]
  return typeof text === 'string' ? text : ''
}

/** Makes the paper version of a letter: a file without scripts or requests. */
export const makePaper = (letter: Letter): Bytes => utf8(paperText(letter))

const LANG = /^<!doctype html>\n<html lang="([a-z]{2})">/
const BODY = /<body><article>\n([^]*)\n<\/article><\/body>/
const TOKEN = /<(\/?)([a-z]\w*)(?: class="(\w+)")?>|([^<]+)/y

/**
 * Reads the letter back from its paper version.
 *
 * @returns null for bytes that makePaper would not make from this letter
 */
export function readPaper(bytes: Bytes): Letter | null {
  const html = fromUtf8(bytes)
  const [, lang = ''] = LANG.exec(html) ?? []
  const [, body = ''] = BODY.exec(html) ?? []
  const pieces = piecesIn(body)
  const letter = pieces && { lang, pieces }
  return letter && paperText(letter) === html ? letter : null
}

interface Begun {
  tag: PieceTag
  inside: (string | LetterPiece)[]
}

function piecesIn(body: string): LetterPiece[] | null {
  const found: LetterPiece[] = []
  const begun: Begun[] = []
  TOKEN.lastIndex = 0
  for (let token = TOKEN.exec(body); token; token = TOKEN.exec(body)) {
    const [, end, name = '', className, text] = token
    const last = begun.at(-1)
    if (text !== undefined) {
      // Between two elements of the article, only a line break is allowed.
      if (last) last.inside.push(unescapeHtml(text))
    } else if (end === '') {
      const tag = TAGS.find((each) => each === (className ? `${name}.${className}` : name))
      if (!tag) return null
      begun.push({ tag, inside: [] })
    } else {
      const ended = begun.pop()
      if (!ended) return null
      const piece: LetterPiece = [ended.tag, ...ended.inside]
      const into = begun.at(-1)
      if (into) into.inside.push(piece)
      else found.push(piece)
    }
    if (TOKEN.lastIndex === body.length) return begun.length === 0 ? found : null
  }
  return null
}
