// Tests the states of the pages around the lifeline: home, family, a country and the offer check.
import { expect } from '@playwright/test'
import { testStates, type State, type Visit } from './test-states.ts'
import { button, byWords } from './ways.ts'

const OFFER = 'СРОЧНО! Высокая зарплата, без опыта. Туристтик виза. Жазгыла: WhatsApp'

async function pasteOffer(visit: Visit): Promise<void> {
  await visit.open('offer-check/')
  await byWords(visit, 'offer.paste').click()
  await visit.page.locator('#text').fill(OFFER)
  await button(visit, 'offer.paste.look').click()
  await expect(visit.page.locator('#found li').first()).toBeVisible()
}

const answerAll = async ({ page }: Visit, answer: string): Promise<void> => {
  for (const sign of await page.locator('.ask').all())
    await sign.locator(`[value=${answer}]`).check()
}

const states: State[] = [
  { name: 'Home', reach: ({ open }) => open('') },
  { name: 'Family', reach: ({ open }) => open('family/') },
  { name: 'The page of a country', reach: ({ open }) => open('country/ru/'), calls: 1 },
  { name: 'The offer check', reach: ({ open }) => open('offer-check/') },
  { name: 'The offer check with a pasted offer', reach: pasteOffer },
  {
    name: 'The offer check with the result of one answer',
    reach: async (visit) => {
      await visit.open('offer-check/')
      await visit.page.locator('#pay [value=no]').check()
      await button(visit, 'offer.show').click()
      await expect(visit.page.locator('#result')).toBeVisible()
    },
  },
  {
    name: 'The offer check with every sign',
    reach: async (visit) => {
      await pasteOffer(visit)
      await answerAll(visit, 'yes')
      await button(visit, 'offer.show').click()
      await expect(visit.page.locator('#result')).toBeVisible()
    },
  },
  {
    name: 'The offer check without a sign',
    reach: async (visit) => {
      await visit.open('offer-check/')
      await answerAll(visit, 'no')
      await button(visit, 'offer.show').click()
      await expect(visit.page.locator('#result')).toBeVisible()
    },
  },
]

testStates(states)
