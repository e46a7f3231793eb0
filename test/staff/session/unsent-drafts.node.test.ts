import { beforeAll, describe, expect, test } from 'vitest'
import { savedDraftKey, isUnsent, type Drafts } from '#site/staff/crypto/drafts.ts'
import { UnsentDrafts } from '#site/staff/session/unsent-drafts.tsx'
import { staffed, type Staffed } from '../support/people.ts'

let aigul: Staffed
let bakyt: Staffed
beforeAll(async () => {
  aigul = await staffed()
  bakyt = await staffed()
})
const drafts = (): Drafts => new Map([[savedDraftKey('note', 'r1'), 'жарым сөз']])

describe('unsent drafts', () => {
  test('Drafts are restored for their writer, even after another person signed in', async () => {
    const words = new UnsentDrafts()
    expect(await words.keep(aigul.keys, drafts())).toBe('kept')
    expect(words.isHolding).toBe(true)
    expect(await words.takeBack(bakyt.keys)).toEqual({ drafts: new Map(), lost: false })
    expect(await words.keep(bakyt.keys, drafts())).toBe('kept')
    expect(await words.takeBack(aigul.keys)).toEqual({ drafts: drafts(), lost: false })
    await words.takeBack(bakyt.keys)
    expect(words.isHolding).toBe(false)
  })

  test('Drafts that cannot be sealed or do not open are reported as lost', async () => {
    const words = new UnsentDrafts()
    const broken = { ...aigul.keys, own: { ...aigul.keys.own, publicBytes: new Uint8Array(65) } }
    expect(await words.keep(broken, drafts())).toBe('lost')
    expect(words.isHolding).toBe(false)
    const stranger = { ...aigul.keys, own: bakyt.keys.own }
    expect(await words.keep(stranger, drafts())).toBe('kept')
    expect(await words.takeBack(aigul.keys)).toEqual({ drafts: new Map(), lost: true })
  })

  test('An empty set of drafts reports nothing', async () => {
    expect(await new UnsentDrafts().keep(aigul.keys, new Map())).toBeNull()
  })

  test('A draft marks its report in the list', () => {
    expect(isUnsent(drafts(), 'r1')).toBe(true)
    expect(isUnsent(drafts(), 'r2')).toBe(false)
  })
})
