// Tests the states of `tell` up to "Send": each question, each answer and each panel.
import { expect } from '@playwright/test'
import { photo } from '../support/attach.ts'
import { testStates, type State } from './test-states.ts'
import { answerDanger, button, byWords, goTo, openNumbers, write, WORDS } from './ways.ts'

const states: State[] = [
  { name: 'Tell at its first question', reach: ({ open }) => open('tell/'), isButtonFirst: true },
  {
    name: 'Tell after the answer "Yes"',
    reach: async (visit) => {
      await answerDanger(visit, 'yes')
      await expect(visit.page.locator('form .now')).toBeVisible()
    },
    calls: 2,
    isButtonFirst: true,
  },
  {
    name: 'Tell after the answer "Yes" and a place inside the country',
    reach: async (visit) => {
      await answerDanger(visit, 'yes')
      await button(visit, 'calls.inside').click()
      await expect(visit.page.locator('#calls [href="tel:111"]')).toBeVisible()
    },
    calls: 2,
    isButtonFirst: true,
  },
  {
    name: 'Tell at a plea without words',
    reach: async (visit) => {
      await answerDanger(visit, 'yes')
      await goTo(visit, visit.page.locator('#text'))
      await button(visit, 'back.plea').click()
      await expect(button(visit, 'plea.write')).toBeVisible()
    },
  },
  {
    name: 'Tell after the answer "No"',
    reach: (visit) => answerDanger(visit, 'no'),
    isButtonFirst: true,
  },
  {
    name: 'Tell after the answer "I do not know"',
    reach: (visit) => answerDanger(visit, 'unknown'),
    isButtonFirst: true,
  },
  {
    name: 'Tell with the numbers of its bar open',
    reach: async (visit) => {
      await visit.open('tell/')
      await openNumbers(visit)
    },
  },
  {
    name: 'Tell with its readers unfolded',
    reach: async (visit) => {
      await visit.open('tell/')
      await byWords(visit, 'tell.who').click()
    },
  },
  {
    name: 'Tell at the question about the person',
    reach: async (visit) => {
      await answerDanger(visit, 'yes')
      await (await goTo(visit, visit.page.getByLabel(visit.words('tell.door.me')))).check()
    },
    isButtonFirst: true,
  },
  {
    name: 'Tell at the empty field for words',
    reach: async (visit) => {
      await visit.open('tell/')
      await goTo(visit, visit.page.locator('#text'))
    },
  },
  {
    name: 'Tell with words, one of them very long',
    reach: (visit) => write(visit, `${WORDS} ${'узун'.repeat(30)}`),
  },
  {
    name: 'Tell with words and the numbers of its bar open',
    reach: async (visit) => {
      await write(visit)
      await openNumbers(visit)
    },
  },
  {
    name: 'Tell with a photograph',
    reach: async (visit) => {
      await write(visit)
      await visit.page.locator('#file').setInputFiles(await photo())
      await expect(visit.page.getByLabel(visit.words('attach.evidence'))).toBeVisible()
    },
  },
  {
    name: 'Tell with an offer to keep the words',
    reach: async (visit) => {
      await write(visit)
      await button(visit, 'tell.keep').click()
      await expect(visit.page.locator('#panel-keep .receipt')).toBeVisible()
    },
  },
  {
    name: 'Tell with kept words',
    reach: async (visit) => {
      await write(visit)
      await button(visit, 'tell.keep').click()
      await button(visit, 'keep.go').click()
      await expect(byWords(visit, 'keep.kept_how')).toBeVisible()
    },
  },
  {
    name: 'Tell at the signs, as a witness',
    reach: async (visit) => {
      await visit.open('tell/')
      await (await goTo(visit, visit.page.getByLabel(visit.words('tell.door.see')))).check()
      await write(visit)
      await goTo(visit, byWords(visit, 'more.signs'))
    },
  },
  {
    name: 'Tell at the signs and needs, two of them ticked',
    reach: async (visit) => {
      await write(visit)
      await goTo(visit, byWords(visit, 'more.signs'))
      await visit.page.getByLabel(visit.words('more.signs.withholdsdocuments')).check()
      await visit.page.getByLabel(visit.words('more.needs.shelter')).check()
    },
  },
  {
    name: 'Tell at the place, with a country chosen',
    reach: async (visit) => {
      await write(visit)
      await goTo(visit, visit.page.locator('#place'))
      await button(visit, 'country.RU').click()
    },
  },
  {
    name: 'Tell at the safe contact',
    reach: async (visit) => {
      await write(visit)
      await goTo(visit, byWords(visit, 'more.contact'))
    },
  },
  {
    name: 'Tell at the safe contact, answered',
    reach: async (visit) => {
      const { page, words } = visit
      await write(visit)
      const phone = page.getByLabel(words('more.contact.phone'), { exact: true })
      await (await goTo(visit, phone)).check()
      await page.getByLabel(words('more.contact.number'), { exact: true }).fill('+996 555 010 203')
      await page.getByLabel(words('more.contact.night'), { exact: true }).check()
    },
  },
  {
    name: 'Tell at the consent, with an answer and without a number',
    reach: async (visit) => {
      const { page, words } = visit
      await write(visit)
      await (await goTo(visit, page.getByLabel(words('more.consent.helpers')))).check()
      await page.getByLabel(words('more.numberless')).check()
    },
  },
]

testStates(states)
