// Models a browser in casework. The browser shows a case in the state that it last read, and keeps
// the user's unsent words. Like the staff app, the browser signs a change on top of the newest
// head. Requests and responses may be lost.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { CaseOutcomes } from '#protocol/staff/list/bulk'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { NO_ROW, rowHash, type SignedChange } from '#protocol/staff/chain'
import { requestOf } from '#protocol/staff/actions'
import type { Draw } from '#test/protocol/support/mutate-rows.ts'
import { noise, signedAt, type Member, type Thread, type World } from './casework-world.ts'
import { composeDraft, dangersIn, freeRecord, grantOf, grantsOf } from './compose-draft.ts'
import { hashOf, newestKey } from './shown.ts'
import { countsOf, type Act, type Draft, type LinkHalf, type Plot, type SentRow } from './drafts.ts'
import { KEY_HASH } from '#test/protocol/support/case-log.ts'

/** Length of a person's sealed views. */
const VIEWS_BYTES = 9328
const SENDS = 20
const REFERRING: ReadonlySet<Act> = new Set(['refer', 'second', 'mark'])

/** The outcome of a request: stored, refused with a code, or a lost response. */
type Outcome = { code: string | null } | 'lost'

export class Browser {
  readonly member: Member
  /** every draft, oldest first */
  readonly drafts: Draft[] = []
  /** every row that was sent, by its signature */
  readonly sent = new Map<string, SentRow>()
  readonly #world: World
  readonly #draw: Draw
  readonly #threads: readonly Thread[]
  readonly #plot: Plot
  #view: StoredCase | null = null
  #draft: Draft | null = null

  constructor(
    world: World,
    member: Member,
    threads: readonly Thread[],
    { draw, plot }: { draw: Draw; plot: Plot },
  ) {
    this.#plot = plot
    this.#world = world
    this.member = member
    this.#threads = threads
    this.#draw = draw
  }

  /** Takes the next step: reads, writes words, or sends the person's unsent drafts. */
  async step(): Promise<void> {
    if (this.#draft) return this.#send(this.#draft)
    const ids = this.#threads.map(({ id }) => id)
    if (!this.#view || this.#draw(3) === 0) await this.#read(ids[this.#draw(4) === 0 ? 1 : 0] ?? '')
    const [world, member, draw, view] = [this.#world, this.member, this.#draw, this.#view]
    if (view && draw(5) > 0)
      this.#draft = await composeDraft({ world, member, draw, ids, view }, this.#plot)
    if (this.#draft) this.drafts.push(this.#draft)
  }

  /** Sends the draft repeatedly until the edge has settled it. */
  async finish(): Promise<void> {
    for (let tried = 0; this.#draft && tried < SENDS; tried++) await this.#send(this.#draft)
  }

  async #read(id: string): Promise<void> {
    const opened = await this.#world.read(this.member, id)
    // Opening a case for the first time makes its first key.
    if (opened && !opened.mergedInto && newestKey(opened) === 0) {
      await this.#makeKey(id)
      this.#view = await this.#world.read(this.member, id)
      return
    }
    const next = opened?.mergedInto
    this.#view = next ? await this.#world.read(this.member, next) : opened
  }

  async #send(draft: Draft): Promise<void> {
    const outcome = await this.#outcomeOf(draft)
    if (outcome === 'lost') draft.isUnknown = true
    else await this.#settle(draft, outcome.code)
  }

  #outcomeOf(draft: Draft): Promise<Outcome> {
    switch (draft.act) {
      case 'link':
        return this.#link(draft.halves)
      case 'view':
        return this.#keepView(draft)
      case 'letter':
        return this.#enterLetter(draft)
      case 'merge':
        return this.#merge(draft)
      case 'bulk':
      case 'bulk_assign':
        return this.#changeMany(draft)
      case 'task':
      case 'danger':
        return this.#follow(draft)
      default:
        return this.#change(draft)
    }
  }

  /** Signs one change on top of the newest head, and sends the change. */
  async #change(draft: Draft): Promise<Outcome> {
    if (draft.isUnknown && REFERRING.has(draft.act) && (await this.#isStored(draft)))
      return { code: null }
    const prev = await this.#head(draft.caseId)
    return prev === null ? { code: 'not_found' } : this.#signAndPost(draft, prev)
  }

  /**
   * Checks whether words were stored although the response was lost, as the app does before it
   * resends words.
   */
  async #isStored({ caseId, hash }: Draft): Promise<boolean> {
    const now = await this.#world.read(this.member, caseId)
    const stored = await Promise.all((now?.entries ?? []).map(({ sealed }) => hashOf(sealed)))
    return hash !== null && stored.includes(hash)
  }

  /** Reads the case again, because the change depends on all rows of the case log. */
  async #follow(draft: Draft): Promise<Outcome> {
    const now = await this.#world.read(this.member, draft.caseId)
    if (!now) return { code: 'not_found' }
    if (draft.act === 'danger' && dangersIn(now) > draft.dangers) return { code: 'record_changed' }
    return this.#signAndPost(draft, await headOf(now))
  }

  async #signAndPost(draft: Draft, prev: string): Promise<Outcome> {
    const { action, caseId, change, beside } = draft
    const signed = await signedAt(
      this.#world,
      this.member,
      { action, subject: caseId, prev },
      change,
    )
    const { method, path } = requestOf(action, caseId)
    const body = action === 'status.set' ? signed : { signed, ...beside }
    return this.#post(path, method, body, [signed], draft)
  }

