// `npm run html`: the Nu HTML checker (the one of validator.w3.org) over every built page. Not a part of `npm test`: it needs Java and a
// package of 30 MB. Ends with code 1 when it finds anything, a warning included.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, testDist } from '#scripts/paths'
import { runTask, step, Stop } from '#scripts/step'
import { prepareTestSite } from '#scripts/test/site'
import { filesUnder } from '#scripts/verify/files'

export type Finding = { page: string; message: string }
type Message = { type: string; url?: string; message: string; extract?: string }

/** What the checker found, from its JSON: one line for each page and message. Throws on an answer that is no report. */
export function findingsOf(json: string, folder: string): Finding[] {
  const { messages } = JSON.parse(json) as { messages: Message[] }
  if (!Array.isArray(messages)) throw new Error('the checker gave no list of messages')
  return messages.map(({ url = '', message, extract = '' }) => ({
    page: decodeURI(url)
      .replace(/^file:/, '')
      .replace(`${folder}/`, ''),
    message:
      extract === '' ? message : `${message} [${extract.replace(/\s+/g, ' ').slice(0, 120)}]`,
  }))
}

function runJava(args: string[]): Promise<string> {
  const child = spawn('java', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((done, fail) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
    child.on('error', () =>
      fail(new Stop('Java was not found: install a Java runtime, 11 or newer.')),
    )
    child.on('close', () => done(output))
  })
}

if (import.meta.main) {
  runTask(async () => {
    const jar = process.env['VNU_JAR'] ?? join(root, 'node_modules/vnu-jar/build/dist/vnu.jar')
    if (!existsSync(jar)) {
      throw new Stop(`${jar} is missing: run \`npm install --no-save vnu-jar\`, or set VNU_JAR.`)
    }
    const given = process.env['OASIS_DIST']
    if (given === undefined) await prepareTestSite()
    const dist = given ?? testDist
    const pages = filesUnder(dist).filter((file) => file.endsWith('.html') && !/^edit\//.test(file))
    const json = await step(`Checking ${pages.length} pages`, () =>
      runJava([
        ...['-jar', jar, '--stdout', '--exit-zero-always', '--format', 'json'],
        ...pages.map((file) => join(dist, file)),
      ]),
    )
    const findings = findingsOf(json, dist)
    for (const { page, message } of findings) console.log(`${page}: ${message}`)
    console.log(findings.length === 0 ? 'Nothing was found.' : `${findings.length} findings.`)
    return findings.length === 0 ? 0 : 1
  })
}
