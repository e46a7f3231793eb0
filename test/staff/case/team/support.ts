// Runs the casework of two readers and a caseworker with real keys on the real worker.
import { type ReportHeader } from '#protocol/report/envelope'
import { type PlainReport } from '#protocol/report/plain-report'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import type { CaseLog } from '#protocol/staff/case-log/state'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { checkCase, type CaseChecks } from '#site/staff/case/read/check-case.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { sendAssignment } from '#site/staff/case/write/send-assignment.ts'
import { conversationOf } from '#site/staff/case/read/conversation.ts'
import { fetchAbsorbed, loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { postLetter } from '#test/staff/departure/support/edge.ts'
import { Office, type Reader } from '#test/staff/departure/support/office.ts'
import { tell, writeAgain, type Filed } from '#test/staff/support/people.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

export class Casework {
  readonly office: Office
  readonly aigul: Reader
  readonly bermet: Reader
  /** a caseworker, who is not a reader */
  readonly cholpon: Reader

  private constructor(office: Office) {
    this.office = office
    ;[this.aigul, this.bermet] = office.readers
    this.cholpon = office.caseworker
  }

  static async begin(): Promise<Casework> {
    return new Casework(await Office.open(2))
  }

  tell = async (
    text: string,
    plain: Partial<PlainReport> = {},
    header: Partial<ReportHeader> = {},
  ): Promise<Filed> =>
    postLetter(
      this.office.edge,
      await tell(await this.office.published(1), { text, ...plain }, header),
    )

  writeAgain = async (first: Filed, text: string): Promise<Filed> =>
    postLetter(this.office.edge, await writeAgain(await this.office.published(1), first, { text }))

  /** Opens a case as the screen does, and takes its letters if the person can. */
  open = (who: Reader, id: string): Promise<LoadedReport> =>
    this.office.as(who, async ({ by }) => {
      const loaded = await loadReport(by, id)
      if (by.keys.intake.size > 0) await takeLetters(by, loaded)
      return loadReport(by, id)
    })

  note = (who: Reader, id: string, text: string): Promise<unknown> =>
    this.office.as(who, async ({ by }) =>
      writeIn(by, (await loadReport(by, id)).sealed).entry(noteOf(text)),
    )

  /** Gives a case to a colleague, or takes it back. */
  give = (by: Reader, id: string, to: Reader | null, reason: string | null = null): Promise<void> =>
    this.act(by, id, (writer, loaded) =>
      sendAssignment(writer, loaded, to?.by.keys.personId ?? null, reason),
    )

  act = <Result>(
    who: Reader,
    id: string,
    work: (by: CaseWriter, loaded: LoadedReport) => Promise<Result>,
  ): Promise<Result> => this.office.as(who, async ({ by }) => work(by, await loadReport(by, id)))

  log = (id: string): Promise<CaseLog> =>
    this.office.as(this.aigul, async ({ by: { roster } }) =>
      replayCaseLog((await fetchReport(id)).log, { caseId: id, roster }),
    )

  check = (id: string): Promise<CaseChecks> =>
    this.office.as(this.aigul, async ({ by: { roster } }) => {
      const opened = await fetchReport(id)
      return checkCase(opened, roster, await fetchAbsorbed(opened.absorbed))
    })

  static texts = (loaded: LoadedReport): (string | null)[] =>
    conversationOf(loaded).map(({ text }) => text)

  static notes = (loaded: Pick<LoadedReport, 'entries'>): (string | undefined)[] =>
    loaded.entries.map(({ entry }) => entry?.text)
}
