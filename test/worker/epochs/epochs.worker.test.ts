import { beforeEach, describe, expect, test, vi } from 'vitest'
import { concat, fromB64, toB64, type Bytes } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { Me } from '#protocol/staff/people/people'
import { PROOF_MINUTES } from '#protocol/staff/people/slots'
import { dayOf } from '#protocol/time'
import {
  ask,
  db,
  deps,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  rowsIn,
  sealed,
  submit,
} from '../support/edge.ts'
import type { Organisation } from '../support/edge.ts'
import { makeKeyAs, takeAs } from '../support/casework.ts'
import { drain, fullLookAfter, submitWhileDown } from '../support/overflow.ts'
import { endEpoch, epochOpening, keeper, postEpoch, retire } from '../support/epochs.ts'
import type { KeeperPerson } from '../support/epochs.ts'
import { asStaff, cookieOf, getAs, person, type Person } from '../support/staff.ts'

let org: Organisation, holder: KeeperPerson, reader: Person
beforeEach(async () => {
  org = await freshEdge()
  holder = await keeper(org)
  reader = await person('intake')
})

/** Sends an envelope that the edge may refuse. */
const send = (envelope: Bytes): Promise<Response> => ask('/api/reports', octets(envelope))

const inDays = (days: number): string => dayOf(Date.now() + days * DAY_MS)

/** Signs in a keeper with paper, which counts as a fresh proof of presence. */
const signedInAgain = async (who: KeeperPerson): Promise<KeeperPerson> => ({
  ...who,
  cookie: cookieOf(await asStaff('sign-in/paper', 'POST', who.paper)),
})

async function openNext(): Promise<Organisation> {
  const { body, manifest, bytes } = await epochOpening(holder, [holder, reader])
  expect((await postEpoch(holder, body)).status).toBe(201)
  return { ...org, manifest, manifestBytes: bytes, hybridKey: fromB64(body.hybridKey) }
}

describe('opening an epoch', () => {
  test('Every reader gets a copy, and the pages get the new keys at once', async () => {
    const next = await openNext()
    for (const who of [holder, reader]) {
      const me = Me.parse(await (await getAs(who, 'me')).json())
      expect(me.intake.map(({ epoch }) => epoch)).toEqual([1, 2])
      expect(me.manifest).toBe(toB64(next.manifestBytes))
    }
    const keys = concat(next.manifestBytes, next.hybridKey)
    const served = await (await ask('/api/keys')).arrayBuffer()
    expect(new Uint8Array(served)).toEqual(next.manifestBytes)
    const copy = await deps.bucket.get('keys/current')
    expect(copy && new Uint8Array(await copy.arrayBuffer())).toEqual(keys)
  })

  test('A reader whom the root has not certified cannot open or retire an epoch', async () => {
    const { body } = await epochOpening({ ...holder, ...reader }, [holder, reader])
    await expectRefusal(await postEpoch(reader, body), 403, 'not_allowed')
    await expectRefusal(await retire(reader, 1, inDays(0)), 403, 'not_allowed')
    expect(await rowsIn('epochs')).toBe(1)
  })

  test('A keeper whose certificate has ended cannot open an epoch', async () => {
    const ended = await keeper(org, -1)
    const { body } = await epochOpening(ended, [holder, reader, ended])
    await expectRefusal(await postEpoch(ended, body), 403, 'not_allowed')
  })

  test("A manifest of another keeper or without the root's certificate is refused", async () => {
    const other = await keeper(org)
    const readers = [holder, reader, other]
    const foreign = await epochOpening(holder, readers, { admin: other.signing.publicKey })
    await expectRefusal(await postEpoch(holder, foreign.body), 400, 'manifest_signature')
    const forged = { ...holder, certificate: other.certificate }
    const { body } = await epochOpening(forged, readers)
    await expectRefusal(await postEpoch(holder, body), 400, 'manifest_signature')
    expect(await rowsIn('epochs')).toBe(1)
  })

  test('A manifest of another number or of too many days is refused', async () => {
    const today = Math.floor(Date.now() / DAY_MS)
    for (const changes of [{ lastDay: today + 900 }, { lastDay: today - 1 }]) {
      const { body } = await epochOpening(holder, [holder, reader], changes)
      await expectRefusal(await postEpoch(holder, body), 400, 'malformed')
    }
    const { body } = await epochOpening(holder, [holder, reader], { epoch: 3 })
    await expectRefusal(await postEpoch(holder, body), 409, 'chain_moved')
    expect(await rowsIn('epochs')).toBe(1)
  })

  test('An epoch without a copy for each reader is refused, and nothing is stored', async () => {
    const { body } = await epochOpening(holder, [holder])
    await expectRefusal(await postEpoch(holder, body), 409, 'chain_moved')
    expect(await rowsIn('epochs')).toBe(1)
  })
})

describe('retiring an epoch', () => {
  test('The newest epoch cannot be retired', async () => {
    await expectRefusal(await retire(holder, 1, inDays(0)), 409, 'chain_moved')
  })

  test('An epoch that retires in 7 days takes reports until that day', async () => {
    await openNext()
    expect((await retire(holder, 1, inDays(7))).status).toBe(204)
    await submit(await sealed(org))
    await db.prepare('UPDATE epochs SET retired_day = ? WHERE epoch = 1').bind(inDays(0)).run()
    await expectRefusal(await send(await sealed(org)), 409, 'epoch_retired')
  })

  test('R24: A retired epoch refuses at once, and a later day is refused', async () => {
    const next = await openNext()
    expect((await retire(holder, 1, inDays(0))).status).toBe(204)
    await expectRefusal(await send(await sealed(org)), 409, 'epoch_retired')
    await submit(await sealed(next))
    await expectRefusal(await retire(holder, 1, inDays(3)), 409, 'chain_moved')
    await expectRefusal(await retire(holder, 1, inDays(-1)), 400, 'malformed')
  })
})

