// Tests the states after a report has arrived, and the forms that browsers show without a script.
import { expect } from '@playwright/test'
import { savedCopy } from '#scripts/browser/saved-copy'
import { testDist } from '#scripts/shared/paths'
import { folder } from '../support/letters.ts'
import { ORIGIN } from '../support/phone.ts'
import { testStates, type State, type Visit } from './test-states.ts'
import { answerDanger, arrive, button, byWords, goTo, write, WORDS } from './ways.ts'

/** Submits the form that a browser shows without a script. */
async function sendForm(visit: Visit, answer: 'yes' | 'no', writing = WORDS): Promise<void> {
  const { page, open } = visit
  await open('tell/form/')
  await page.locator(`label[for=${answer}]`).click()
  await page.locator('#text').fill(writing)
  await button(visit, 'tell.send').click()
}

/** Opens a saved copy of the page, without a network. */
async function openCopy({ page, context, lang }: Visit): Promise<void> {
  await context.route(/^https?:/, (route) => route.abort())
  await page.goto(savedCopy(testDist, folder, lang, ORIGIN))
}

const states: State[] = [
  {
    name: 'The receipt with danger and a number',
    reach: async (visit) => {
      await answerDanger(visit, 'yes')
      await write(visit)
      await arrive(visit)
    },
  },
  {
    name: 'The receipt without danger',
    reach: async (visit) => {
      await answerDanger(visit, 'no')
      await write(visit)
      await arrive(visit)
    },
  },
  {
    name: 'The receipt with danger and without a number',
    reach: async (visit) => {
      await answerDanger(visit, 'yes')
      await write(visit)
      await (await goTo(visit, visit.page.getByLabel(visit.words('more.numberless')))).check()
      await arrive(visit)
    },
  },
  {
    name: 'The receipt with other ways to keep the number',
    reach: async (visit) => {
      await write(visit)
      await arrive(visit)
      await button(visit, 'hold.picture').click()
      await expect(visit.page.locator('#panel-hold')).toBeVisible()
    },
  },
  {
    name: 'The receipt with the number copied',
    reach: async (visit) => {
      await visit.context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await write(visit)
      await arrive(visit)
      await button(visit, 'hold.copy').click()
    },
  },
  {
    name: 'The receipt with the check of a flood',
    reach: async (visit) => {
      await visit.context.route('**/api/reports', async (route) =>
        route.fulfill({ response: await route.fetch(), body: '{"check":true}' }),
      )
      await write(visit)
      await arrive(visit)
      await expect(byWords(visit, 'check.offer')).toBeVisible()
    },
  },
  { name: 'The receipt without a report', reach: ({ open }) => open('tell/sent/') },
  {
    name: 'Tell without a script',
    javaScript: false,
    reach: ({ open }) => open('tell/'),
  },
  {
    name: 'The form without a script',
    javaScript: false,
    reach: ({ open }) => open('tell/form/'),
  },
  {
    name: 'The form without a script, with danger answered',
    javaScript: false,
    reach: async ({ open, page }) => {
      await open('tell/form/')
      await page.locator('label[for=yes]').click()
    },
  },
  {
    name: 'The form without words, returned by the worker',
    javaScript: false,
    reach: async (visit) => {
      await sendForm(visit, 'yes', ' ')
      await expect(visit.page.locator('#error')).toBeVisible()
    },
  },
  {
    name: 'The receipt of the form without danger',
    javaScript: false,
    reach: async (visit) => {
      await sendForm(visit, 'no')
      await expect(visit.page.locator('#receipt')).toBeVisible()
    },
  },
  {
    name: 'The receipt of the form with danger',
    javaScript: false,
    reach: async (visit) => {
      await sendForm(visit, 'yes')
      await expect(visit.page.locator('#receipt')).toBeVisible()
    },
  },
  { name: 'The saved page, opened', reach: openCopy, isButtonFirst: true },
  {
    name: 'The saved page after the answer "Yes"',
    reach: async (visit) => {
      await openCopy(visit)
      await visit.page.locator('label[for=yes]').click()
    },
  },
  {
    name: 'The saved page with words and the numbers of each country',
    reach: async (visit) => {
      await openCopy(visit)
      await write(visit)
      await visit.page.locator('main > #writing > details').evaluateAll((all) => {
        for (const each of all) (each as HTMLDetailsElement).open = true
      })
    },
  },
  {
    name: 'The saved page at the safe contact',
    reach: async (visit) => {
      await openCopy(visit)
      await write(visit)
      await goTo(visit, byWords(visit, 'more.contact'))
    },
  },
  {
    name: 'The saved page with a sealed letter',
    reach: async (visit) => {
      await openCopy(visit)
      await write(visit)
      await button(visit, 'tell.hand').click()
      await expect(visit.page.locator('#panel-hand .receipt')).toBeVisible()
    },
  },
]

testStates(states)
