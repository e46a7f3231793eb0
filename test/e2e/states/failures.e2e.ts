// Tests the states of `tell` after a failure.
import { expect } from '@playwright/test'
import { testStates, type State } from './test-states.ts'
import { answerDanger, button, cutOff, fails, goTo, send, write, byWords } from './ways.ts'

const states: State[] = [
  {
    name: 'Tell without words',
    reach: async (visit) => {
      await write(visit, '')
      await send(visit)
      await fails(visit, 'say.text_empty')
    },
  },
  {
    name: 'Tell with too many words',
    reach: async (visit) => {
      await write(visit, 'ө '.repeat(12_000))
      await send(visit)
      await fails(visit, 'say.text_too_long')
    },
  },
  {
    name: 'Tell after a failure without a network',
    reach: async (visit) => {
      await write(visit)
      await cutOff(visit)
      await send(visit)
      await fails(visit, 'say.network')
    },
  },
  {
    name: 'Tell after a failure with danger',
    reach: async (visit) => {
      await answerDanger(visit, 'yes')
      await write(visit)
      await visit.context.route('**/api/reports', (route) =>
        route.fulfill({ status: 400, json: { error: { code: 'envelope_version' } } }),
      )
      await send(visit)
      await fails(visit, 'say.network')
      await expect(visit.page.locator('#ways')).toBeVisible()
    },
  },
  {
    name: 'Tell at a later question after a failure',
    reach: async (visit) => {
      await write(visit)
      await cutOff(visit)
      await goTo(visit, byWords(visit, 'more.consent'))
      await send(visit)
      await fails(visit, 'say.network')
    },
  },
  {
    name: 'Tell while a report is being sent',
    reach: async (visit) => {
      await write(visit)
      await visit.context.route('**/api/reports', () => undefined)
      const asked = visit.page.waitForRequest('**/api/reports')
      await send(visit)
      await asked
      await expect(visit.page.locator('#status')).not.toBeEmpty()
    },
  },
  {
    name: 'Tell with expired keys and changed new ones',
    reach: async (visit) => {
      await visit.context.route('**/tell/', async (route) => {
        const response = await route.fetch()
        const body = (await response.text()).replace(/"until":\d+/, '"until":1')
        await route.fulfill({ response, body })
      })
      await visit.context.route('**/api/keys', async (route) => {
        const response = await route.fetch()
        const body = await response.body()
        body[50] = 255 - (body[50] ?? 0)
        await route.fulfill({ response, body })
      })
      await write(visit)
      await send(visit)
      await fails(visit, 'say.sealing_failed')
    },
  },
  {
    name: 'Tell with an offer of the form, because the browser cannot seal',
    reach: async (visit) => {
      await visit.context.addInitScript(
        'Object.defineProperty(crypto, "subtle", { value: undefined })',
      )
      await write(visit)
      await send(visit)
      await fails(visit, 'say.sealing_failed')
      await expect(button(visit, 'tell.plainly')).toBeVisible()
    },
  },
  {
    name: 'Tell with a sealed letter to take along after a failure',
    reach: async (visit) => {
      await write(visit)
      await cutOff(visit)
      await send(visit)
      await fails(visit, 'say.network')
      await visit.page
        .locator('#ways')
        .getByRole('button', { name: visit.words('tell.hand') })
        .click()
      await expect(visit.page.locator('#panel-hand .receipt')).toBeVisible()
    },
  },
  {
    name: 'Tell without a tool, because it cannot be loaded',
    reach: async (visit) => {
      await visit.context.route('**/tools/*/keep.js', (route) => route.abort())
      await write(visit)
      await button(visit, 'tell.keep').click()
      await fails(visit, 'say.network')
    },
  },
]

testStates(states)
