// Reads referrals while the server lies: it makes up consent, second signatures, states and files.
// The app believes none of these lies, and nothing is sent because of them. The seed determines the
// lies.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ReferralConfirm, ReferralMark } from '#protocol/staff/case-log/changes'
import { SignedChange } from '#protocol/staff/chain'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Statement } from '#protocol/staff/statement'
import { chanceFrom, happens, type Chance } from '#scripts/shared/seeded-random'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { loadReferrals } from '#site/staff/case/read/load-referrals.ts'
import { type Referral } from '#site/staff/case/read/referrals-of.ts'
import { sendMark, sendSecond } from '#site/staff/case/write/send-referral.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { factsOf, wordsOfCase } from '#site/staff/referral/facts-of.ts'
import { writer } from '#test/protocol/support/ledger.ts'
import { SAMPLED, sampleOf, seedFor } from '#test/sample.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { LIFE, POLICE, refer, referralsIn } from '../support/referrals.ts'
import { writeAgain } from '../support/people.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'
import { hasReferrals, REFERRAL_LIES } from './support/lies/tell-referrals.ts'
import { FORGED } from './support/view-case.ts'

const HOURS_MS = 2 * 3_600_000
const NAMES = Object.keys(REFERRAL_LIES)
let team: Colleagues
let begun: WorkedCase[]
let truth: Map<string, Referral>
let other: StoredCase
let letter: StoredCase['followUps'][number]
let key: CryptoKey

/**
 * Makes four referrals of a case: one sent, one awaiting a second colleague, one made at night, and
 * one accepted.
 */
beforeAll(async () => {
  team = await colleagues()
  const { aigul, bermet } = team
  begun = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
  for (const work of begun) {
    await work.openAndTake(aigul)
    const step = async (made: Referral, to: 'sent' | 'accepted') => {
      const now = (await referralsIn(work, aigul)).find(
        ({ signed }) => signed.hash === made.signed.hash,
      )!
      const expected = to === 'sent' ? { expectedDay: null } : {}
      await sendMark(aigul, await work.load(aigul), now, { to, text: '', ...expected })
    }
    const second = async (made: Referral) =>
      sendSecond(bermet, await work.load(bermet), made, 'окудум')
    await step(await refer(work, aigul), 'sent')
    await refer(work, aigul, { isUnder18: 'unknown' })
    const fields = ['place', 'danger'] as const
    const night = { basis: LIFE, receiver: POLICE, fields: [...fields] }
    await step(await refer(work, aigul, night), 'sent')
    const last = await refer(work, aigul, { isUnder18: 'unknown' })
    await second(last)
    await step(last, 'sent')
    await step(last, 'accepted')
  }
  const [work, two] = begun
  truth = new Map((await referralsIn(work!, bermet)).map((each) => [each.signed.hash!, each]))
  other = await two!.stored()
  key = (await writer()).signing.privateKey
  // The server has the public keys and the hashes of the thread, but not the reporter's key.
  const plain = {
    text: `${FORGED} words`,
    place: `${FORGED} street`,
    contact: { how: `${FORGED} number`, when: FORGED, avoid: FORGED, name: FORGED, word: FORGED },
  }
  const up = randomBytes(32)
  const sealed = await writeAgain(team.staff, work!.reported, plain, { up })
  letter = {
    ...{ id: sealed.id, day: '2026-12-01', sealedBy: 'device' },
    envelope: toB64(sealed.envelope),
  }
}, HOURS_MS)
afterEach(() => void vi.unstubAllGlobals())

/**
 * Lists everything that a screen would show although no colleague signed it. An older state alone
 * does not count as a lie.
 */
function believed(shown: readonly Referral[]): string[] {
  return shown.flatMap(({ signed, entry, second }) => {
    const true_ = truth.get(signed.hash ?? '')
    if (!true_) return ['a referral']
    const states = ['made', ...true_.signed.steps.map(({ to }) => to)]
    const { confirmed } = true_.signed
    const isSigned = signed.confirmed === null || signed.confirmed.n === confirmed?.n
    const isEntry = entry === null || JSON.stringify(entry) === JSON.stringify(true_.entry)
    return [
      ...(states.includes(signed.state) && signed.steps.length < states.length ? [] : ['a state']),
      ...(isSigned && (second === null || second.text === 'окудум') ? [] : ['a second signature']),
      ...(isEntry ? [] : ['an entry']),
      ...(signed.second === true_.signed.second ? [] : ['who signs']),
      ...(signed.fileHash === true_.signed.fileHash ? [] : ['a file']),
      ...(signed.expectedDay === null ? [] : ['a day']),
    ]
  })
}

