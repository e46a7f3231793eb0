// `npm run content`: the editor's report. What is wrong, what awaits the Foundation or a native reader, what has grown old, how easy
// the texts are to read. Ends with code 1 when something is wrong.
import { contentReport } from '#scripts/content/report'
import { root } from '#scripts/paths'
import { runTask } from '#scripts/step'

runTask(() => {
  const chapters = contentReport(root, Date.now())
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
