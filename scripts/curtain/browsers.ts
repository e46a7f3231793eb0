// Two real Chromiums: the phone behind the router, and the staff's on the site's side, outside the box. The phone's finds both host
// names at addresses of their own, as two sites elsewhere have; with one address it would use one connection for both.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { inside, SIBLING_ADDRESS, SITE_ADDRESS, type Network } from '#scripts/curtain/network'
import { SIBLING_HOST, SITE_HOST, type Site } from '#scripts/curtain/site'
import { addAuthenticator, invitationIn, joinByInvitation } from '#scripts/browser/staff'
import { curtainDir } from '#scripts/paths'
import { QUIET } from '#scripts/test/browser'

const PHONE = { viewport: { width: 360, height: 640 }, locale: 'ky-KG' }
const OFFICE = { viewport: { width: 1280, height: 800 }, locale: 'ky-KG' }

export interface People {
  /** A browser that has never been here: no connection, no session ticket. Gone after `work`. */
  onNewPhone: <T>(work: (page: Page) => Promise<T>, script?: boolean) => Promise<T>
  staff: Page
  close: () => Promise<void>
}

async function launch(browser: string, namespace: string, args: string[]): Promise<Browser> {
  const file = join(curtainDir, `browser-in-${namespace.split('-').at(-1) ?? ''}`)
  const command = inside(namespace, browser).map((word) => `'${word}'`)
  writeFileSync(file, `#!/bin/sh\nexec ${command.join(' ')} "$@"\n`, { mode: 0o755 })
  return chromium.launch({
    executablePath: file,
    args: [...QUIET, ...args],
    // This task ends everything by itself.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  })
}

export async function openBrowsers(browser: string, network: Network, site: Site): Promise<People> {
  const names = [
    `MAP ${SITE_HOST} ${SITE_ADDRESS}`,
    `MAP ${SIBLING_HOST} ${SIBLING_ADDRESS}`,
    'MAP * ~NOTFOUND',
  ]
  const phone = await launch(browser, network.phone, [
    `--host-resolver-rules=${names.join(', ')}`,
    `--ignore-certificate-errors-spki-list=${site.chain.spki}`,
  ])
  const office = await launch(browser, network.site, [])
  const context = await office.newContext({ ...OFFICE, baseURL: site.staffOrigin })
  const staff = await context.newPage()
  await addAuthenticator(staff)
  await joinByInvitation(staff, invitationIn(site.orgDir), 'Айгүл')
  return {
    staff,
    onNewPhone: async (work, javaScriptEnabled = true) => {
      const visit = await phone.newContext({
        ...PHONE,
        baseURL: `https://${SITE_HOST}`,
        javaScriptEnabled,
      })
      try {
        return await work(await visit.newPage())
      } finally {
        await visit.close()
      }
    },
    close: async () => {
      await phone.close()
      await office.close()
    },
  }
}
