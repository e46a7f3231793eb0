// Checks that no secret is in the stores, and that a response reveals no secret: R8, R11, R19, R47.
import { concat, fromB64, utf8 } from '#protocol/bytes'
import { shownHash } from '#protocol/staff/people/digits'
import { MARKS } from '#scripts/lab/simulate/edge'
import type { Evidence, Invariant } from '#scripts/lab/simulate/evidence'
import { SEALED_WORD } from '#scripts/lab/simulate/make-people'
import { ONLY_ROW } from '#scripts/lab/simulate/only-row'
import { isAccepted, type SentRequest } from '#scripts/lab/simulate/sent-requests'
import type { Stored } from '#scripts/lab/simulate/schema'
import { ledgerSentence } from '#worker/alerts/templates'

/** Reads each byte as one character, because a text can be searched faster than bytes. */
const latin = new TextDecoder('latin1')

/** Lists the names of the texts that occur in a store. */
function found({ values }: Stored, texts: Iterable<readonly [string, Uint8Array]>): string[] {
  const all = latin.decode(concat(...values))
  return [...texts].filter(([, bytes]) => all.includes(latin.decode(bytes))).map(([name]) => name)
}

const noAddress: Invariant = {
  name: 'no-address',
  sentence: 'No column and no object holds an address, a browser name or a page that was visited.',
  faults: ({ before, after }) => {
    const texts = Object.entries(MARKS).map(([name, text]) => [name, utf8(text)] as const)
    return [...found(before, texts), ...found(after, texts)]
  },
}

const noWords: Invariant = {
  name: 'no-words',
  sentence: 'No word, no digits of a receipt and no secret derived from it is in a store.',
  faults: ({ record, before, after }) => {
    const texts = [['sealed word', utf8(SEALED_WORD)] as const, ...record.secrets]
    return [...found(before, texts), ...found(after, texts)]
  },
}

const carriersLearnNothing: Invariant = {
  name: 'carriers-learn-nothing',
  sentence: 'Every call to a carrier has the same body, whatever was reported.',
  faults: ({ record }) => {
    const bodies = new Set([...record.calls].map((body) => body.replace(LEDGER_DIGITS, '')))
    return bodies.size > 1 ? [...bodies] : []
  },
}

/** The sentence of a digest that contains the ledger's digits; the same in every world. */
const LEDGER_DIGITS = `${ledgerSentence('ky', ONLY_ROW.n, shownHash(fromB64(ONLY_ROW.hash)))} `

const answersHideTheLane: Invariant = {
  name: 'answers-hide-the-lane',
  sentence: 'The answers to all accepted reports look alike, but for the offer of a check.',
  faults: ({ record }) => {
    const answers = record.requests.filter(
      (each) => each.path === '/api/reports' && isAccepted([each]),
    )
    const shapes = new Set(answers.map(({ shape }) => shape.replace(/^content-length: .*$/m, '')))
    const bodies = answers.map(({ body }) => body)
    return [
      ...(shapes.size > 1 ? [...shapes] : []),
      ...bodies.filter((body) => body !== '{}' && body !== '{"check":true}'),
    ]
  },
}

const refusalsAreCodes: Invariant = {
  name: 'refusals-are-codes',
  sentence: 'A refusal of the API is a code and nothing else.',
  faults: ({ record }) =>
    record.requests
      .filter(({ path, status }) => !path.startsWith('/api/form/') && (status ?? 0) >= 400)
      .filter(({ code }) => code === '')
      .map(({ name, body }) => `${name}: ${body}`),
}

/**
 * Returns true when so many ends were requested earlier that the rate limit may refuse this one.
 */
function isEndAboveRate({ profile, record }: Evidence, request: SentRequest): boolean {
  const at = record.ends.findIndex((end) => end.request === request)
  return profile.floodMode !== 'off' && at >= profile.limits.high
}

const onlyFailuresFail: Invariant = {
  name: 'only-failures-fail',
  sentence:
    'No request and no chore fails while the stores answer, but for ends above the rate limit.',
  faults: (evidence) => [
    ...evidence.record.failedChores,
    ...evidence.record.requests
      .filter(({ status, isDisturbed }) => (status ?? 0) >= 500 && !isDisturbed)
      .filter((each) => !isEndAboveRate(evidence, each))
      .filter(({ code, path }) => code !== 'check_unavailable' && path !== '/api/check')
      .map(({ name, path, status, code }) => `${name} ${path}: ${String(status)} ${code}`),
  ],
}

const acceptedDanger = ({ record }: Evidence): string[] =>
  [...record.envelopes.values()]
    .filter(({ envelope, requests }) => envelope?.danger && isAccepted(requests))
    .map(({ hash }) => hash)

/** Lists the hashes of all letters whose case has a reply or is closed, which ends an alert. */
function answeredLetters({ after: { statements, reports, followUps } }: Evidence): Set<string> {
  const cases = statements
    .map((statement) => JSON.parse(statement) as { action: string; subject: string })
    .filter(({ action }) => action === 'answer.send')
    .map(({ subject }) => subject)
  const threads = reports
    .filter(({ id, status }) => status === 'closed' || cases.includes(id))
    .map(({ ownerHash }) => ownerHash)
  return new Set(
    [...reports, ...followUps]
      .filter(({ ownerHash }) => threads.includes(ownerHash))
      .map(({ hash }) => hash),
  )
}

const dangerRaisesAnAlert: Invariant = {
  name: 'danger-raises-an-alert',
  sentence:
    'While nothing fails, danger answered 201 has an open alert until a reply or a closing.',
  faults: (evidence) => {
    const isOpen = evidence.after.objects.some(({ key }) => key === 'alerts/open')
    if (!evidence.profile.isCalm || isOpen) return []
    const answered = answeredLetters(evidence)
    return acceptedDanger(evidence).filter((hash) => !answered.has(hash))
  },
}

export const TRACE_INVARIANTS: readonly Invariant[] = [
  noAddress,
  noWords,
  carriersLearnNothing,
  answersHideTheLane,
  refusalsAreCodes,
  onlyFailuresFail,
  dangerRaisesAnAlert,
]
