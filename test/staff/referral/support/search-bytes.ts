// Searches bytes for a text in every form in which a file can contain it. Written independently of
// the code that makes the files, as if by somebody who finds such a file.
import { inflateRawSync, inflateSync } from 'node:zlib'

const entitiesOf = (text: string, write: (code: number) => string): string =>
  Array.from(text, (each) => write(each.codePointAt(0) ?? 0)).join('')

/** Text in UTF-8 or UTF-16 can begin at any of three positions inside a base64 group. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const from = [0, 2, 3][before] ?? 0
    return encoded.slice(from, encoded.length - (encoded.endsWith('=') ? 4 : 0)).replace(/=+$/, '')
  })
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

/** Every encoding of the text to search for, as bytes. */
function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text)
  const utf16 = Buffer.from(text, 'utf16le')
  const hex = (code: number) => `&#x${code.toString(16)};`
  const spelled = [
    encodeURIComponent(text),
    encodeURIComponent(text).toLowerCase(),
    [...utf8].map((each) => `%${each.toString(16).padStart(2, '0')}`).join(''),
    entitiesOf(text, (code) => `&#${code};`),
    entitiesOf(text, hex),
    entitiesOf(text, hex).toUpperCase(),
    JSON.stringify(text).slice(1, -1),
    text.replace(
      /[^\x20-\x7e]/g,
      (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
    text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/'/g, '&#39;'),
    utf8.toString('hex'),
    utf8.toString('latin1'),
    Array.from(text).reverse().join(''),
    ...[utf8, utf16, utf16be(text)].flatMap(base64Forms),
  ]
  const base64 = [...spelled].map((each) => each.replace(/\+/g, '-').replace(/\//g, '_'))
  return [utf8, utf16, utf16be(text), ...[...spelled, ...base64].map((each) => Buffer.from(each))]
}

/** Decodes every run of base64 in the bytes, and decompresses the result if possible. */
function insides(bytes: Buffer): Buffer[] {
  const runs = bytes.toString('latin1').match(/[\w+/-]{16,}={0,2}/g) ?? []
  return runs
    .map((run) => Buffer.from(run, 'base64'))
    .flatMap((inside) => [
      inside,
      ...[inflateSync, inflateRawSync].flatMap((inflate) => {
        try {
          return [inflate(inside)]
        } catch {
          return []
        }
      }),
    ])
}

/**
 * The text of the bytes without letter case and marks, so that changed spellings are also found.
 */
const flat = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Returns the texts that the bytes contain, in any spelling. */
export function carriedIn(bytes: Uint8Array, texts: readonly string[]): string[] {
  const whole = Buffer.from(bytes)
  const all = [whole, ...insides(whole)]
  const plain = flat(all.map((each) => each.toString()).join('\n'))
  return texts.filter(
    (text) =>
      plain.includes(flat(text)) ||
      formsOf(text).some((form) => all.some((each) => each.includes(form))),
  )
}
