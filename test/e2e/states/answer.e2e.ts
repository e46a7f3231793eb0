// Tests the states of `answer`, `help` and `send`.
import { expect } from '@playwright/test'
import { randomBytes, toB64 } from '#protocol/bytes'
import { makeReceipt, ownerHashOf, receiptKeys } from '#protocol/report/receipt'
import { sealReply } from '#protocol/report/reply'
import type { PlainReply } from '#protocol/report/plain-report'
import { pauseAfter } from '#site/lifeline/network/retry-chunk.ts'
import { shorten } from '../support/tell.ts'
import { testStates, type State, type Visit } from './test-states.ts'
import { button, byWords, cutOff, fails, openNumbers, send } from './ways.ts'

async function read(visit: Visit, typed: string): Promise<void> {
  await visit.open('answer/')
  await visit.page.locator('#receipt').fill(typed)
  await button(visit, 'answer.read').click()
}

async function readNothing(visit: Visit): Promise<void> {
  await read(visit, makeReceipt())
  await expect(byWords(visit, 'answer.none')).toBeVisible()
}

const REPLY: PlainReply = {
  v: 1,
  at: '2026-11-25T10:00Z',
  text: `Биз сизди уктук. Эртең саат тогузда консулдуктан күтөбүз. ${'узунсөз'.repeat(12)}`,
  arrived: 2,
  files: [
    {
      id: toB64(randomBytes(17)),
      key: toB64(randomBytes(32)),
      made: 'redrawn',
      type: 'image/jpeg',
      size: 90_000,
      hash: toB64(randomBytes(32)),
      chunk: 8192,
    },
  ],
}

/** Responds to the inbox as the edge does, with two replies that the receipt's keys open. */
async function readReplies(visit: Visit): Promise<void> {
  const digits = makeReceipt()
  const { lookup, down } = await receiptKeys(digits)
  const owner = await ownerHashOf(lookup)
  await visit.context.route('**/api/inbox', async (route) => {
    const index = route.request().postDataBuffer()?.readUInt32BE(16) ?? 0
    const reply = index === 0 ? { ...REPLY, files: [] } : REPLY
    const bytes = index < 2 ? await sealReply(down, owner, index, reply) : randomBytes(4096)
    await route.fulfill({ body: Buffer.from(bytes) })
  })
  await read(visit, digits)
  await expect(visit.page.locator('#messages li')).toHaveCount(2)
}

const tickDanger = async (visit: Visit): Promise<void> => {
  await byWords(visit, 'answer.danger').click()
  await expect(visit.page.locator('#form .now')).toBeVisible()
}

async function openCountry({ open, page }: Visit, country: string): Promise<void> {
  await open(`help/#${country}`)
  await page.evaluate(() => {
    location.hash = location.hash
  })
}

const states: State[] = [
  { name: 'Answer before a number', reach: ({ open }) => open('answer/'), isButtonFirst: true },
  {
    name: 'Answer with a short number',
    reach: async (visit) => {
      await read(visit, '1234 5678')
      await fails(visit, 'say.receipt_length')
    },
  },
  {
    name: 'Answer with a slip in the number',
    reach: async (visit) => {
      await read(visit, '1234 5678 9012 3456 7890 1234 5678')
      await fails(visit, 'say.receipt_slip')
    },
  },
  {
    name: 'Answer without a network',
    reach: async (visit) => {
      await cutOff(visit)
      await read(visit, makeReceipt())
      await fails(visit, 'say.network')
    },
  },
  {
    name: 'Answer with the numbers of its bar open',
    reach: async (visit) => {
      await visit.open('answer/')
      await openNumbers(visit)
    },
  },
  { name: 'Answer without a reply', reach: readNothing },
  {
    name: 'Answer without a reply, with danger ticked',
    reach: async (visit) => {
      await readNothing(visit)
      await tickDanger(visit)
    },
  },
  { name: 'Answer with two replies and a file', reach: readReplies },
  {
    name: 'Answer with a file that does not arrive',
    reach: async (visit) => {
      await shorten(visit.context, [1, 2, 3, 4, 5].map(pauseAfter))
      await visit.context.route('**/api/files/**', (route) =>
        route.fulfill({ status: 404, body: '{}' }),
      )
      await readReplies(visit)
      await visit.page.getByRole('button', { name: visit.words('say.file', { n: '1' }) }).click()
      await expect(byWords(visit, 'read-file.stuck')).toBeVisible({ timeout: 40_000 })
    },
  },
  {
    name: 'Answer with replies and danger ticked',
    reach: async (visit) => {
      await readReplies(visit)
      await tickDanger(visit)
    },
  },
  {
    name: 'Answer after an empty follow-up',
    reach: async (visit) => {
      await readReplies(visit)
      await send(visit)
      await fails(visit, 'say.text_empty')
    },
  },
  {
    name: 'Answer after a follow-up that did not arrive',
    reach: async (visit) => {
      await readReplies(visit)
      await tickDanger(visit)
      await visit.page.locator('#text').fill('Дагы эле ошол жердебиз 7392')
      await visit.context.route('**/api/reports', (route) => route.abort())
      await send(visit)
      await fails(visit, 'say.network')
    },
  },
  {
    name: 'Answer after a follow-up',
    reach: async (visit) => {
      await readReplies(visit)
      await visit.page.locator('#text').fill('Дагы эле ошол жердебиз 7393')
      await send(visit)
      await expect(byWords(visit, 'answer.written')).toBeVisible()
    },
  },
  {
    name: 'Answer before its end',
    reach: async (visit) => {
      await readReplies(visit)
      await byWords(visit, 'answer.destroy').click()
      await expect(button(visit, 'answer.destroy.yes')).toBeVisible()
    },
  },
  {
    name: 'Answer after its end',
    reach: async (visit) => {
      await readReplies(visit)
      await byWords(visit, 'answer.destroy').click()
      await button(visit, 'answer.destroy.yes').click()
      await expect(byWords(visit, 'answer.destroyed')).toBeVisible()
    },
  },
  {
    name: 'Answer without a script',
    javaScript: false,
    reach: ({ open }) => open('answer/'),
  },
  {
    name: 'Answer without a script and without a reply',
    javaScript: false,
    reach: readNothing,
  },
  { name: 'Help', reach: ({ open }) => open('help/'), calls: 1 },
  { name: 'Help with Russia chosen', reach: (visit) => openCountry(visit, 'RU'), calls: 2 },
  {
    name: 'Help with all details of Türkiye',
    reach: async (visit) => {
      await openCountry(visit, 'TR')
      await visit.page.locator('main details').evaluateAll((all) => {
        for (const each of all) (each as HTMLDetailsElement).open = true
      })
    },
  },
  { name: 'Send', reach: ({ open }) => open('send/') },
  {
    name: 'Send without a text',
    reach: async (visit) => {
      await visit.open('send/')
      await send(visit)
      await expect(visit.page.locator('#error')).toBeVisible()
    },
  },
  {
    name: 'Send with a text that is no letter',
    reach: async (visit) => {
      await visit.open('send/')
      await visit.page.locator('#text').fill('Салам! Бул жерде кат жок.')
      await send(visit)
      await fails(visit, 'say.letter_unreadable')
    },
  },
]

testStates(states)
