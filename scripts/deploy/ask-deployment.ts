// Asks at most six questions before the first deployment, and writes deployment.json. Each question
// is repeated until its answer is valid. Answers are kept, so later runs do not ask again.
import { Deployment, writeDeployment, type WrittenDeployment } from '#scripts/account/deployment'
import type { Terminal } from '#scripts/org/terminal'

interface Question {
  text: string
  /** the fields that an answer sets; an empty answer accepts the value in brackets */
  fields: (answer: string) => Partial<WrittenDeployment>
}

const host = (answer: string): string => answer.replace(/^https?:\/\//, '').replace(/\/$/, '')
const isYes = (answer: string): boolean => /^y(es)?$/i.test(answer)

const QUESTIONS: readonly Question[] = [
  {
    text: 'Host of the site, as people will type it, such as oasis.example: ',
    fields: (answer) => ({ site: `https://${host(answer)}` }),
  },
  {
    text: 'Host of the staff app, which serves nothing else, such as staff.oasis.example: ',
    fields: (answer) => ({ staffHost: host(answer) }),
  },
  {
    text: 'Second host of the site in another domain (Enter for none): ',
    fields: (answer) => (answer === '' ? {} : { apiHosts: [`https://${host(answer)}`] }),
  },
  {
    text: 'A short name for workers, database and bucket [oasis]: ',
    fields: (answer) => {
      const name = answer === '' ? 'oasis' : answer
      return { worker: name, database: name, bucket: `${name}-files` }
    },
  },
  {
    text: 'Keep reports and files in the European Union, for ever? yes or no [no]: ',
    fields: (answer) => (isYes(answer) ? { jurisdiction: 'eu' } : {}),
  },
  {
    text: 'Is this account on the paid plan of Workers? yes or no [no]: ',
    fields: (answer) => (isYes(answer) ? { plan: 'paid', databaseMb: 10_000 } : { plan: 'free' }),
  },
]

/** @param org  the path of public.json; the answers are written beside that file */
export async function askDeployment({ ask }: Pick<Terminal, 'ask'>, org: string): Promise<void> {
  console.log('There is no deployment.json yet. Six questions, asked once:')
  let fields: Partial<WrittenDeployment> = {}
  for (const question of QUESTIONS) fields = { ...fields, ...(await askOne(ask, question, fields)) }
  writeDeployment(org, fields)
  console.log('The answers are in deployment.json: docs/operations/deployment-file.md lists them.')
}

async function askOne(
  ask: Terminal['ask'],
  { text, fields }: Question,
  known: Partial<WrittenDeployment>,
): Promise<Partial<WrittenDeployment>> {
  for (;;) {
    const answered = fields((await ask(text)).trim())
    const fault = faultOf(answered, known)
    if (fault === null) return answered
    console.log(fault)
  }
}

/** Returns the sentence about an invalid answer; null for a valid one. */
function faultOf(
  answered: Partial<WrittenDeployment>,
  known: Partial<WrittenDeployment>,
): string | null {
  const { site, staffHost = '', apiHosts = [] } = { ...known, ...answered }
  if ([site, ...apiHosts].includes(`https://${staffHost}`))
    return 'The staff app needs another host than the site.'
  const read = Deployment.safeParse(answered)
  const names = Object.keys(answered)
  const issue = read.error?.issues.find(({ path }) => names.includes(String(path[0])))
  return issue === undefined ? null : `The answer ${issue.message}.`
}
