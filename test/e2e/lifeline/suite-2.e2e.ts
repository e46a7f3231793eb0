// Tests suite 2 with the browser's X-Wing: what a page sends with it, and when the page uses suite
// 1.
import { resolve } from 'node:path'
import { build } from 'esbuild'
import type { Page } from '@playwright/test'
import { concat, randomBytes, sameBytes, u32, type Bytes } from '#protocol/bytes'
import { readEnvelope } from '#protocol/report/envelope'
import { tell, writeFollowUp } from '#scripts/browser/report'
import { openSent } from '#scripts/browser/sent-files'
import { makeHybridPair } from '#site/staff/crypto/seal-to.ts'
import { suite2 } from '#test/protocol/support/hybrid.ts'
import { newPhone, ORIGIN, type Phone } from '../support/phone.ts'
import { SAMPLED, SLOW, sampleOf } from '../support/soak.ts'
import { expect, test } from '../support/staff.ts'
import { tellOn, words } from '../support/tell.ts'
import { expectRead, withoutXWing } from '../support/x-wing.ts'

const ENC_BYTES = 1120

const arrived = (page: Page) =>
  expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()

const reportsOf = ({ sent }: Phone) =>
  sent.filter(({ method, url }) => method === 'POST' && url.endsWith('/api/reports'))

/** Uses two shares of the recovery key to open a phone's last report. */
async function lastReport(phone: Phone) {
  const post = reportsOf(phone).at(-1)
  if (!post) throw new Error('no report was sent')
  return openSent(new Uint8Array(post.body))
}

const pathsOf = ({ sent }: Phone): string[] => sent.map(({ url }) => new URL(url).pathname)

const MESSAGES = sampleOf(200, 1000)
test(
  `R2, R44: The library opens ${MESSAGES} messages that the browser sealed by suite 2`,
  SAMPLED,
  async ({ page }) => {
    const { outputFiles } = await build({
      stdin: {
        contents: `export * from './worker/protocol/crypto/hpke-seal-hybrid.ts'`,
        resolveDir: resolve('.'),
      },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'hybrid',
    })
    await page.goto('/ky/privacy/')
    await page.evaluate(`${outputFiles[0]?.text ?? ''};window.hybrid = hybrid`)
    const pair = await makeHybridPair()
    const key = await suite2.DeserializePrivateKey(pair.seed)
    const plaintexts = Array.from({ length: MESSAGES }, (_, round) =>
      concat(u32(round), randomBytes(round % 64)),
    )
    const sealed = await page.evaluate(
      async ([publicKey, all]) => {
        type Seal = (...parts: Uint8Array[]) => Promise<Uint8Array>
        const { hpkeSealHybrid } = (window as unknown as { hybrid: { hpkeSealHybrid: Seal } })
          .hybrid
        const bytes = (list: readonly number[]) => Uint8Array.from(list)
        const results: number[][] = []
        for (const each of all)
          results.push([
            ...(await hpkeSealHybrid(bytes(publicKey), bytes(each), bytes([1]), bytes(each))),
          ])
        return results
      },
      [[...pair.publicKey], plaintexts.map((each) => [...each])] as const,
    )
    const aad = new Uint8Array([1])
    for (const [round, plaintext] of plaintexts.entries()) {
      const message = Uint8Array.from(sealed[round] ?? [])
      const [enc, ciphertext] = [message.slice(0, ENC_BYTES), message.slice(ENC_BYTES)]
      const opened = await suite2.Open(key, enc, ciphertext, { info: plaintext, aad })
      expect([round, sameBytes(opened, plaintext)]).toEqual([round, true])
    }
  },
)

test('A browser with X-Wing sends report and follow-up by suite 2, and staff read both', async ({
  browser,
  staff,
}) => {
  const phone = await newPhone(browser)
  // A second attempt must not find the report of the first.
  const writing = `Кийиз үйдүн жанында, 2281${String(test.info().retry)}`
  const receipt = await tell(phone.page, 'ky', writing)
  expect(await lastReport(phone)).toMatchObject({ suite: 2, report: { suite: 2, text: writing } })
  await writeFollowUp(phone.page, 'ky', receipt, 'Дагы эки киши келди')
  expect(await lastReport(phone)).toMatchObject({ suite: 2, report: { suite: 2 } })
  expect(pathsOf(phone).filter((path) => path === '/tools/ky/pq.js')).toHaveLength(2)
  await phone.context.close()
  await expectRead(staff.page, writing, 2)
  await expect(staff.page.locator('.report')).toContainText('Дагы эки киши келди')
})

