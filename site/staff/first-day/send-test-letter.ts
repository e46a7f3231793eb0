// Sends a test letter to our own organisation by the same route as a letter that a colleague writes
// down. The letter is sealed, stored and opened like any other. A test letter reports no danger, so
// nobody is called.
import { type WholeLanguage } from '#content/languages.ts'
import { KIND } from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { fetchReport } from '../api/case-api.ts'
import { emptyLetter, type EnteredLetter } from '../case/write/letter-form.ts'
import { prepareLetter, sendLetter } from '../case/write/send-letter.ts'
import { EMPTY_SUMMARY, SUMMARY } from '../crypto/case-record.ts'
import { type CaseWriter } from '../session/case-writer.ts'
import { writeIn } from '../case/write/write-in.ts'

export interface TestWords {
  text: string
  /** the title and tag that mark the letter as a test in the list */
  title: string
  tag: string
}

/** Seals the letter. @throws Refusal the codes of prepareLetter */
export const prepareTestLetter = (
  { keys, roster }: CaseWriter,
  lang: WholeLanguage,
  { text }: TestWords,
): Promise<EnteredLetter> =>
  prepareLetter(keys, roster, { ...emptyLetter(lang), kind: KIND.tip, text }, { test: true })

/**
 * Stores the letter and gives its case a title. If the same letter is sent again, nothing is stored
 * twice.
 *
 * @throws Refusal the codes of sendLetter and CaseWriting.record
 */
export async function sendTestLetter(
  by: CaseWriter,
  letter: EnteredLetter,
  { title, tag }: TestWords,
): Promise<void> {
  await sendLetter(by, letter)
  const opened = await fetchReport(letter.id)
  const summary = { ...EMPTY_SUMMARY, title, tags: [tag] }
  try {
    await writeIn(by, opened).record({ record: SUMMARY, revision: 1 }, summary)
  } catch (thrown) {
    // The first attempt set the case's title, but the response to that attempt was lost.
    if (!(thrown instanceof Refusal && thrown.code === 'record_changed')) throw thrown
  }
}
