// `npm run html`: runs the Nu HTML checker (the one behind validator.w3.org) over every built page.
// The checker is not part of `npm test`, because it needs Java and a 30 MB package. The command
// exits with code 1 on any finding, warnings included.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder, root, testDist } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'
import { prepareTestSite } from '#scripts/test/site'

export interface HtmlFinding {
  page: string
  message: string
}
interface Message {
  type: string
  url?: string
  message: string
  extract?: string
}

/**
 * The checker also reads styles, but does not support container queries (CSS Conditional Rules 5).
 */
const UNKNOWN_TO_IT = /“container-type”|“@container”/

/**
 * Returns the findings in the checker's JSON, one for each message.
 * @throws when the output contains no list of messages
 */
export function findingsOf(json: string, folder: string): HtmlFinding[] {
  const { messages } = JSON.parse(json) as { messages: Message[] }
  if (!Array.isArray(messages)) throw new Error('the checker gave no list of messages')
  const counted = messages.filter(({ message }) => !UNKNOWN_TO_IT.test(message))
  return counted.map(({ url = '', message, extract = '' }) => ({
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
    const pages = filesUnder(dist).filter(
      (file) => file.endsWith('.html') && !file.startsWith('edit/'),
    )
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