test('A browser without X-Wing fetches no tool for suite 2 and sends by suite 1', async ({
  browser,
  staff,
}) => {
  const phone = await newPhone(browser)
  await withoutXWing(phone.context)
  const writing = 'Эски телефондон жазам, 9071'
  const receipt = await tell(phone.page, 'ky', writing)
  const { suite, report } = await lastReport(phone)
  expect([suite, report.suite]).toEqual([1, undefined])
  await writeFollowUp(phone.page, 'ky', receipt, 'Дагы мен')
  expect((await lastReport(phone)).suite).toBe(1)
  expect(pathsOf(phone)).not.toContain('/tools/ky/pq.js')
  await phone.context.close()
  await expectRead(staff.page, writing, 1)
})

test(
  'A report goes by suite 1 when the tool fails, was changed or never arrives',
  SLOW,
  async ({ browser }) => {
    const answers = {
      fails: 'abort',
      'is another': 'another',
      'never arrives': 'hang',
    } as const
    for (const [name, answer] of Object.entries(answers)) {
      const phone = await newPhone(browser)
      await phone.context.route('**/tools/ky/pq.js', async (route) => {
        if (answer === 'abort') await route.abort()
        if (answer === 'another') await route.fulfill({ body: 'window.ran = 1' })
      })
      await tellOn(phone)
      await arrived(phone.page)
      expect([name, (await lastReport(phone)).suite]).toEqual([name, 1])
      expect(await phone.page.evaluate('window.ran')).toBeUndefined()
      await phone.context.close()
    }
  },
)

test(
  'A report goes by suite 1 when the X-Wing of the browser rejects or hangs',
  SLOW,
  async ({ browser }) => {
    for (const result of ['Promise.reject(new Error("no"))', 'new Promise(() => {})']) {
      const phone = await newPhone(browser)
      await phone.context.addInitScript(`crypto.subtle.encapsulateBits = () => ${result}`)
      await tellOn(phone)
      await arrived(phone.page)
      expect([result, (await lastReport(phone)).suite]).toEqual([result, 1])
      await phone.context.close()
    }
  },
)

test('After a renewal a page takes a hybrid key by the hash of the manifest only', async ({
  browser,
}) => {
  // The key in this phone's tool differs from the key in the manifest, as after a new epoch.
  const sendWith = async (hybridKey: (key: Bytes) => Bytes): Promise<[number, string[]]> => {
    const phone = await newPhone(browser)
    await phone.context.addInitScript(() => {
      const native = atob
      // Changes only the last byte of a long key, and nothing else that a page decodes.
      window.atob = (text) => {
        const bytes = native(text)
        if (bytes.length !== 1216) return bytes
        return bytes.slice(0, -1) + String.fromCharCode(bytes.charCodeAt(1215) ^ 1)
      }
    })
    let refused = 0
    await phone.context.route('**/api/reports', async (route) => {
      if (refused++ > 0) return route.continue()
      await route.fulfill({ status: 409, json: { error: { code: 'epoch_retired' } } })
    })
    await phone.context.route('**/api/keys/hybrid', async (route) => {
      const response = await route.fetch()
      const key = hybridKey(new Uint8Array(await response.body()))
      await route.fulfill({ response, body: Buffer.from(key) })
    })
    await tellOn(phone)
    await arrived(phone.page)
    const { suite } = await lastReport(phone)
    const paths = pathsOf(phone).filter((path) => path.startsWith('/api/'))
    await phone.context.close()
    return [suite, paths]
  }
  const asked = ['/api/reports', '/api/keys', '/api/keys/hybrid', '/api/reports']
  expect(await sendWith((key) => key)).toEqual([2, asked])
  expect(await sendWith(() => randomBytes(1216))).toEqual([1, asked])
})

test('A report whose suite byte a carrier changed is not stored', async ({ browser }) => {
  const phone = await newPhone(browser)
  await tellOn(phone)
  await arrived(phone.page)
  const envelope = new Uint8Array(reportsOf(phone).at(-1)?.body ?? [])
  expect(readEnvelope(envelope).suite).toBe(2)
  envelope[3] = 1
  const answer = await fetch(`${ORIGIN}/api/reports`, {
    method: 'POST',
    body: envelope,
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect([answer.status, await answer.json()]).toEqual([409, { error: { code: 'key_unknown' } }])
  await phone.context.close()
})