/** Lists the server's words that would enter a letter. */
function leaving(loaded: LoadedReport): string[] {
  const words = [factsOf(loaded, null, String), wordsOfCase(loaded)]
  return JSON.stringify(words).includes(FORGED) ? ['words that leave'] : []
}

/** Lists rows that no honest browser signs. */
function wronglySigned(body: unknown): string[] {
  const signed = SignedChange.safeParse((body as { signed?: unknown }).signed).data
  if (!signed) return []
  const { action, actor } = Statement.parse(JSON.parse(signed.statement))
  const change: unknown = JSON.parse(signed.change)
  if (action === 'referral.confirm') {
    const made = truth.get(ReferralConfirm.parse(change).of.hash)
    if (!made || made.signed.actor === actor) return [action]
    // A colleague who sees an older case may give their own signature again, which changes nothing.
    return (made.signed.confirmed?.actor ?? actor) === actor ? [] : [action]
  }
  if (action !== 'referral.mark') return []
  const { of, from, to } = ReferralMark.parse(change)
  const made = truth.get(of.hash)
  const isHeld = made?.signed.second === 'before' && made.signed.confirmed === null
  return made && !(isHeld && from === 'made' && to === 'sent') ? [] : [action]
}

/** Signs and marks what the screen shows, as a colleague who believes it would. */
async function act(work: WorkedCase, chance: Chance, seen: readonly Referral[]): Promise<void> {
  if (seen.length === 0) return
  const [by, made] = [chance.one([team.aigul, team.bermet]), chance.one(seen)]
  try {
    const loaded = await work.load(by)
    if (happens(chance, 50)) await sendSecond(by, loaded, made, 'дагы')
    else await sendMark(by, loaded, made, { to: 'sent', text: '', expectedDay: null })
  } catch (thrown) {
    if (!(thrown instanceof Refusal) && !(thrown instanceof TypeError)) throw thrown
  }
}

async function run(seed: number): Promise<{ plan: string; believed: string[]; signed: string[] }> {
  const chance = chanceFrom(seed)
  const [work] = await copyCases(begun)
  forgetSeen()
  const plan = [
    NAMES[seed % NAMES.length] ?? '',
    ...(happens(chance, 40) ? [chance.one(NAMES)] : []),
  ]
  const people = [team.aigul, team.bermet].map(({ keys }) => keys.personId)
  const signed: string[] = []
  work!.edge.wire = async ({ method, path, body, pass }) => {
    if (method !== 'GET' && typeof body === 'string' && body !== '')
      signed.push(...wronglySigned(JSON.parse(body)))
    if (method !== 'GET' || path !== `reports/${work!.id}`) return pass()
    let stored = StoredCase.parse(await (await pass()).json())
    for (const name of plan)
      if (hasReferrals(stored))
        stored = await REFERRAL_LIES[name]!(stored, { chance, key, people, other, letter })
    return Response.json(stored)
  }
  const loaded = await work!.load(team.bermet)
  const seen = await loadReferrals(team.bermet.roster, loaded, Date.now())
  if (happens(chance, 60)) await act(work!, chance, seen)
  return { plan: plan.join(', '), believed: [...believed(seen), ...leaving(loaded)], signed }
}

test(
  'R48: A server that makes up parts of a referral is believed in nothing',
  {
    ...SAMPLED,
    timeout: HOURS_MS,
  },
  async () => {
    expect(truth.size).toBe(4)
    expect([...truth.values()].flatMap(({ doubts }) => doubts)).toEqual([])
    expect(believed([...truth.values()])).toEqual([])
    const seed = seedFor('A server that lies about referrals')
    for (let at = 1; at <= sampleOf(200, 10_000); at++) {
      const { plan, ...found } = await run(seed + at)
      expect(found, `run ${at} of OASIS_SEED=${seed}: ${plan}`).toEqual({
        believed: [],
        signed: [],
      })
    }
  },
)
