import { describe, expect, test } from 'vitest'
import { findCanary } from './support/canary.ts'
import { leakedIn } from './support/traffic.ts'

const sentence = 'Кызыл жоолук көк эшикте 7351'
const around = (inner: Uint8Array | string) =>
  Buffer.concat([Buffer.from('noise é'), Buffer.from(inner as string), Buffer.from('more noise')])

describe('a planted sentence', () => {
  const planted: Record<string, Uint8Array | string> = {
    'in plain text': sentence,
    'in UTF-16': Buffer.from(sentence, 'utf16le'),
    'in UTF-16, big endian': Buffer.from(sentence, 'utf16le').swap16(),
    'in base64': Buffer.from(sentence).toString('base64'),
    'in base64 behind one byte': Buffer.from(`x${sentence}`).toString('base64'),
    'in base64url behind two bytes': Buffer.from(`xy${sentence}`).toString('base64url'),
    'in base64 of a longer text': Buffer.from(`${sentence} and more`).toString('base64'),
    'in hex': Buffer.from(sentence).toString('hex'),
    'in a form': new URLSearchParams({ text: sentence }).toString(),
    'in escaped JSON': JSON.stringify(sentence).replace(
      /[^ -~]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  }
  test.each(Object.entries(planted))('The search finds a planted sentence %s', (_name, inner) => {
    expect(findCanary(around(inner), [sentence])).not.toEqual([])
  })
})

const id = Buffer.from('00ff10203040506070e9fbfe0a0b0c0d', 'hex')
test.each(['hex', 'base64', 'base64url', 'latin1'] as const)(
  'The search finds an id in %s',
  (form) => {
    const written = form === 'latin1' ? id : id.toString(form)
    expect(findCanary(around(written), [id])).not.toEqual([])
    expect(findCanary(around(Buffer.from(written).reverse()), [id])).toEqual([])
  },
)

test('The search for a sentence does not find another sentence', () => {
  expect(findCanary(around(Buffer.from('Кызыл жоолук көк эшикте 7352')), [sentence])).toEqual([])
})

describe('the digits of a receipt', () => {
  const digits = '1736961482059361748205936174'

  test.each(['hex', 'base64', 'base64url', 'latin1'] as const)(
    'The search finds ten of them in %s, behind any number of bytes',
    (form) => {
      for (const before of ['', 'x', 'xy']) {
        const written = Buffer.from(`${before}${digits.slice(5, 15)} and more`).toString(form)
        expect(leakedIn(around(written), digits)).not.toEqual([])
      }
    },
  )

  test('The search finds six of them in a text, with spaces or dashes inside', () => {
    for (const written of ['369614', '36 96 14', '3696-14'])
      expect(leakedIn(around(written), digits)).not.toEqual([])
  })

  test('The search takes no port of an address for a part of them', () => {
    for (const before of ['', 'x', 'xy']) {
      const address = Buffer.from(`${before}http://127.0.0.1:36961/ky/tell/`)
      expect(leakedIn(around(address.toString('base64')), digits)).toEqual([])
    }
  })
})
