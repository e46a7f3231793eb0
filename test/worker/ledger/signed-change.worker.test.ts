import { beforeEach, describe, expect, test } from 'vitest'
import { dayOf } from '#protocol/time'
import { DAY_MS } from '#protocol/limits'
import type { Action } from '#protocol/staff/actions'
import type { LedgerHead, SignedChange } from '#protocol/staff/chain'
import { mirroredRow } from '#test/protocol/support/mirror-signature.ts'
import { freshCasework, makeKeyAs, openedBy, sendSigned, take } from '../support/casework.ts'
import { ask, expectRefusal, rowsIn, STAFF_ORIGIN } from '../support/edge.ts'
import {
  asStaff,
  ledgerHead,
  noise,
  person,
  signatureOf,
  signed,
  statementOf,
  type Person,
} from '../support/staff.ts'

let staff: Person
let id: string
beforeEach(async () => {
  ;({ staff, id } = await freshCasework())
})

describe('a refused signed change', () => {
  const text = JSON.stringify(take)
  const signedAs = async (statement: string, who = staff): Promise<SignedChange> => ({
    change: text,
    statement,
    signature: await signatureOf(who.signing, statement),
  })

  test.each<[string, (other: Person) => Promise<SignedChange>]>([
    [
      'somebody else signed it',
      async (other) => signedAs(await statementOf(staff.id, 'status.set', id, text), other),
    ],
    [
      'it names another actor',
      async (other) => signedAs(await statementOf(other.id, 'status.set', id, text)),
    ],
    [
      'it is about another action',
      async () => signedAs(await statementOf(staff.id, 'answer.send' satisfies Action, id, text)),
    ],
    [
      'it is about another report',
      async () => signedAs(await statementOf(staff.id, 'status.set', noise(16), text)),
    ],
    [
      'it is about another change',
      async () => signedAs(await statementOf(staff.id, 'status.set', id, `${text} `)),
    ],
    [
      'its signature is in the other form that ECDSA takes',
      async () => mirroredRow(await signedAs(await statementOf(staff.id, 'status.set', id, text))),
    ],
    [
      'it is two days old',
      async () =>
        signedAs(
          await statementOf(staff.id, 'status.set', id, text, {
            at: dayOf(Date.now() - 2 * DAY_MS),
          }),
        ),
    ],
    [
      'it is two days ahead',
      async () =>
        signedAs(
          await statementOf(staff.id, 'status.set', id, text, {
            at: dayOf(Date.now() + 2 * DAY_MS),
          }),
        ),
    ],
    [
      'the signature is noise',
      async () => ({
        ...(await signedAs(await statementOf(staff.id, 'status.set', id, text))),
        signature: noise(64),
      }),
    ],
    [
      'the statement was changed after signing',
      async () => {
        const body = await signedAs(await statementOf(staff.id, 'status.set', id, text))
        return { ...body, statement: body.statement.replace('"v":2', '"v": 2') }
      },
    ],
  ])(
    'A signed change is refused with signature_refused and changes nothing when %s',
    async (_what, make) => {
      const other = await person('intake')
      await expectRefusal(
        await sendSigned(staff, 'status.set', id, await make(other)),
        403,
        'signature_refused',
      )
      expect((await openedBy(staff, id)).item.status).toBe('new')
      expect(await rowsIn('case_log')).toBe(0)
    },
  )

  test('R49: A row by an older or by another ledger is refused with ledger_behind', async () => {
    const stale = await ledgerHead()
    const other = await person('intake')
    const by = async (ledger: LedgerHead | undefined): Promise<Response> => {
      const statement = await statementOf(staff.id, 'status.set', id, text, { ledger })
      return sendSigned(staff, 'status.set', id, await signedAs(statement))
    }
    // No colleague has signed a row of this case under a newer ledger yet.
    await expectRefusal(await by(undefined), 403, 'signature_refused')
    for (const ledger of [
      { ...stale, hash: noise(32) },
      { ...stale, n: stale.n + 99 },
    ])
      await expectRefusal(await by(ledger), 409, 'ledger_behind')
    expect((await makeKeyAs(other, id)).status).toBe(201)
    await expectRefusal(await by(stale), 409, 'ledger_behind')
    expect(await rowsIn('case_log')).toBe(1)
    expect((await by(await ledgerHead())).status).toBe(204)
  })

  test('A signed change with a broken statement or body is refused and not applied', async () => {
    const body = await signed(staff, 'status.set', id, take)
    await expectRefusal(
      await sendSigned(staff, 'status.set', id, { ...body, statement: '{}' }),
      400,
      'malformed',
    )
    await expectRefusal(
      await sendSigned(staff, 'status.set', id, { ...body, signature: 'x' }),
      400,
      'malformed',
    )
    const headers = { cookie: staff.cookie }
    for (const broken of ['{', '', '\ud800'] as const) {
      const answer = await ask(`/api/staff/reports/${id}/status`, {
        method: 'PUT',
        body: broken,
        headers: {
          ...headers,
          origin: STAFF_ORIGIN,
          'content-type': 'application/json',
        },
      })
      await expectRefusal(answer, 400, 'malformed')
    }
    const large = await asStaff(
      `reports/${id}/status`,
      'PUT',
      { change: 'x'.repeat(300_000) },
      staff.cookie,
    )
    await expectRefusal(large, 413, 'too_large')
    expect(await rowsIn('case_log')).toBe(0)
  })
})
