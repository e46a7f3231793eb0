// Models a browser in casework. The browser shows a case as it was read, and holds the words of its
// person. Like the staff app, the browser signs a change at the newest head. Requests and answers
// get lost.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { contentHashOf, hasWrap } from '#protocol/report/letter-content'
import { CaseOutcomes } from '#protocol/staff/bulk'
import type { CaseGrant } from '#protocol/staff/case-bodies'
import { MAX_TAKEN } from '#protocol/staff/case-changes'
import type { OpenedReport } from '#protocol/staff/cases'
import { ChainHead, NO_ROW, rowHash, type CaseAction } from '#protocol/staff/chain'
import type { Draw } from '#test/protocol/support/mutate-rows.ts'
import { noise, signedAt, type Member, type World } from './casework-world.ts'

type Kind = 'entry' | 'task' | 'record' | 'danger' | 'reply' | 'status' | 'bulk'
type Act = Kind | 'assign' | 'merge' | 'take' | 'key'

/** Words or a choice of a person, from the first press until the edge has settled it. */
export interface Draft {
  act: Act
  action: CaseAction
  caseId: string
  change: Record<string, unknown>
  /** hash of the words; null for a choice */
  hash: string | null
  /** the rest of the body beside `signed` */
  beside: Record<string, unknown>
  /** the hash of the record that the person changed; null for a first revision */
  base: string | null
  /** the head of the log as it was shown, for a change that depends on all rows of the log */
  shownHead: string | null
  /** an answer was lost, so that the edge may have stored it */
  isUnknown: boolean
  state: 'held' | 'stored' | 'refused'
  code: string
}

const PATHS: Partial<Record<CaseAction, [method: string, path: string]>> = {
  'status.set': ['PUT', 'status'],
  'key.make': ['POST', 'keys'],
  'letters.take': ['POST', 'letters'],
  'entry.add': ['POST', 'entries'],
  'answer.send': ['POST', 'answers'],
  'record.set': ['PUT', 'records'],
  'danger.set': ['PUT', 'danger'],
  'case.assign': ['PUT', 'assignee'],
}

const grantOf = (caseId: string, keyNo: number): CaseGrant => ({
  ...{ caseId, keyNo },
  sealed: noise(1196),
})

export class Browser {
  readonly member: Member
  /** every draft, oldest first */
  readonly drafts: Draft[] = []
  readonly #world: World
  readonly #draw: Draw
  readonly #ids: readonly [string, string]
  #view: OpenedReport | null = null
  #draft: Draft | null = null

  constructor(world: World, member: Member, ids: readonly [string, string], draw: Draw) {
    this.#world = world
    this.member = member
    this.#ids = ids
    this.#draw = draw
  }

