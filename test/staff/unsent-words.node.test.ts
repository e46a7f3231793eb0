import { beforeAll, describe, expect, test } from 'vitest'
import { draftKey, isUnsent, type Drafts } from '#site/staff/keys/drafts.ts'
import { UnsentWords } from '#site/staff/unsent-words.ts'
import { staffed, type Staffed } from './people.ts'

let aigul: Staffed
let bakyt: Staffed
beforeAll(async () => {
  aigul = await staffed()
  bakyt = await staffed()
})
const drafts = (): Drafts => new Map([[draftKey('note', 'r1'), 'жарым сөз']])

describe('unsent words', () => {
  test('come back to the person who wrote them, also when another was at the desk meanwhile', async () => {
    const words = new UnsentWords()
    expect(await words.keep(aigul.keys, drafts())).toBe('kept')
    expect(words.isHolding).toBe(true)
    expect(await words.takeBack(bakyt.keys)).toEqual({ drafts: new Map(), lost: false })
    expect(await words.keep(bakyt.keys, drafts())).toBe('kept')
    expect(await words.takeBack(aigul.keys)).toEqual({ drafts: drafts(), lost: false })
    await words.takeBack(bakyt.keys)
    expect(words.isHolding).toBe(false)
  })

  test('are said to be lost when they cannot be sealed, and when they do not open', async () => {
    const words = new UnsentWords()
    const broken = { ...aigul.keys, own: { ...aigul.keys.own, publicBytes: new Uint8Array(65) } }
    expect(await words.keep(broken, drafts())).toBe('lost')
    expect(words.isHolding).toBe(false)
    const stranger = { ...aigul.keys, own: bakyt.keys.own }
    expect(await words.keep(stranger, drafts())).toBe('kept')
    expect(await words.takeBack(aigul.keys)).toEqual({ drafts: new Map(), lost: true })
  })

  test('nothing is said when there are none', async () => {
    expect(await new UnsentWords().keep(aigul.keys, new Map())).toBeNull()
  })

  test('mark their report in the list', () => {
    expect(isUnsent(drafts(), 'r1')).toBe(true)
    expect(isUnsent(drafts(), 'r2')).toBe(false)
  })
})