  async #changeMany(draft: Draft): Promise<Outcome> {
    const { action, caseId, change } = draft
    const prev = await this.#head(caseId)
    if (prev === null) return { code: 'not_found' }
    const signed = await signedAt(
      this.#world,
      this.member,
      { action, subject: caseId, prev },
      change,
    )
    const changes = [{ case: caseId, action, signed }]
    return this.#post('cases/changes', 'POST', { changes }, [signed], draft)
  }

  async #merge(draft: Draft): Promise<Outcome> {
    const [id, into] = [draft.caseId, String(draft.change['into'])]
    const head = await this.#head(id)
    const from = await this.#world.read(this.member, id)
    const goesOn = await this.#world.read(this.member, into)
    const prev = await this.#head(into)
    if (head === null || !from || !goesOn || prev === null) return { code: 'not_found' }
    const hasCaseworker = goesOn.item.assignee === this.#world.members.bermet.id
    const absorb = { from: id, head, also: [...from.absorbed].sort() }
    const places = [
      { action: 'case.merge', subject: id, prev: head },
      { action: 'case.absorb', subject: into, prev },
    ] as const
    const merged = await signedAt(this.#world, this.member, places[0], draft.change)
    const absorbed = await signedAt(this.#world, this.member, places[1], absorb)
    const grants = hasCaseworker
      ? await grantsOf({ world: this.#world, member: this.member }, from)
      : []
    const body = { merged, absorbed, grants }
    return this.#post(`reports/${id}/merge`, 'POST', body, [merged, absorbed], draft)
  }

  /** Enters a letter. A letter that arrived although its response was lost is not sent again. */
  async #enterLetter(draft: Draft): Promise<Outcome> {
    const { action, caseId: subject, change, beside } = draft
    const prev = await this.#head(subject)
    if (prev !== toB64(NO_ROW)) return { code: prev === null ? 'not_found' : null }
    const signed = await signedAt(this.#world, this.member, { action, subject, prev }, change)
    return this.#post('letters', 'POST', { signed, ...beside }, [signed], draft)
  }

  /** Writes the entries of a link that are not yet in both cases. */
  async #link(halves: readonly LinkHalf[]): Promise<Outcome> {
    for (const { caseId, sealed, hash } of halves) {
      const now = await this.#world.read(this.member, caseId)
      if (!now) return { code: 'not_found' }
      if (now.mergedInto !== null) return { code: 'case_merged' }
      // A case that was never opened has no key, and only a reader makes keys.
      if (newestKey(now) === 0)
        return { code: this.member.isReader ? 'case_key_changed' : 'needs_reader' }
      const stored = await Promise.all(now.entries.map((each) => hashOf(each.sealed)))
      if (stored.includes(hash)) continue
      const prev = await headOf(now)
      const change = { keyNo: newestKey(now), entryHash: hash }
      const place = { action: 'entry.add', subject: caseId, prev } as const
      const signed = await signedAt(this.#world, this.member, place, change)
      const path = `reports/${caseId}/entries`
      const outcome = await this.#post(path, 'POST', { signed, sealed }, [signed], null)
      if (outcome === 'lost' || outcome.code !== null) return outcome
    }
    return { code: null }
  }

  /**
   * Adds a view to the views stored at the edge. The random hash of the draft serves as the name of
   * the view.
   */
  async #keepView({ hash }: Draft): Promise<Outcome> {
    const { viewsIn } = this.#world
    const sealed = await this.#world.views(this.member)
    const base = sealed === null ? null : await hashOf(sealed)
    const next = noise(VIEWS_BYTES)
    const names = [...(viewsIn.get(base ?? '') ?? []), hash ?? '']
    viewsIn.set(await hashOf(next), names)
    const outcome = await this.#post('me/views', 'PUT', { sealed: next, base }, [], null)
    const isStale = outcome !== 'lost' && outcome.code === 'record_changed'
    return isStale ? { code: 'chain_moved' } : outcome
  }

  /**
   * Sends a request. The network may fail before the edge receives anything, or lose the response.
   */
  async #post(
    path: string,
    method: string,
    body: object,
    rows: readonly SignedChange[],
    draft: Draft | null,
  ): Promise<Outcome> {
    const isSent = this.#draw(10) > 0
    if (!isSent) return { code: 'network' }
    const before = countsOf(this.#threads, 'confirmed')
    const answer = await this.#world.ask(this.member, path, method, body)
    const after = countsOf(this.#threads, 'started')
    for (const { signature } of rows) this.sent.set(signature, { draft, before, after })
    return this.#draw(6) === 0 ? 'lost' : { code: await codeOf(answer) }
  }

  #head(id: string): Promise<string | null> {
    return this.#world.head(this.member, id)
  }

  /** Reacts to a response as the app does. A refused draft remains with its person. */
  async #settle(draft: Draft, code: string | null): Promise<void> {
    // Without a response, the person presses the button again. The app signs the same words on a
    // newer head.
    if (code === 'network' || code === 'chain_moved') return
    if (draft.act === 'person' && code === 'record_changed') {
      const now = await this.#world.read(this.member, draft.caseId)
      if (now) draft.change['record'] = freeRecord(now)
      if (now) return
    }
    draft.state = code === null ? 'stored' : 'refused'
    draft.code = code ?? ''
    this.#draft = null
    const changed = [draft.caseId, ...draft.halves.map(({ caseId }) => caseId)]
    if (code === 'case_key_changed') for (const id of new Set(changed)) await this.#makeKey(id)
    if (code !== null) this.#view = null
  }

  async #makeKey(id: string): Promise<void> {
    const view = this.member.isReader ? await this.#world.read(this.member, id) : null
    if (!view || view.mergedInto) return
    const keyNo = newestKey(view) + 1
    const place = { action: 'key.make', subject: id, prev: await headOf(view) } as const
    const signed = await signedAt(this.#world, this.member, place, {
      keyNo,
      generation: 1,
      keyHash: KEY_HASH,
    })
    const isGranted = view.item.assignee === this.#world.members.bermet.id
    const secret = toB64(await sha256(fromB64(id)))
    const grant = isGranted ? { grant: grantOf(id, keyNo).sealed } : {}
    const body = { signed, sealed: noise(88), secret, ...grant }
    // A refusal means that a colleague has already made a key, which the next read shows.
    await this.#post(`reports/${id}/keys`, 'POST', body, [signed], null)
  }
}

/** Computes the head of the log that a view shows. */
async function headOf({ log }: StoredCase): Promise<string> {
  let head = NO_ROW
  for (const { statement, signature } of log)
    head = await rowHash(head, { statement, signature: fromB64(signature) })
  return toB64(head)
}

/** Returns null for a stored change, otherwise the code of the refusal. */
async function codeOf(answer: Response): Promise<string | null> {
  if (answer.status === 200) return CaseOutcomes.parse(await answer.json()).results[0]?.code ?? null
  if (answer.ok) return null
  const { error } = await answer.json<{ error: { code: string } }>()
  return error.code
}