  /** Does the next thing: reads, writes words, or sends what the person holds. */
  async step(): Promise<void> {
    if (this.#draft) return this.#send(this.#draft)
    if (!this.#view || this.#draw(3) === 0) await this.#read(this.#ids[this.#draw(4) === 0 ? 1 : 0])
    if (this.#view && this.#draw(5) > 0) this.#draft = await this.#compose(this.#view)
    if (this.#draft) this.drafts.push(this.#draft)
  }

  /** Sends until the edge has said what became of the draft. */
  async finish(): Promise<void> {
    for (let tried = 0; this.#draft && tried < 20; tried++) await this.#send(this.#draft)
  }

  async #read(id: string): Promise<void> {
    const opened = await this.#world.read(this.member, id)
    // The first opening of a case makes its first key.
    if (opened && !opened.mergedInto && newestKey(opened) === 0) {
      await this.#makeKey(id)
      this.#view = await this.#world.read(this.member, id)
      return
    }
    const next = opened?.mergedInto
    this.#view = next ? await this.#world.read(this.member, next) : opened
  }

  async #compose(view: OpenedReport): Promise<Draft | null> {
    const acts: Act[] = ['entry', 'entry', 'task', 'record', 'record', 'danger', 'reply', 'status']
    if (this.member.isReader) acts.push('bulk', 'assign', 'assign', 'merge', 'take', 'take')
    const act = acts[this.#draw(acts.length)] ?? 'entry'
    const { id, status, followUps, danger, assignee } = view.item
    const keyNo = newestKey(view)
    if (keyNo === 0) return null
    const sealed = noise(540)
    const hash = toB64(await sha256(fromB64(sealed)))
    const draft = (
      action: CaseAction,
      change: Record<string, unknown>,
      more: Partial<Draft> = {},
    ): Draft => ({
      ...{ act, action, caseId: id, change, hash: null, beside: {}, base: null, shownHead: null },
      ...{ isUnknown: false, state: 'held', code: '' },
      ...more,
    })
    const words = { hash, beside: { sealed } }
    switch (act) {
      case 'entry':
        return draft('entry.add', { keyNo, entryHash: hash }, words)
      case 'task': {
        const dueDay = this.#draw(3) === 0 ? null : `2026-12-0${String(1 + this.#draw(9))}`
        const shownHead = await headOf(view)
        return draft('entry.add', { keyNo, entryHash: hash, dueDay }, { ...words, shownHead })
      }
      case 'record': {
        const record = this.#draw(2)
        const shown = view.records.find((each) => each.record === record)
        const base = shown ? toB64(await sha256(fromB64(shown.sealed))) : null
        const change = { keyNo, record, revision: (shown?.revision ?? 0) + 1, recordHash: hash }
        return draft('record.set', change, { ...words, base })
      }
      case 'danger':
        return draft('danger.set', { danger: !danger, keyNo, entryHash: hash, followUps }, words)
      case 'reply': {
        const bytes = noise(4096)
        const sealedHash = toB64(await sha256(fromB64(bytes)))
        const among = [undefined, ...view.absorbed]
        const report = among[this.#draw(among.length)]
        const slot = report === undefined ? view.answers.length : this.#draw(4)
        const change = { ...(report && { report }), slot, sealedHash, followUps }
        return draft('answer.send', change, { hash: sealedHash, beside: { sealed: bytes } })
      }
      case 'status':
      case 'bulk': {
        const others = (['new', 'in_progress', 'closed'] as const).filter((to) => to !== status)
        const to = others[this.#draw(2)] ?? 'new'
        const reason = to === 'closed' ? { reason: 'helped' } : {}
        return draft('status.set', { from: status, to, followUps, ...reason })
      }
      case 'assign': {
        const { aigul, daria, bermet } = this.#world.members
        const among = [null, aigul, daria, bermet, bermet].filter(
          (each) => (each?.id ?? null) !== assignee,
        )
        const to = among[this.#draw(among.length)] ?? null
        const isGranted = to === bermet
        const grants = isGranted ? await this.#grantsOf(view) : []
        const change = { from: assignee, to: to?.id ?? null, isGranted }
        return draft('case.assign', change, { beside: { grants } })
      }
      case 'merge': {
        const into = this.#ids.find((each) => each !== id)
        if (into === undefined || view.absorbed.includes(into) || this.#draw(3) > 0) return null
        return draft('case.merge', { into })
      }
      default:
        return this.#composeTaking(view, draft)
    }
  }

  async #composeTaking(
    view: OpenedReport,
    draft: (action: CaseAction, change: Record<string, unknown>, more: Partial<Draft>) => Draft,
  ): Promise<Draft | null> {
    const views = [view]
    for (const id of view.absorbed) views.push((await this.#world.read(this.member, id)) ?? view)
    const whole = new Map(
      views
        .flatMap((each) => [{ id: each.item.id, envelope: each.envelope }, ...each.followUps])
        .filter(({ envelope }) => hasWrap(fromB64(envelope)))
        .map((letter) => [letter.id, letter.envelope]),
    )
    if (whole.size === 0) return null
    const letters = await Promise.all(
      [...whole].slice(0, MAX_TAKEN).map(async ([id, envelope]) => ({
        id,
        contentHash: toB64(await contentHashOf(fromB64(envelope))),
      })),
    )
    const beside = { sealed: letters.map(() => noise(60)) }
    return draft('letters.take', { keyNo: newestKey(view), letters }, { beside })
  }

  /** Makes copies of all keys that a caseworker of the case needs. */
  async #grantsOf(view: OpenedReport): Promise<CaseGrant[]> {
    const views = [view]
    for (const id of view.absorbed) views.push((await this.#world.read(this.member, id)) ?? view)
    return views.flatMap(({ item, caseKeys }) =>
      caseKeys
        .filter(({ caseId }) => caseId === item.id)
        .map(({ keyNo }) => grantOf(item.id, keyNo)),
    )
  }

  async #send(draft: Draft): Promise<void> {
    // The network fails before the edge hears anything.
    if (this.#draw(10) === 0) return
    const code = await this.#answerTo(draft)
    if (this.#draw(6) === 0) {
      draft.isUnknown = true
      return
    }
    await this.#settle(draft, code)
  }

  /** Returns null for a stored change, else the code of the refusal. */
  async #answerTo(draft: Draft): Promise<string | null> {
    const { action, caseId, change, beside } = draft
    const at = (subject: string, prev: string, of = action) => ({ action: of, subject, prev })
    const prev = draft.shownHead ?? (await this.#head(caseId))
    if (prev === null) return 'not_found'
    const signed = await signedAt(this.member, at(caseId, prev), change)
    if (action === 'case.merge') return this.#merge(draft, prev)
    if (draft.act === 'bulk') {
      const changes = [{ case: caseId, action, signed }]
      const answer = await this.#world.ask(this.member, 'cases/changes', 'POST', { changes })
      const { results } = CaseOutcomes.parse(await answer.json())
      return results[0]?.code ?? null
    }
    const [method, path] = PATHS[action] ?? ['', '']
    const body = action === 'status.set' ? signed : { signed, ...beside }
    const answer = await this.#world.ask(this.member, `reports/${caseId}/${path}`, method, body)
    return codeOf(answer)
  }

  async #merge({ caseId, change }: Draft, head: string): Promise<string | null> {
    const into = String(change['into'])
    const [from, goesOn] = [
      await this.#world.read(this.member, caseId),
      await this.#world.read(this.member, into),
    ]
    const prev = await this.#head(into)
    if (!from || !goesOn || prev === null) return 'not_found'
    const hasCaseworker = goesOn.item.assignee === this.#world.members.bermet.id
    const absorbing = { from: caseId, head, also: [...from.absorbed].sort() }
    const body = {
      merged: await signedAt(
        this.member,
        { action: 'case.merge', subject: caseId, prev: head },
        change,
      ),
      absorbed: await signedAt(
        this.member,
        { action: 'case.absorb', subject: into, prev },
        absorbing,
      ),
      grants: hasCaseworker ? await this.#grantsOf(from) : [],
    }
    return codeOf(await this.#world.ask(this.member, `reports/${caseId}/merge`, 'POST', body))
  }

  async #head(id: string): Promise<string | null> {
    const answer = await this.#world.ask(this.member, `reports/${id}/head`)
    return answer.ok ? ChainHead.parse(await answer.json()).head : null
  }

  /** Does what the app does after an answer. A refused draft stays with its person. */
  async #settle(draft: Draft, code: string | null): Promise<void> {
    if (code === null) {
      draft.state = 'stored'
      this.#draft = null
    } else if (code === 'chain_moved' && draft.shownHead === null) {
      // The app signs the same words again at the new head.
    } else {
      draft.state = 'refused'
      draft.code = code
      this.#draft = null
      if (code === 'case_key_changed') await this.#makeKey(draft.caseId)
      this.#view = null
    }
  }

  async #makeKey(id: string): Promise<void> {
    const view = this.member.isReader ? await this.#world.read(this.member, id) : null
    if (!view || view.mergedInto) return
    const keyNo = newestKey(view) + 1
    const change = { keyNo, generation: 1 }
    const prev = await headOf(view)
    const signed = await signedAt(this.member, { action: 'key.make', subject: id, prev }, change)
    const isGranted = view.item.assignee === this.#world.members.bermet.id
    const body = {
      ...{ signed, sealed: noise(88), share: toB64(await sha256(fromB64(id))) },
      ...(isGranted && { grant: grantOf(id, keyNo).sealed }),
    }
    // A refusal means that a colleague made a key; the next write then shows it.
    await this.#world.ask(this.member, `reports/${id}/keys`, 'POST', body)
  }
}

const newestKey = ({ item, caseKeys }: OpenedReport): number =>
  Math.max(0, ...caseKeys.filter((key) => key.caseId === item.id).map(({ keyNo }) => keyNo))

/** Computes the head of the log that a view shows. */
async function headOf({ log }: OpenedReport): Promise<string> {
  let head = NO_ROW
  for (const { statement, signature } of log)
    head = await rowHash(head, { statement, signature: fromB64(signature) })
  return toB64(head)
}

async function codeOf(answer: Response): Promise<string | null> {
  if (answer.ok) return null
  const { error } = await answer.json<{ error: { code: string } }>()
  return error.code
}
