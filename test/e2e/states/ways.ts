// Performs the steps that lead to a question of `tell`, a failure or a receipt. Several states
// share these steps.
import { expect, type Locator } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import type { Visit } from './test-states.ts'

export const WORDS = 'Үчөөбүздү үйдө кармап турушат, паспортторубузду алып коюшту. 7391'

export const button = ({ page, words }: Visit, key: string): Locator =>
  page.getByRole('button', { name: words(key), exact: true })

/** Answers the question about danger. */
export async function answerDanger(visit: Visit, answer: 'yes' | 'no' | 'unknown'): Promise<void> {
  await visit.open('tell/')
  await visit.page.getByText(visit.words(`tell.${answer}`), { exact: true }).click()
}

/** Goes to the question that contains `what`. */
export const goTo = (visit: Visit, what: Locator): Promise<Locator> =>
  askedFor(visit.page, visit.lang, what)

export const byWords = ({ page, words }: Visit, key: string): Locator =>
  page.getByText(words(key), { exact: true }).first()

/** Goes to the question for the words and writes them. */
export async function write(visit: Visit, writing = WORDS): Promise<void> {
  if (visit.page.url() === 'about:blank') await visit.open('tell/')
  await (await goTo(visit, visit.page.locator('#text'))).fill(writing)
}

export const send = (visit: Visit): Promise<void> => button(visit, 'tell.send').click()

/** Sends the report, and waits until the page says that it has arrived. */
export async function arrive(visit: Visit): Promise<void> {
  await send(visit)
  await expect(visit.page.getByRole('heading', { name: visit.words('done.heading') })).toBeVisible()
}

/** Waits until the page shows an error with this sentence. */
export const fails = (visit: Visit, key: string): Promise<void> =>
  expect(visit.page.locator('#error')).toContainText(visit.words(key))

/** Makes the network fail for every API call. */
export const cutOff = (visit: Visit): Promise<unknown> =>
  visit.context.route('**/api/**', (route) => route.abort())

/** Opens the emergency numbers from the bar of the page. */
export async function openNumbers({ page }: Visit): Promise<void> {
  await page.locator('#numbers').click()
  await expect(page.locator('#panel a[href="tel:111"]')).toBeVisible()
}
