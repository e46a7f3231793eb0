// `npm run content`: prints the editor's report and exits with code 1 when it finds a fault. The
// report lists faults, open questions to the Foundation or a native reader, stale records and
// reading ease. `npm run content -- launch` prints the questions that must be settled before the
// site opens, and the remaining life of the keys. `npm run content -- recordings` prints the
// sentences to be recorded, with their length.
import { keyLines } from '#scripts/content/key-days'
import { launchOf } from '#scripts/content/launch'
import { recordingLines } from '#scripts/content/recordings'
import { contentReport } from '#scripts/content/report'
import { deployedOrg, root } from '#scripts/shared/paths'
import { runTask } from '#scripts/shared/progress'

async function printLaunch(): Promise<number> {
  const { open, waived, faults } = launchOf(root)
  for (const line of [...faults.map((fault) => `! ${fault}`), ...open]) console.log(line)
  for (const line of waived) console.log(`waived  ${line}`)
  for (const line of await keyLines(deployedOrg(), Date.now())) console.log(line)
  console.log(open.length === 0 ? '\nThe site may open.' : `\n${open.length} questions are open.`)
  return faults.length === 0 ? 0 : 1
}

runTask(() => {
  if (process.argv[2] === 'launch') return printLaunch()
  if (process.argv[2] === 'recordings') {
    for (const line of recordingLines(root)) console.log(line)
    return Promise.resolve(0)
  }
  const chapters = contentReport(root, Date.now()).map((chapter) => ({
    ...chapter,
    lines: chapter.lines(),
  }))
  for (const { title, lines, fault } of chapters) {
    const count = fault ? `: ${lines.length}` : ''
    console.log(`${fault && lines.length > 0 ? '! ' : ''}${title}${count}`)
    for (const line of lines) console.log(`    ${line}`)
    if (!fault && lines.length === 0) console.log('    nothing')
  }
  const faults = chapters
    .filter(({ fault }) => fault)
    .reduce((sum, { lines }) => sum + lines.length, 0)
  console.log(faults === 0 ? '\nNothing is wrong.' : `\n${faults} things are wrong.`)
  return Promise.resolve(faults === 0 ? 0 : 1)
})
