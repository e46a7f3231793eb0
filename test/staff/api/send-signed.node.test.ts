import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type SignedChange } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import { sendSigned } from '#site/staff/api/send-signed.ts'
import { sendCaseSigned } from '#site/staff/case/write/send-case-signed.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { staffed, type Staffed } from '../support/people.ts'

let staff: Staffed
beforeAll(async () => {
  staff = await staffed()
})
afterEach(() => {
  vi.unstubAllGlobals()
  forgetSeen()
})

const headAt = (row: number) => toB64(new Uint8Array(32).fill(row))
const change = {
  action: 'status.set',
  subject: 'x',
  change: { from: 'new', to: 'in_progress', followUps: 0 },
} as const
const withdrawal = {
  action: 'discard.withdraw',
  subject: 'y',
  change: { discard: 'y' },
} as const
const statementIn = ({ statement }: SignedChange) => Statement.parse(JSON.parse(statement))

/** Makes a chain to which a row is added before each of the first `faster` changes. */
function chain(faster: number) {
  let row = 0
  const sent: string[] = []
  const asked: string[] = []
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    return Promise.resolve(Response.json({ head: headAt(row) }))
  })
  const send = (signed: SignedChange): Promise<void> => {
    sent.push(statementIn(signed).prev)
    return row++ < faster ? Promise.reject(new Refusal('chain_moved')) : Promise.resolve()
  }
  return { sent, asked, send }
}

describe('a signed change', () => {
  test('A signed change follows its chain, and is signed again after a conflict', async () => {
    for (const faster of [0, 1, 2]) {
      forgetSeen()
      const { sent, send } = chain(faster)
      await sendCaseSigned(staff, change, send)
      expect(sent).toEqual([0, 1, 2].slice(0, faster + 1).map(headAt))
    }
  })

  test('A signed change fails after three tries, and at once for another refusal', async () => {
    const { sent, send } = chain(3)
    await expect(sendCaseSigned(staff, change, send)).rejects.toMatchObject({
      code: 'chain_moved',
    })
    expect(sent).toHaveLength(3)
    const refuse = vi.fn(() => Promise.reject(new Refusal('status_changed')))
    await expect(sendCaseSigned(staff, change, refuse)).rejects.toMatchObject({
      code: 'status_changed',
    })
    expect(refuse).toHaveBeenCalledOnce()
  })

  test('A change of a case follows the log of that case and tells only the day', async () => {
    const { asked, send } = chain(0)
    await sendCaseSigned(staff, change, (signed) => {
      expect(statementIn(signed).at).toMatch(/^\d{4}-\d\d-\d\d$/)
      return send(signed)
    })
    expect(asked).toEqual(['/api/staff/reports/x/head'])
  })

  test('A change of the organisation follows the ledger and tells the minute', async () => {
    const { asked, send } = chain(0)
    await sendSigned(staff.keys, withdrawal, (signed) => {
      expect(statementIn(signed).at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/)
      return send(signed)
    })
    expect(asked).toEqual(['/api/staff/ledger/head'])
  })
})
