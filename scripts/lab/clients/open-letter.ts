// Opens the file of a page with a referral letter in a browser, as the letter's receiver would.
import { LETTER_WORDS, type SampleLetter } from '#scripts/browser/letter-page'
import { wordsIn } from '#scripts/browser/words'
import {
  isShown,
  textContentOf,
  until,
  type Client,
  type ClientKind,
} from '#scripts/lab/clients/client'
import type { ClientRow, StepOutcome } from '#scripts/lab/clients/table'

export const LETTER_STEPS = ['asks', 'wrong digits', 'opens', 'closes'] as const

/** The language of the sample page. */
export const LETTER_LANG = 'ky'
const say = wordsIn(LETTER_LANG)

/** Empties the field and types digits, as a person does when trying again. */
async function tryDigits(client: Client, digits: string): Promise<void> {
  await client.ask(`document.querySelector('#digits').value = ''`)
  await client.type('#digits', digits)
  await client.press('#form button')
}

const isSaid = (key: string): string =>
  `(${textContentOf('#status')}) === ${JSON.stringify(say(`staff-referral.page.${key}`))}`

type Step = (client: Client, page: SampleLetter) => Promise<void>
const STEPS: Readonly<Record<(typeof LETTER_STEPS)[number], Step>> = {
  asks: (client) => until(client, 'the field for the digits', isShown('#digits')),
  'wrong digits': async (client, { digits }) => {
    await tryDigits(
      client,
      digits.replace(/.$/, (last) => String((Number(last) + 1) % 10)),
    )
    await until(client, 'the sentence about wrong digits', isSaid('wrong'))
  },
  opens: async (client, { digits }) => {
    await tryDigits(client, digits.replace(/\d{4}(?=\d)/g, '$& '))
    const words = `(${textContentOf('#letter dd')}) === ${JSON.stringify(LETTER_WORDS)}`
    await until(client, 'the letter', `${isShown('#letter')} && ${words}`)
  },
  closes: async (client) => {
    await client.press('.close')
    const isEmpty = `document.querySelector('#letter').childNodes.length === 0`
    await until(client, 'the empty page', `${isEmpty} && ${isShown('#digits')}`)
  },
}

/** Performs the steps in one browser. */
export async function openLetterIn(kind: ClientKind, page: SampleLetter): Promise<ClientRow> {
  const client = await kind.start()
  if (typeof client === 'string') {
    const outcomes = LETTER_STEPS.map((): StepOutcome => 'not here')
    return { client: kind.name, outcomes, why: `not here: ${client}` }
  }
  const outcomes = LETTER_STEPS.map((): StepOutcome => 'not reached')
  try {
    await client.open(page.url)
    for (const [at, name] of LETTER_STEPS.entries()) {
      outcomes[at] = 'failed'
      await STEPS[name](client, page)
      outcomes[at] = 'ok'
    }
    return { client: kind.name, outcomes, why: '' }
  } catch (reason) {
    return { client: kind.name, outcomes, why: reason instanceof Error ? reason.message : 'failed' }
  } finally {
    await client.close()
  }
}
