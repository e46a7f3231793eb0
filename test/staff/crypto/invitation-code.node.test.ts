import { expect, test } from 'vitest'
import { toB64, type Bytes } from '#protocol/bytes'
import {
  CODE_LINES,
  joinCodeLines,
  readCodeLine,
  writeInvitationCode,
} from '#site/staff/crypto/invitation-code.ts'

const bytesFrom = (first: number): Bytes => Uint8Array.from({ length: 32 }, (_, n) => first + n * 7)
const invitation = { token: toB64(bytesFrom(3)), row: toB64(bytesFrom(90)) }

async function readAll(lines: readonly string[]): Promise<Bytes[]> {
  const read = await Promise.all(lines.map((line, n) => readCodeLine(n, line)))
  return read.flatMap((each) => ('line' in each ? [each.line] : []))
}

test('R34: The lines carry the whole token and the whole hash, and nothing else', async () => {
  const lines = await writeInvitationCode(invitation)
  expect(lines).toHaveLength(CODE_LINES)
  for (const line of lines)
    expect(line).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){5}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(joinCodeLines(await readAll(lines))).toEqual(invitation)
})

test('Lines are read in small letters, without spaces, and in look-alike letters', async () => {
  const lines = await writeInvitationCode(invitation)
  const typed = lines.map((line) =>
    line.replaceAll(' ', '').toLowerCase().replaceAll('0', 'o').replaceAll('a', 'А'),
  )
  expect(joinCodeLines(await readAll(typed))).toEqual(invitation)
})

test('Every wrong character, and every line in another place, is found at its line', async () => {
  const [first = '', second = ''] = await writeInvitationCode(invitation)
  for (let at = 0; at < first.length; at++) {
    if (first[at] === ' ') continue
    const wrong = `${first.slice(0, at)}${first[at] === '7' ? '8' : '7'}${first.slice(at + 1)}`
    expect(await readCodeLine(0, wrong)).toEqual({ typo: 'check' })
  }
  expect(await readCodeLine(0, second)).toEqual({ typo: 'check' })
  expect(await readCodeLine(1, first)).toEqual({ typo: 'check' })
  expect(await readCodeLine(0, first.slice(1))).toEqual({ typo: 'length' })
  expect(await readCodeLine(0, `U${first.slice(1)}`)).toEqual({ typo: 'letter' })
})
