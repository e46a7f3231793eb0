import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { Statement, type SignedChange } from '#protocol/staff'
import { sendSigned } from '#site/staff/api/send-signed.ts'
import { staffed, type Staffed } from './people.ts'

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

/** An audit that grows by one row before each of the first `faster` changes is written. */
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
  test('holds the audit’s head, and is signed anew when a colleague was faster', async () => {
    for (const faster of [0, 1, 2]) {
      const { sent, send } = audit(faster)
      await sendSigned(staff.keys, change, send)
      expect(sent).toEqual([0, 1, 2].slice(0, faster + 1).map(headAt))
    }
  })

  test('is given up after three, and at once for any other refusal', async () => {
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
