import { describe, expect, test } from 'vitest'
import { concat, randomBytes, toB64, u32, utf8 } from '#protocol/bytes'
import { packCases, unpackCases, type SealedCase } from '#protocol/staff/list/sealed-cases'

const id = (): string => toB64(randomBytes(16))
const sealedCase = (): SealedCase => ({
  ...{ id: id(), day: '2026-11-25', mergedInto: null },
  extent: { followUps: 2, rows: 5 },
  signed: { status: '{}', danger: null, merge: null, statusDay: '2026-11-28' },
  ...{ taken: [], caseKeys: [], keyRows: [], grants: [], secrets: [], records: [], entries: [] },
  envelope: randomBytes(300),
  followUps: [1, 2].map((n) => ({ id: id(), day: '2026-11-26', envelope: randomBytes(n) })),
  answers: [{ index: 0, day: '2026-11-27', sealed: randomBytes(4096) }],
})
const page = { cases: [sealedCase(), sealedCase()], left: [id()] }

const packed = (head: object, ...parts: Uint8Array[]) => {
  const json = utf8(JSON.stringify(head))
  return concat(u32(json.length), json, ...parts)
}

test('A page of cases is read as it was packed, each part in its case', () => {
  expect(unpackCases(packCases(page))).toEqual(page)
})

test('A page without cases is read too', () => {
  expect(unpackCases(packCases({ cases: [], left: [] }))).toEqual({ cases: [], left: [] })
})

describe('A page of another form is refused as malformed', () => {
  const whole = packCases(page)
  const one = { ...sealedCase(), followUps: [], answers: [] }
  const pages = {
    'no bytes': new Uint8Array(0),
    'a page that ends early': whole.subarray(0, whole.length - 1),
    'a page with a byte more': concat(whole, new Uint8Array(1)),
    'a JSON longer than the page': concat(u32(0xffffffff), whole.subarray(4)),
    'a JSON that is none': concat(u32(1), utf8('{')),
    'a part without bytes': packed({ cases: [{ ...one, envelope: 0 }], left: [] }),
    'a part of negative length': packed({ cases: [{ ...one, envelope: -1 }], left: [] }),
    'a part of half a byte': packed({ cases: [{ ...one, envelope: 0.5 }], left: [] }, utf8('x')),
    'a part in place of its length': packed({ cases: [{ ...one, envelope: 'eA' }], left: [] }),
  }
  for (const [what, bytes] of Object.entries(pages))
    test(what, () => {
      expect(() => unpackCases(bytes)).toThrow(expect.objectContaining({ code: 'malformed' }))
    })
})
