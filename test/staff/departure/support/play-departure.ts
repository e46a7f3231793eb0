// Plays out a complete departure with the real code. When the reader leaves, the stores contain
// threads in every state; letters and notes are added afterwards. Every text serves as the name of
// its item, so that a test can list what can be opened.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { sealEnvelope, type SealEnvelope } from '#protocol/report/seal-envelope'
import { departureSteps } from '#site/staff/departure/departure.ts'
import {
  type DepartureStep,
  type DepartureStepName,
  type StepLeft,
} from '#site/staff/departure/step.ts'
import { type UnlockedKeys } from '#site/staff/crypto/unlock.ts'
import { sendSigned } from '#site/staff/api/send-signed.ts'
import { sendAction } from '#site/staff/api/send-action.ts'
import { fetchSignInOptions } from '#site/staff/api/session-api.ts'
import { makeInvitation } from '#site/staff/crypto/invite.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { sendReceiver } from '#site/staff/ledger/receivers.ts'
import { sendInvitationEnd, sendRemoval } from '#site/staff/people/send-confirmation.ts'
import { writePiece } from '#site/staff/search/hold-pieces.ts'
import { loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import {
  sealsBySuite2,
  tell,
  writeAgain,
  type Filed,
  type Published,
} from '#test/staff/support/people.ts'
import { giveCase, writeTitle } from './assigned-case.ts'
import { offerLetter, type StoresCopy } from './edge.ts'
import { Office, type Reader } from './office.ts'
import { markReading, saveView, setOwnChoices, writeTemplate } from './own-things.ts'
import { putWaitingReport } from './waiting-report.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { NO_COUNTS } from '#test/staff/search/support/no-counts.ts'

export interface PlayedDeparture {
  /** a full copy of D1 and R2 after the departure */
  after: StoresCopy
  /** a full copy made before the removal */
  before: StoresCopy
  leaver: Reader
  /** a reader who does not leave */
  colleague: Reader
  /** token of an invitation that was withdrawn, base64url */
  spentLink: string
  /** seed of the recovery key, which exists only on paper */
  recoverySeed: Bytes
  /**
   * the letters that remain for the `take` step, counted after the departure begins and at later
   * times
   */
  lettersLeft: StepLeft[]
}

/** A report that waits in R2 during the departure. */
export interface WaitingText {
  text: string
  /** true when the report arrives after the departure begins, and the `take` step runs again */
  comesIn: boolean
}

type Seal = (keys: Published) => Promise<Filed>

class Play {
  readonly office: Office
  readonly #leaver: Reader
  readonly #colleague: Reader

  constructor(office: Office) {
    this.office = office
    const [, colleague, leaver] = office.readers
    this.#colleague = colleague
    this.#leaver = leaver
  }

  /**
   * Sends a letter as a page does, sealed to the page's keys, and to other keys after a refusal.
   */
  async #send(seal: Seal, epochs: readonly number[] = [1]): Promise<Filed> {
    for (const epoch of epochs) {
      const filed = await seal(await this.office.published(epoch))
      if (await offerLetter(this.office.edge, filed)) return filed
    }
    throw new Error('the edge refuses the letter')
  }

  #tell = (text: string, epochs?: readonly number[], suite: 1 | 2 = 1): Promise<Filed> =>
    this.#send((keys) => tell(keys, { text }, {}, sealerOf(suite, keys)), epochs)

  #follow = (first: Filed, text: string, epochs?: readonly number[]): Promise<Filed> =>
    this.#send((keys) => writeAgain(keys, first, { text }), epochs)

  /** Has the edge seal a form. @returns the report id, base64url */
  async #form(text: string): Promise<string> {
    const { edge } = this.office
    const known = this.#reportIds()
    const [newest] = edge.rows('SELECT max(epoch) AS epoch FROM epochs')
    const { manifest } = (await this.office.published(Number(newest?.['epoch']))).org
    await edge.submitText(manifest, text)
    const [id] = this.#reportIds().filter((each) => !known.includes(each))
    if (id === undefined) throw new Error('the form is lost')
    return id
  }

  /** Records a receiver; the departure reseals this record. */
  nameReceiver(): Promise<void> {
    const record = {
      v: 1,
      name: 'old receiver',
      kind: 'authority',
      place: '',
      contact: '',
    } as const
    const { nextRoster } = this.office
    return this.office.as(this.#colleague, ({ by: { keys } }) =>
      sendReceiver(
        { keys, nextRoster },
        { id: toB64(new Uint8Array(16).fill(7)), base: null },
        record,
      ),
    )
  }

  /** Makes an invitation and withdraws it. @returns its token, base64url */
  spendInvitation(): Promise<string> {
    const [keeper] = this.office.readers
    return this.office.as(keeper, async ({ by: { keys } }) => {
      const { token, change } = await makeInvitation(['intake'], Date.now())
      const { tokenHash } = change
      await sendSigned(
        keys,
        { action: 'invitation.create', subject: tokenHash, change },
        (signed) => sendAction('invitation.create', signed),
      )
      await sendInvitationEnd(keys, tokenHash)
      return token
    })
  }

  #reportIds = (): string[] =>
    this.office.edge.rows('SELECT id FROM reports').map(({ id }) => toB64(id as Bytes))

  /**
   * Reads a report, as the screen does. Takes the letters of the report unless the network fails at
   * that point.
   */
  #read = (reader: Reader, id: string, takes = true): Promise<void> =>
    this.office.as(reader, async ({ by }) => {
      const loaded = await loadReport(by, id)
      if (takes) await takeLetters(by, loaded)
      await loadReport(by, id)
    })

  #note = (reader: Reader, id: string, text: string): Promise<unknown> =>
    this.office.as(reader, async ({ by }) =>
      writeIn(by, (await loadReport(by, id)).sealed).entry(noteOf(text)),
    )

  #reply = (id: string, text: string): Promise<unknown> =>
    this.office.as(this.#colleague, async ({ by }) => sendReply(by, await loadReport(by, id), text))

  /** Writes a piece of the search index, as a browser that has read a case does. */
  #index = (n: number, words: string): Promise<unknown> =>
    this.office.as(this.#colleague, ({ by }) =>
      writePiece(by, { n, etag: null, revision: 0 }, [
        {
          ...{
            id: String(n),
            mergedInto: null,
            mergedFirst: null,
            day: '2026-11-01',
            followUps: 0,
            rows: 0,
          },
          ...{
            signed: null,
            title: '',
            tags: [],
            risk: null,
            language: 'ky',
            marks: [],
            persons: '',
          },
          ...{ names: [], places: [], tasks: [], endedElsewhere: [], words },
          ...{ help: [], mendedElsewhere: [], referrals: [], counts: NO_COUNTS },
          ...{ handovers: [], readElsewhere: [] },
        },
      ]),
    )

  async before() {
    const read = await this.#tell('old read thread: report')
    await this.#follow(read, 'old read thread: letter that the leaver took')
    const foreign = await this.#tell('old foreign thread: report', [1], 2)
    await this.#follow(foreign, 'old foreign thread: letter')
    const form = await this.#form('old foreign form: report')
    const quiet = await this.#tell('old read report')
    const unsaved = await this.#tell('old read report that the leaver did not take')
    const unopened = await this.#tell('old unopened thread: report', [1], 2)
    await this.#follow(unopened, 'old unopened thread: letter')
    await this.#form('old unopened form')

    for (const { id } of [read, quiet]) await this.#read(this.#leaver, id)
    await this.#note(this.#leaver, read.id, 'old read thread: note of the leaver')
    await this.#read(this.#leaver, unsaved.id, false)
    await this.#reply(read.id, 'old read thread: reply')
    for (const id of [foreign.id, form]) {
      await this.#read(this.#colleague, id)
      await this.#note(this.#colleague, id, `old note in a foreign case`)
      await this.#reply(id, 'old reply in a foreign thread')
    }
    const assigned = await this.#tell('old assigned report')
    await this.#read(this.#colleague, assigned.id)
    await writeTitle(this.office, this.#colleague, assigned.id, 'old title')
    await giveCase(this.office, this.#colleague, assigned.id)
    await this.#follow(read, 'old read thread: letter that a colleague took')
    await this.#read(this.#colleague, read.id)
    await this.#note(this.#colleague, read.id, 'old read thread: note of a colleague')
    await this.#follow(read, 'old read thread: letter that nobody opened')
    await writeTitle(this.office, this.#colleague, read.id, 'old read thread: title')
    await this.#index(0, 'old words')
    for (const [who, name] of [
      [this.#leaver, 'old view of the leaver'],
      [this.#colleague, 'old view of a colleague'],
    ] as const) {
      await saveView(this.office, who, name)
      await setOwnChoices(this.office, who)
    }
    await writeTemplate(this.office, 'ky.own_1', 'old template')
    await markReading(this.office, this.#colleague, read.id, 'old read thread: mark')
    await markReading(this.office, this.#colleague, foreign.id, 'old mark')
    const tab = await this.office.as(this.#colleague, async ({ by }) => ({
      by,
      loaded: await loadReport(by, quiet.id),
    }))
    return { read, foreign, form, unopened, tab }
  }

  /** Removes the leaver and runs the steps, except the steps that a test leaves out. */
  leave(without: readonly DepartureStepName[]): Promise<void> {
    const [keeper] = this.office.readers
    return this.office.as(keeper, async ({ by: { keys, roster } }) => {
      await sendRemoval(keys, roster, this.#leaver.by.keys.personId)
      for (const step of this.#stepsOf(keeper))
        if (!without.includes(step.name)) await step.run(() => undefined)
    })
  }

  #stepsOf(reader: Reader): DepartureStep[] {
    const { nextRoster } = this.office
    const nextKeys = (): Promise<UnlockedKeys> => this.office.nextKeys(reader)
    return departureSteps({ keys: reader.by.keys, nextRoster, nextKeys })
  }

  /**
   * Counts the letters that remain for a colleague's `take` step. Runs the step first, if the test
   * asks for that.
   */
  countLetters(runs: boolean): Promise<StepLeft> {
    return this.office.as(this.#colleague, async (reader) => {
      const step = this.#stepsOf(reader).find(({ name }) => name === 'take')
      if (!step) throw new Error('a step is missing')
      if (runs) await step.run(() => undefined)
      return step.remaining(await this.office.nextRoster())
    })
  }

  /**
   * Drains the waiting reports and takes their letters. Returns the number of letters left before
   * and after the letters are taken.
   */
  async comeIn(): Promise<StepLeft[]> {
    await this.office.edge.runChores()
    return [await this.countLetters(false), await this.countLetters(true)]
  }

  /**
   * Writes a note in a browser that has not seen the departure, and retries if the note is refused.
   */
  async #noteUnaware({ by, loaded }: OpenTab, text: string): Promise<void> {
    try {
      await this.office.inSession(this.#colleague, () =>
        writeIn(by, loaded.sealed).entry(noteOf(text)),
      )
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      await this.#note(this.#colleague, loaded.item.id, text)
    }
  }

  async after({ read, foreign, form, unopened, tab }: Threads): Promise<void> {
    await this.#noteUnaware(tab, 'new note of a browser that has not seen the departure')
    // A page that was open before the departure still has the old keys.
    const epochs = [1, 2]
    const first = await this.#tell('new thread: report', epochs)
    await this.#tell('new report that nobody opened', epochs, 2)
    await this.#form('new form that nobody opened')
    for (const old of [read, foreign, unopened]) await this.#follow(old, 'new letter', epochs)
    await this.#read(this.#colleague, first.id)
    await this.#follow(first, 'new thread: letter that nobody opened', epochs)
    for (const { id } of [read, foreign]) await this.#read(this.#colleague, id)
    for (const id of [first.id, read.id, foreign.id, form])
      await this.#note(this.#colleague, id, 'new note')
    await this.#reply(read.id, 'old read thread: new reply')
    for (const id of [first.id, foreign.id]) await this.#reply(id, 'new reply')
    await this.#index(1, 'new words')
    await writeTitle(this.office, this.#colleague, first.id, 'new title')
    await saveView(this.office, this.#colleague, 'new view of a colleague')
    await writeTemplate(this.office, 'ky.own_2', 'new template')
    await markReading(this.office, this.#colleague, read.id, 'old read thread: new mark')
    for (const { id } of [first, foreign])
      await markReading(this.office, this.#colleague, id, 'new mark')
  }
}

const sealerOf = (suite: 1 | 2, keys: Published): SealEnvelope =>
  suite === 1 ? sealEnvelope : sealsBySuite2(keys)

/**
 * A report open on a person's screen, with the keys and roster from the time when the report was
 * opened.
 */
interface OpenTab {
  by: CaseWriter
  loaded: LoadedReport
}

type Threads = Awaited<ReturnType<Play['before']>>

/**
 * Plays out a departure.
 *
 * @param without  names of the steps that the departure skips
 * @param waiting  null when no report waits in R2 during the departure
 */
export async function playDeparture(
  without: readonly DepartureStepName[] = [],
  waiting: WaitingText | null = null,
): Promise<PlayedDeparture> {
  const office = await Office.open()
  const play = new Play(office)
  const threads = await play.before()
  if (waiting) await putWaitingReport(office, waiting.text)
  await play.nameReceiver()
  const spentLink = await play.spendInvitation()
  // The edge makes the key for its challenges at the first sign-in.
  await office.as(office.readers[0], fetchSignInOptions)
  const before = office.edge.copy()
  await play.leave(without)
  const lettersLeft = [await play.countLetters(false)]
  if (waiting?.comesIn) lettersLeft.push(...(await play.comeIn()))
  await play.after(threads)
  const [, colleague, leaver] = office.readers
  const after = office.edge.copy()
  const { recoverySeed } = office
  return { before, after, leaver, colleague, spentLink, recoverySeed, lettersLeft }
}
