// Writes the sentences about a failure: what is live, what has changed and what to do.
import { WORKERS, type Deploy, type ForEach, type AccountState } from '#scripts/deploy/deploys-file'
import { Stop } from '#scripts/shared/progress'

const NAMES: ForEach<string> = {
  site: 'the worker of the site',
  staffHost: 'the worker of the staff host',
}

/** The meanings of Cloudflare's error codes during a deployment. */
const MEANINGS: Readonly<Record<number, string>> = {
  7404: 'Cloudflare does not find the database: check databaseId in deployment.json.',
  10000:
    'This login has no right to do that: docs/operations/before-you-begin.md lists the rights ' +
    'of the token.',
  10006: 'Cloudflare does not find the bucket: check bucket and jurisdiction in deployment.json.',
  10013:
    'Something failed inside Cloudflare: look at https://www.cloudflarestatus.com and wait some ' +
    'minutes.',
  10082: 'The account has no zone for this host: add its domain to Cloudflare first.',
  10085: 'Cloudflare does not find the bucket: check bucket and jurisdiction in deployment.json.',
}

/**
 * Returns the sentence about the first known code in wrangler's output; '' without a known code.
 */
export function meaningIn(output: string): string {
  const codes = [...output.matchAll(/\[(?:code: )?(\d{4,5})\]/g)].map(([, code]) => Number(code))
  return codes.map((code) => MEANINGS[code] ?? '').find((meaning) => meaning !== '') ?? ''
}

/**
 * Returns the complete output of the failed tool, because the message contains only the end of that
 * output.
 */
export const outputOf = ({ message, cause }: Stop): string =>
  typeof cause === 'string' ? cause : message

const UNCHANGED = 'Nothing was changed.'

/** Runs work that does not change the account, and says so when the work fails. */
export async function unchanged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (reason) {
    if (!(reason instanceof Stop) || reason.message.endsWith(UNCHANGED)) throw reason
    const meaning = meaningIn(outputOf(reason))
    throw new Stop([reason.message, ...(meaning === '' ? [] : [meaning]), UNCHANGED].join('\n'))
  }
}

/** A step that failed. */
export interface Failed {
  deploy: Deploy
  /** the title of the step */
  failed: string
  /** the command that continues the deployment */
  again: string
}

/** @param ask  asks Cloudflare what is live now @returns the Stop to throw */
export async function stopWithState(
  cause: Stop,
  failed: Failed,
  ask: () => Promise<AccountState>,
): Promise<Stop> {
  const now = await ask().catch(() => null)
  const meaning = meaningIn(outputOf(cause))
  return new Stop(
    [
      cause.message,
      '',
      `The step "${failed.failed}" did not end. ${meaning}`.trim(),
      ...(now === null ? [UNKNOWN] : stateSentences(failed.deploy, now)),
      `What to do: mend the cause above and run \`${failed.again}\` again.`,
      'It goes on from this step.',
    ].join('\n'),
  )
}

const UNKNOWN = 'What is live: Cloudflare did not answer, so this command does not know.'

function stateSentences({ before, bookmark }: Deploy, now: AccountState): string[] {
  const added = now.migrations.filter((name) => !before.migrations.includes(name))
  const workers = WORKERS.filter((worker) => now.versions[worker] !== before.versions[worker])
  const changed = [
    ...(added.length === 0
      ? []
      : [`the database has the migration${added.length > 1 ? 's' : ''} ${added.join(', ')}`]),
    ...workers.map((worker) => NAMES[worker]),
  ]
  const live = WORKERS.map(
    (worker) => `${NAMES[worker]} is ${described(before.versions[worker], now.versions[worker])}`,
  )
  return [
    `What is live: ${live.join('; ')}.`,
    `What has changed: ${changed.length === 0 ? 'nothing' : changed.join('; ')}.`,
    ...(added.length > 0 ? [`The bookmark of the database from before is ${bookmark}.`] : []),
  ]
}

function described(before: string | null, now: string | null): string {
  if (now === null) return 'not there yet'
  return now === before ? 'as before' : `in the new version ${now}`
}
