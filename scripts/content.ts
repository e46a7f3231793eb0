// `npm run content`: prints the editor's report and exits with code 1 when it finds a fault. The
// report lists faults, open questions for the Foundation or a native speaker, stale records and
// readability. `npm run content -- faults` prints only the faults. With a language after `faults`,
// the output is JSON in that language, for the browser editor. `npm run content -- launch` prints
// the questions to settle before the site opens, and how long the keys last. `npm run content --
// recordings` prints the sentences to be recorded, with the length of each.
import { faultWords, lineOfFault, sentenceOfFault, type ContentFault } from '#scripts/content/fault'
import { jsonFaults } from '#scripts/content/json-file'
import { deployedOrg, root } from '#scripts/shared/paths'
import { runTask } from '#scripts/shared/progress'

async function printLaunch(): Promise<number> {
  const { keyLines } = await import('#scripts/content/key-days')
  const { lastSignatureOf } = await import('#scripts/deploy/deploys-file')
  const { launchOf } = await import('#scripts/content/launch')
  const { open, waived, faults } = launchOf(root)
  for (const line of [...faults.map((fault) => `! ${fault}`), ...open]) console.log(line)
  for (const line of waived) console.log(`waived  ${line}`)
  const signature = lastSignatureOf(deployedOrg())
  for (const line of await keyLines(deployedOrg(), Date.now(), signature)) console.log(line)
  console.log(open.length === 0 ? '\nThe site may open.' : `\n${open.length} questions are open.`)
  return faults.length === 0 ? 0 : 1
}

/**
 * Finds the faults. All JSON files must be readable first, because other modules parse some of them
 * on import.
 */
async function findFaults(): Promise<ContentFault[]> {
  const unreadable = jsonFaults(root)
  if (unreadable.length > 0) return unreadable
  try {
    const { contentFaults } = await import('#scripts/content/content-faults')
    return contentFaults(root)
  } catch (cause) {
    // The schemas parse nothing on import, so they can still report the record that stopped an
    // import.
    const records = await import('#scripts/content/record-faults')
      .then(({ recordFaults }) => recordFaults(root))
      .catch(() => [])
    if (records.length > 0) return records
    const text = cause instanceof Error ? cause.message : String(cause)
    return [{ path: 'content', line: null, kind: 'other', values: { text } }]
  }
}

async function printReport(): Promise<void> {
  const { contentReport } = await import('#scripts/content/report')
  for (const { title, lines } of contentReport(root, Date.now())) {
    const found = lines()
    console.log(title)
    for (const line of found.length === 0 ? ['nothing'] : found) console.log(`    ${line}`)
  }
}

runTask(async () => {
  const [, , task, lang] = process.argv
  if (task === 'launch') return printLaunch()
  if (task === 'recordings') {
    const { recordingLines } = await import('#scripts/content/recordings')
    for (const line of recordingLines(root)) console.log(line)
    return 0
  }
  const faults = await findFaults()
  const words = faultWords(lang ?? 'en')
  if (lang !== undefined) {
    const said = faults.map((each) => ({ ...each, sentence: sentenceOfFault(each, words) }))
    console.log(JSON.stringify(said))
    return 0
  }
  for (const each of faults) console.log(`! ${lineOfFault(each, words)}`)
  if (task !== 'faults' && faults.length === 0) await printReport()
  console.log(
    faults.length === 0 ? '\nNothing is wrong.' : `\nThings that are wrong: ${faults.length}`,
  )
  return faults.length === 0 ? 0 : 1
})
