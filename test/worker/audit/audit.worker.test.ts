import { beforeEach, describe, expect, test } from 'vitest'
import { AuditHead } from '#protocol/staff/audit'
import { toB64 } from '#protocol/bytes'
import { auditHash, auditHead, auditRows } from '#worker/store/audit'
import { verifyAudit } from '#worker/audit/verify'
import { db, deps, expectRefusal, freshEdge, idOf, sealed, submit } from '../support/edge.ts'
import { asStaff, noise, person, signed } from '../support/staff.ts'
import { take } from '../support/casework.ts'

const REFUSES = ['audit_no_update', 'audit_no_delete', 'audit_no_replace']

beforeEach(async () => {
  const org = await freshEdge()
  const staff = await person('intake')
  await person('admin')
  const envelope = await sealed(org)
  await submit(envelope)
  const id = await idOf(envelope)
  for (const [from, to] of [
    ['new', 'in_progress'],
    ['in_progress', 'closed'],
    ['closed', 'new'],
  ] as const) {
    const body = await signed(staff, 'status.set', id, { from, to, followUps: 0 })
    await asStaff(`reports/${id}/status`, 'PUT', body, staff.cookie)
  }
})

/** Drops the triggers and runs the queries, as a thief with the whole database could. */
const withoutTriggers = async (...queries: string[]) => {
  for (const name of REFUSES) await db.exec(`DROP TRIGGER ${name}`)
  for (const query of queries) await db.exec(query)
}

