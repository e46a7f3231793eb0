// Makes forms that no page of this site sends: with invalid bodies, invalid text, or choices that
// no page offers.
import { languages } from '#content/languages.ts'
import { concat, utf8, type Bytes } from '#protocol/bytes'
import type { Maker, Malformed } from '#scripts/lab/fuzz/requests'

const CRLF = '\r\n'
const part = (head: string, content: string): string =>
  `--edge${CRLF}Content-Disposition: form-data; ${head}${CRLF}${CRLF}${content}${CRLF}`

export const malformedForm: Maker = (chance) => {
  const lang = chance.one(languages)
  const path = `/api/form/${lang}${chance.one(['', '', '/answer', '/send'])}`
  const encoded = (how: string, body: string | Bytes): Malformed => ({
    path,
    init: {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    how,
  })
  const multipart = (how: string, body: string, boundary = 'boundary=edge'): Malformed => ({
    path,
    init: {
      method: 'POST',
      body: utf8(body),
      headers: { 'content-type': `multipart/form-data; ${boundary}` },
    },
    how,
  })
  return chance.one([
    () => encoded('noise', chance.bytes(chance.below(3000))),
    () => encoded('no words', `text=${encodeURIComponent(chance.one(['', ' ', '!?', '🙏🙏']))}`),
    () => encoded('too many words', `text=${'a'.repeat(14_001 + chance.below(5000))}&receipt=1`),
    () => encoded('far too many bytes', 'x'.repeat(530_000)),
    () => encoded('broken UTF-8', concat(utf8('text=word'), new Uint8Array([0xff, 0xc0]))),
    () => encoded('broken percent signs', 'text=word%E0%A4%&place=%zz'),
    () => encoded('a NUL', 'text=wo%00rd'),
    () => encoded('more fields than any form', 'a=1&'.repeat(40) + 'text=word'),
    () => encoded('an unknown door', `text=word&door=${String(chance.below(1e6))}`),
    () => encoded('an unknown danger', 'text=word&danger=maybe&receipt=12'),
    () => encoded('an unknown consent', 'text=word&consent=all&receipt=12'),
    () => encoded('an unknown sign', 'text=word&signs=Rain&receipt=12'),
    () =>
      encoded('a long field', `text=word&place=${'p'.repeat(161 + chance.below(999))}&receipt=1`),
    () => multipart('no boundary', part('name="text"', 'word'), ''),
    () => multipart('another boundary', part('name="text"', 'word'), 'boundary=other'),
    () => multipart('no end', part('name="door"', 'window') + '--ed'),
    () => multipart('headers without an end', `--edge${CRLF}Content-Disposition: form-data`),
    () => multipart('only beginnings', `${CRLF}--edg`.repeat(2000)),
    () =>
      multipart(
        'a file in the place of the words',
        part('name="text"; filename="t"', 'w') + '--edge--',
      ),
    () => ({
      ...encoded('another type', 'text=word'),
      init: { method: 'POST', body: 'text=word', headers: { 'content-type': 'application/json' } },
    }),
  ])()
}
