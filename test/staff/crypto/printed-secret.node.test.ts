import { describe, expect, test } from 'vitest'
import {
  makePrintedSecret,
  readPrintedSecret,
  writePrintedSecret,
} from '#site/staff/crypto/printed-secret.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('the printed secret', () => {
  test('A printed secret is read with any spaces, case and dashes', async () => {
    const secret = makePrintedSecret()
    const written = await writePrintedSecret(secret)
    expect(written).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){7}[0-9A-HJKMNP-TV-Z]{4}$/)
    for (const typed of [written, written.toLowerCase(), written.replaceAll(' ', '-')])
      expect(await readPrintedSecret(typed)).toEqual({ secret })
  })

  test('Every wrong character and every swapped pair in a printed secret is found', async () => {
    const written = (await writePrintedSecret(makePrintedSecret())).replaceAll(' ', '')
    for (let at = 0; at < written.length; at++) {
      for (const letter of ALPHABET)
        if (letter !== written[at])
          expect(
            await readPrintedSecret(written.slice(0, at) + letter + written.slice(at + 1)),
          ).toEqual({ typo: 'check' })
      const [a = '', b = ''] = [written[at], written[at + 1]]
      if (b && a !== b)
        expect(
          await readPrintedSecret(written.slice(0, at) + b + a + written.slice(at + 2)),
        ).toEqual({ typo: 'check' })
    }
  })

  test('A wrong length and a foreign character give different errors', async () => {
    const written = await writePrintedSecret(makePrintedSecret())
    expect(await readPrintedSecret(written.slice(1))).toEqual({ typo: 'length' })
    expect(await readPrintedSecret(`${written}0`)).toEqual({ typo: 'length' })
    expect(await readPrintedSecret(written.replace(/.$/, 'Ж'))).toEqual({ typo: 'letter' })
    expect(await readPrintedSecret('')).toEqual({ typo: 'length' })
  })

  test('Look-alike letters of a Cyrillic keyboard and of hasty typing are understood', async () => {
    const written = await writePrintedSecret(new Uint8Array(16))
    expect(await readPrintedSecret(written.replaceAll('0', 'О'))).toHaveProperty('secret')
    expect(await readPrintedSecret(written.replaceAll('0', 'o'))).toHaveProperty('secret')
  })
})