describe('the audit chain', () => {
  test('The audit chain is whole after five changes', async () => {
    expect(await verifyAudit(deps)).toMatchObject({ whole: true, rows: 5 })
  })

  test('R25: The audit table refuses an update and a deletion', async () => {
    await expect(db.exec("UPDATE audit SET statement = '{}'")).rejects.toThrow(/never changed/)
    await expect(db.exec('DELETE FROM audit')).rejects.toThrow(/never deleted/)
    expect(await verifyAudit(deps)).toMatchObject({ whole: true, rows: 5 })
  })

  test.each(['INSERT', 'INSERT OR REPLACE', 'INSERT OR IGNORE', 'REPLACE'])(
    'R25: The audit table refuses by %s a second row with the number or the predecessor of another',
    async (insert) => {
      for (const columns of ['seq, zeroblob(32)', '99, prev_hash'])
        await expect(
          db.exec(
            `${insert} INTO audit SELECT ${columns}, hash, '{}', signature, actor` +
              ' FROM audit WHERE seq = 3',
          ),
        ).rejects.toThrow(/never replaced/)
      expect(await verifyAudit(deps)).toMatchObject({ whole: true, rows: 5 })
    },
  )

  test('R25: The audit table refuses UPDATE OR REPLACE and an upsert', async () => {
    await expect(db.exec('UPDATE OR REPLACE audit SET seq = 1 WHERE seq = 2')).rejects.toThrow(
      /never changed/,
    )
    await expect(
      db.exec(
        'INSERT INTO audit SELECT * FROM audit WHERE seq = 2' +
          " ON CONFLICT DO UPDATE SET statement = '{}'",
      ),
    ).rejects.toThrow(/never replaced/)
    expect(await verifyAudit(deps)).toMatchObject({ whole: true, rows: 5 })
  })

  test.each([1, 2, 3, 4, 5])('R25: The verifier finds that row %i was changed', async (seq) => {
    for (const column of ['statement', 'signature', 'hash', 'actor', 'prev_hash'] as const) {
      const kept = await db
        .prepare(`SELECT ${column} AS value FROM audit WHERE seq = ${seq}`)
        .first('value')
      const other =
        column === 'statement'
          ? String(kept).replace('Z', '0Z')
          : new Uint8Array(kept as number[]).map((byte) => byte ^ 1)
      for (const name of REFUSES) await db.exec(`DROP TRIGGER IF EXISTS ${name}`)
      await db.prepare(`UPDATE audit SET ${column} = ? WHERE seq = ${seq}`).bind(other).run()
      expect([column, await verifyAudit(deps)]).toEqual([column, { whole: false, at: seq }])
      const back = column === 'statement' ? kept : new Uint8Array(kept as number[])
      await db.prepare(`UPDATE audit SET ${column} = ? WHERE seq = ${seq}`).bind(back).run()
    }
  })

  test.each([1, 2, 3, 4])('R25: The verifier finds that row %i was deleted', async (seq) => {
    await withoutTriggers(`DELETE FROM audit WHERE seq = ${seq}`)
    expect(await verifyAudit(deps)).toEqual({ whole: false, at: seq })
  })

  test('R25: The verifier finds that a row was deleted and the rest renumbered', async () => {
    await withoutTriggers(
      'DELETE FROM audit WHERE seq = 2',
      'UPDATE audit SET seq = seq - 1 WHERE seq > 2',
    )
    expect(await verifyAudit(deps)).toEqual({ whole: false, at: 2 })
  })

  test('R25: The verifier finds a deleted row although every hash was computed anew', async () => {
    await withoutTriggers('DELETE FROM audit WHERE seq = 3')
    let prev = new Uint8Array(32)
    let seq = 0
    const rows = []
    for await (const row of auditRows(deps.db)) rows.push(row)
    await db.exec('DELETE FROM audit')
    for (const row of rows) {
      const hash = await auditHash(prev, row)
      await db
        .prepare(
          `INSERT INTO audit (seq, prev_hash, hash, statement, signature, actor)
          VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .bind(++seq, prev, hash, row.statement, row.signature, row.actor)
        .run()
      prev = new Uint8Array(hash)
    }
    expect(await verifyAudit(deps)).toEqual({ whole: false, at: 3 })
  })

  test('R25: A signed change is accepted once, and its replay gets audit_moved', async () => {
    const org = await freshEdge()
    const staff = await person('intake')
    const envelope = await sealed(org)
    await submit(envelope)
    const id = await idOf(envelope)
    const path = `reports/${id}/status`
    const taken = await signed(staff, 'status.set', id, take)
    expect((await asStaff(path, 'PUT', taken, staff.cookie)).status).toBe(204)
    const back = await signed(staff, 'status.set', id, {
      from: 'in_progress',
      to: 'new',
      followUps: 0,
    })
    expect((await asStaff(path, 'PUT', back, staff.cookie)).status).toBe(204)
    await expectRefusal(await asStaff(path, 'PUT', taken, staff.cookie), 409, 'audit_moved')
    expect(await verifyAudit(deps)).toMatchObject({ whole: true, rows: 3 })
    const headResponse = await asStaff('audit/head', 'GET', undefined, staff.cookie)
    expect(AuditHead.parse(await headResponse.json()).head).toBe(toB64(await auditHead(deps.db)))
    await expectRefusal(await asStaff('audit/head'), 401, 'signed_out')
  })

  test('R25: The verifier finds that two rows changed places', async () => {
    await withoutTriggers(
      'UPDATE audit SET seq = 99 WHERE seq = 3',
      'UPDATE audit SET seq = 3 WHERE seq = 4',
      'UPDATE audit SET seq = 4 WHERE seq = 99',
    )
    expect(await verifyAudit(deps)).toEqual({ whole: false, at: 3 })
  })

  test('R25: A verifier that knows an earlier head finds a missing newest row', async () => {
    const before = await verifyAudit(deps)
    if (!before.whole) throw new Error('broken before')
    await withoutTriggers('DELETE FROM audit WHERE seq = 5')
    expect(await verifyAudit(deps)).toMatchObject({ whole: true, rows: 4 })
    expect(await verifyAudit(deps, before.head)).toEqual({ whole: false, at: 5 })
  })

  test('Six changes at once add one audit row each, signed again when needed', async () => {
    const org = await freshEdge()
    const staff = await person('intake')
    const ids = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const envelope = await sealed(org)
        await submit(envelope)
        return await idOf(envelope)
      }),
    )
    const answers = await Promise.all(
      ids.map(async (id) => {
        for (;;) {
          const body = await signed(staff, 'case.save', id, { revision: 0, sealed: noise(40) })
          const answer = await asStaff(`reports/${id}/case`, 'PUT', body, staff.cookie)
          if (answer.status !== 409) return answer
        }
      }),
    )
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 204))
    expect(await verifyAudit(deps)).toMatchObject({ whole: true, rows: 7 })
  })
})
