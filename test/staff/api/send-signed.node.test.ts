import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { Statement, type SignedChange } from '#protocol/staff/audit'
import { sendSigned } from '#site/staff/api/send-signed.ts'
import { staffed, type Staffed } from '../support/people.ts'

let staff: Staffed
beforeAll(async () => {
  staff = await staffed()
})
afterEach(() => vi.unstubAllGlobals())

const headAt = (row: number) => toB64(new Uint8Array(32).fill(row))
const change = {
  action: 'status.set',
  subject: 'x',
  change: { from: 'new', to: 'closed' },
} as const
const prevOf = ({ statement }: SignedChange) => Statement.parse(JSON.parse(statement)).prev

/** Makes an audit chain that grows by a row before each of the first `faster` changes. */
function audit(faster: number) {
  let row = 0
  const sent: (string | null)[] = []
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ head: headAt(row) })))
  const send = (signed: SignedChange): Promise<void> => {
    sent.push(prevOf(signed))
    return row++ < faster ? Promise.reject(new Refusal('audit_moved')) : Promise.resolve()
  }
  return { sent, send }
}

describe('a signed change', () => {
  test('A signed change holds the audit head and is signed again after a conflict', async () => {
    for (const faster of [0, 1, 2]) {
      const { sent, send } = audit(faster)
      await sendSigned(staff.keys, change, send)
      expect(sent).toEqual([0, 1, 2].slice(0, faster + 1).map(headAt))
    }
  })

  test('A signed change fails after three tries, and at once for another refusal', async () => {
    const { sent, send } = audit(3)
    await expect(sendSigned(staff.keys, change, send)).rejects.toMatchObject({
      code: 'audit_moved',
    })
    expect(sent).toHaveLength(3)
    const refuse = vi.fn(() => Promise.reject(new Refusal('status_changed')))
    await expect(sendSigned(staff.keys, change, refuse)).rejects.toMatchObject({
      code: 'status_changed',
    })
    expect(refuse).toHaveBeenCalledOnce()
  })
})
