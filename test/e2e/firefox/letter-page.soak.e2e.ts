// Opens the letter page that accompanies a referral, in Firefox and from a file.
import { expect, test } from '@playwright/test'
import { saveLetterPage } from '#scripts/browser/letter-page'
import { firefox } from '#scripts/lab/clients/firefox'
import { LETTER_LANG, LETTER_STEPS, openLetterIn } from '#scripts/lab/clients/open-letter'

test('Firefox opens a referral letter from a file with its digits alone', async ({}, {
  outputDir,
}) => {
  const page = await saveLetterPage(outputDir, LETTER_LANG)
  const { outcomes, why } = await openLetterIn(firefox, page)
  expect({ outcomes, why }).toEqual({ outcomes: LETTER_STEPS.map(() => 'ok'), why: '' })
})