describe('ending an epoch', () => {
  const retiredSince = (days: number) =>
    db.prepare('UPDATE epochs SET retired_day = ? WHERE epoch = 1').bind(inDays(-days)).run()

  test('The private keys are deleted only 35 days after the last report was accepted', async () => {
    await openNext()
    await expectRefusal(await endEpoch(reader, 1), 400, 'malformed')
    await retiredSince(34)
    await expectRefusal(await endEpoch(reader, 1), 400, 'malformed')
    await retiredSince(35)
    expect((await endEpoch(reader, 1)).status).toBe(204)
    const me = Me.parse(await (await getAs(reader, 'me')).json())
    expect(me.intake.map(({ epoch }) => epoch)).toEqual([2])
    const row = await db.prepare('SELECT sealed_for_recovery FROM epochs WHERE epoch = 1').first()
    expect(row).toEqual({ sealed_for_recovery: null })
  })

  test('The keys of an epoch with a stored report are kept', async () => {
    await submit(await sealed(org))
    await openNext()
    await retiredSince(36)
    await expectRefusal(await endEpoch(reader, 1), 409, 'epoch_in_use')
    expect(await rowsIn('intake_keys')).toBe(4)
  })
})

describe('ending an epoch while a letter waits in R2', () => {
  const isOver = () =>
    db.prepare('UPDATE epochs SET retired_day = ? WHERE epoch = 1').bind(inDays(-36)).run()

  test('The keys of an epoch with a letter in R2 are kept until the letter is taken', async () => {
    const envelope = await sealed(org)
    await submitWhileDown(envelope)
    await openNext()
    await isOver()
    await expectRefusal(await endEpoch(reader, 1), 409, 'epoch_in_use')
    await drain({ now: () => fullLookAfter(0) })
    await expectRefusal(await endEpoch(reader, 1), 409, 'epoch_in_use')
    const id = await idOf(envelope)
    await makeKeyAs(reader, id)
    expect((await takeAs(reader, id, [envelope])).status).toBe(204)
    expect((await endEpoch(reader, 1)).status).toBe(204)
  })

  test('A letter of a newer epoch in R2 does not keep the keys of an older one', async () => {
    const next = await openNext()
    await isOver()
    await submitWhileDown(await sealed(next))
    expect((await endEpoch(reader, 1)).status).toBe(204)
  })
})

describe('moved clocks', () => {
  /** Runs `work` this many days after the first day of an epoch of 365 days. */
  async function daysIn(days: number, work: () => Promise<void>): Promise<void> {
    await openNext()
    vi.useFakeTimers({ now: Date.now() + days * DAY_MS, toFake: ['Date'] })
    try {
      await work()
    } finally {
      vi.useRealTimers()
    }
  }
  const state = async () => (await (await ask('/api/health')).json<{ keys: string }>()).keys

  test('An old proof of presence opens and retires no epoch, and a new one does', async () => {
    await openNext()
    try {
      vi.useFakeTimers({ now: Date.now() + PROOF_MINUTES * 60_000, toFake: ['Date'] })
      const { body } = await epochOpening(holder, [holder, reader], { epoch: 3 })
      await expectRefusal(await postEpoch(holder, body), 403, 'prove_again')
      await expectRefusal(await retire(holder, 1, inDays(0)), 403, 'prove_again')
      expect(await rowsIn('epochs')).toBe(2)
      const again = await signedInAgain(holder)
      expect((await postEpoch(again, body)).status).toBe(201)
      expect((await retire(again, 1, inDays(0))).status).toBe(204)
    } finally {
      vi.useRealTimers()
    }
  })

  test.each([
    [300, 'ok'],
    [330, 'soon'],
    [352, 'ending'],
    [380, 'ended'],
  ])('After %i days the health says %s', async (days, said) => {
    await daysIn(days, async () => expect(await state()).toBe(said))
  })

  test('The certificate of the last keeper counts too', async () => {
    await db.prepare('UPDATE people SET keeper_last_day = keeper_last_day - 760').run()
    expect(await state()).toBe('soon')
  })

  test('The edge takes reports at 380 days, refuses at 400, and a keeper heals it', async () => {
    const { body, manifest, bytes } = await epochOpening(holder, [holder, reader])
    await postEpoch(holder, body)
    const next = { ...org, manifest, manifestBytes: bytes, hybridKey: fromB64(body.hybridKey) }
    const start = Date.now()
    try {
      vi.useFakeTimers({ now: start + 380 * DAY_MS, toFake: ['Date'] })
      await submit(await sealed(next))
      vi.setSystemTime(start + 400 * DAY_MS)
      await expectRefusal(await send(await sealed(next)), 409, 'epoch_retired')
      const again = await signedInAgain(holder)
      const healed = await epochOpening(again, [holder, reader], { epoch: 3 })
      expect((await postEpoch(again, healed.body)).status).toBe(201)
      const keys = { ...org, manifest: healed.manifest, manifestBytes: healed.bytes }
      await submit(await sealed(keys))
      expect(await state()).toBe('ok')
    } finally {
      vi.useRealTimers()
    }
  })
})
