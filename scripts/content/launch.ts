// Lists the questions that must be settled before the site opens, each with an id. `npm run deploy`
// refuses to deploy until each question is settled or has a waiver in content/waivers.json.
import { isAnswersKey } from '#content/foundation-schema.ts'
import { waiversSchema } from '#content/launch-records.ts'
import { readRecords } from '#scripts/content/records'
import { pageTexts, readReviewed, stringFiles } from '#scripts/content/texts'
import { readJson } from '#scripts/content/read-file'
import { languages } from '#content/languages.ts'

interface Question {
  id: string
  what: string
  settled: boolean
}
/** A question that deployment.json settles, and that is therefore asked only for a deployment. */
const PLAN = 'plan'

export interface Launch {
  /** true when somebody has waived the requirement for a paid plan */
  isPlanWaived: boolean
  /** questions that are open and not waived */
  open: string[]
  waived: string[]
  /** waivers that do not fit their schema, or match no question */
  faults: string[]
}

const ofFoundation = (folder: string): Question[] =>
  Object.entries(
    readJson(folder, 'foundation.json') as Record<string, { status: string; note: string }>,
  )
    // The answer for an edition affects only that edition: see scripts/content/editions.ts.
    .filter(([key]) => !isAnswersKey(key))
    .map(([key, { status, note }]) => ({
      id: `foundation.${key}`,
      what: note,
      settled: status === 'green',
    }))

const ofRecords = (folder: string): Question[] => {
  const { tested, weights } = readRecords(folder, Date.now())
  return [
    ...tested.map(({ file, id, passed, unknown }) => ({
      id: `${file.replace('.json', '')}.${id}`,
      what:
        'One call of the number, or one look at the address: launchTest says "passed" then.' +
        (unknown.length > 0 ? ` Ask, as no source says it: ${unknown.join(', ')}.` : ''),
      settled: passed,
    })),
    {
      id: 'offer-check.weights',
      what: 'A specialist agrees to the weights and the sums: weightsReviewed says true then.',
      settled: !weights,
    },
  ]
}

const ofCards = (folder: string): Question[] =>
  (readJson(folder, 'cards.json') as { id: string; signed?: object | null }[]).map(
    ({ id, signed }) => ({
      id: `cards.${id}`,
      what: `A native speaker and the Foundation sign the card in "${id}": "signed" says who then.`,
      settled: (signed ?? null) !== null,
    }),
  )

const ofNativeReaders = (folder: string): Question[] => {
  const reviewed = readReviewed(folder)
  return languages.map((lang) => {
    const pages = pageTexts(folder).filter((text) => text.lang === lang && !text.reviewed)
    const files = stringFiles(folder).filter(
      (text) => text.lang === lang && !reviewed[lang].includes(text.file),
    )
    const unread = [...pages.map(({ page }) => page), ...files.map(({ file }) => file)]
    return {
      id: `native.${lang}`,
      what: `A native speaker reads: ${unread.join(', ')}.`,
      settled: unread.length === 0,
    }
  })
}

export function launchOf(folder: string): Launch {
  const questions = [
    ...ofFoundation(folder),
    ...ofRecords(folder),
    ...ofCards(folder),
    ...ofNativeReaders(folder),
  ]
  const read = waiversSchema.safeParse(readJson(folder, 'waivers.json'))
  if (!read.success) {
    const faults = read.error.issues.map(
      ({ path, message }) => `waivers.json ${path.join('.')}: ${message}`,
    )
    return { open: linesOf(questions), waived: [], isPlanWaived: false, faults }
  }
  const waivers = read.data
  const isWaived = ({ id }: Question): boolean => waivers.some((waiver) => waiver.id === id)
  return {
    open: linesOf(questions.filter((question) => !isWaived(question))),
    isPlanWaived: waivers.some(({ id }) => id === PLAN),
    waived: waivers.map(({ id, who, day, reason }) => `${id}: ${who}, ${day}: ${reason}`),
    faults: waivers.flatMap(({ id }) => {
      if (id === PLAN) return []
      const question = questions.find((each) => each.id === id)
      if (question === undefined) return [`waivers.json: there is no question ${id}`]
      return question.settled ? [`waivers.json: ${id} is settled: take its waiver out`] : []
    }),
  }
}

const linesOf = (questions: readonly Question[]): string[] =>
  questions.filter(({ settled }) => !settled).map(({ id, what }) => `${id}: ${what}`)

const SETTLE =
  'Settle each question, or waive it by name: docs/operations/first-deployment.md, "What must be ' +
  'known before the site opens".'

/**
 * Returns the refusals for `npm run deploy`; empty once the site may open.
 *
 * @param plan  Cloudflare's plan; null when it is not known
 */
export function launchRefusals(folder: string, plan: 'free' | 'paid' | null = null): string[] {
  const { open: questions, isPlanWaived, faults } = launchOf(folder)
  const free =
    `${PLAN}: the free plan refuses every report above 100,000 requests a day. Take the paid ` +
    'plan, and write "plan": "paid" into deployment.json.'
  const lines = plan === 'free' && !isPlanWaived ? [...questions, free] : questions
  const open = lines.map((line) => `Not known before the site opens: ${line}`)
  return [...faults, ...open, ...(open.length > 0 ? [SETTLE] : [])]
}
