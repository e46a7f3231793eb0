// Tests a recording in a report. A person presses a button to start recording, plays the recording
// before sending and may disguise the voice. The microphone is turned off as soon as the recording
// stops.
import { expect, test, type Page } from '@playwright/test'
import { opened, row, sendButton, shoot, voiceButton, word, words } from '../support/attach.ts'
import { expectOffByExit, launchWithMedia, mediaOf, watchMedia } from '../support/media.ts'
import { newPhone } from '../support/phone.ts'
import { SLOW } from '../support/soak.ts'

test.use({ launchOptions: launchWithMedia() })

const stop = (page: Page) => page.getByRole('button', { name: word('stop'), exact: true })
const voice = word('voice', { n: '1' })

async function record(page: Page): Promise<void> {
  await (await voiceButton(page)).click()
  await expect(stop(page)).toBeVisible()
  await page.waitForTimeout(1500)
}

test('The microphone is on only from the voice button to "Stop"', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await watchMedia(page)
  const button = await voiceButton(page)
  expect(await mediaOf(page)).toEqual([])
  await button.click()
  await expect(stop(page)).toBeVisible()
  expect(await mediaOf(page)).toEqual(['live'])
  await page.waitForTimeout(1200)
  await stop(page).click()
  await expect(row(page, voice)).toBeVisible()
  expect(await mediaOf(page)).toEqual(['ended'])
  await context.close()
})

test(
  'The quick exit turns the microphone off though the neutral page hangs',
  SLOW,
  async ({ browser }) => {
    const phone = await newPhone(browser)
    await watchMedia(phone.page)
    await record(phone.page)
    await expectOffByExit(phone, 'audio')
    await phone.context.close()
  },
)

test('"Send" sends nothing during a recording, names the reason and keeps "Stop" visible', async ({
  browser,
}) => {
  const { page, context, sent } = await newPhone(browser)
  await record(page)
  await page.locator('#next').click()
  await expect(stop(page)).toBeInViewport()
  await sendButton(page).click()
  await expect(page.getByText(word('still_recording'))).toBeVisible()
  expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
  await stop(page).click()
  await expect(stop(page)).toBeHidden()
  // The list of files belongs to the question that asks for the words, which is the previous
  // question.
  await page.locator('#back').click()
  await expect(row(page, voice)).toBeVisible()
  await context.close()
})

test(
  'A person plays, changes and restores a recording, and the chosen version is sent',
  SLOW,
  async ({ browser }) => {
    const phone = await newPhone(browser)
    const { page, context } = phone
    const complaints: string[] = []
    page.on('console', (line) => complaints.push(line.text()))
    await record(page)
    await stop(page).click()
    const player = row(page, voice).locator('audio')
    await expect(player).toBeVisible()
    const playsFrom = (): Promise<string> =>
      player.evaluate(async (audio: HTMLAudioElement) => {
        audio.muted = true
        await audio.play()
        audio.pause()
        return audio.src
      })
    const own = await playsFrom()
    const tick = row(page, voice).getByLabel(word('distort'))
    await tick.check()
    await expect(row(page, voice)).toContainText(word('distorted'))
    expect(await playsFrom()).not.toBe(own)
    await shoot(page, 'distorted')
    await tick.uncheck()
    await expect(row(page, voice)).toContainText(word('recorded'))
    await tick.check()
    await sendButton(page).click()
    await expect(page.getByText(word('uploaded'))).toBeVisible()
    const { files } = await opened(phone)
    const [{ file, content }] = files as [(typeof files)[number]]
    expect(file).toMatchObject({ made: 'distorted', type: 'audio/wav' })
    expect(file).not.toHaveProperty('name')
    expect(Buffer.from(content).toString('latin1', 8, 15)).toBe('WAVEfmt')
    expect(complaints).toEqual([])
    await context.close()
  },
)

test('A deleted recording is not sent', async ({ browser }) => {
  const { page, context, sent } = await newPhone(browser)
  await record(page)
  await stop(page).click()
  await row(page, voice)
    .getByRole('button', { name: new RegExp(word('remove')) })
    .click()
  await expect(row(page, voice)).toHaveCount(0)
  await sendButton(page).click()
  await expect(page.locator('#error')).toHaveText(words('say.text_empty'))
  expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
  await context.close()
})

for (const [why, name] of [
  ['denied', 'NotAllowedError'],
  ['missing', 'NotFoundError'],
] as const)
  test(`A microphone that is ${why} is reported, and a recording can be chosen as a file`, async ({
    browser,
  }) => {
    const phone = await newPhone(browser)
    const { page, context } = phone
    await page.addInitScript((error) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', error))
    }, name)
    await (await voiceButton(page)).click()
    await expect(page.getByText(word(`microphone.${why}`))).toBeVisible()
    await shoot(page, `microphone-${why}`)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: word('choose') }).click()
    await (
      await chooser
    ).setFiles({ name: 'a.mp3', mimeType: 'audio/mpeg', buffer: Buffer.alloc(5000, 7) })
    await expect(row(page, 'a.mp3')).toContainText(word('as_is.audio'))
    // The browser cannot read this sound, so the voice cannot be changed. The file must not be sent
    // unchanged unless the person asks for it.
    await row(page, 'a.mp3').getByLabel(word('distort')).check()
    await expect(row(page, 'a.mp3')).toContainText(word('undistorted'))
    await sendButton(page).click()
    await expect(page.locator('#error')).toHaveText(words('say.text_empty'))
    await row(page, 'a.mp3').getByLabel(word('distort')).uncheck()
    await sendButton(page).click()
    await expect(page.getByText(word('uploaded'))).toBeVisible()
    expect((await opened(phone)).files[0]?.file.made).toBe('as_is')
    await context.close()
  })

test('A microphone that is allowed only after "Send" is turned off again', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await watchMedia(page, 'allow')
  const button = await voiceButton(page)
  await page.getByLabel(words('tell.text')).fill('Жашыл үйдө 5140')
  await button.click()
  await expect(page.getByText(word('asking'))).toBeAttached()
  await sendButton(page).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await page.evaluate(() => dispatchEvent(new Event('allow')))
  await expect.poll(() => mediaOf(page)).toEqual(['ended'])
  await context.close()
})
