// Drives the referral section of the case that a page shows.
import { type Locator, type Page } from '@playwright/test'
import { words } from './team.ts'

export const say = (key: string): string => words(`staff-referral.${key}`)

export const referrals = (page: Page): Locator =>
  page.locator('section[aria-labelledby=referrals-title]')

/** The referrals, newest first. */
export const rows = (page: Page): Locator => referrals(page).locator('.referrals > li')

export const field = (page: Page, key: string): Locator =>
  referrals(page).getByLabel(say(key), { exact: true })

export const press = (page: Page, key: string): Promise<void> =>
  referrals(page)
    .getByRole('button', { name: say(key), exact: true })
    .click()

/** Chooses an answer in a group. */
export const choose = (page: Page, group: string, key: string): Promise<void> =>
  referrals(page)
    .getByRole('group', { name: say(group), exact: true })
    .getByRole('radio', { name: say(key), exact: true })
    .check()
