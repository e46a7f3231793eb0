// Starts two real Chromium browsers: the phone's behind the router, and the staff's on the site's
// side. The phone resolves each host name to a different address, as with two separate sites. With
// one address, Chromium would use one connection for both sites.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { inside, SIBLING_ADDRESS, SITE_ADDRESS, type Network } from '#scripts/lab/curtain/network'
import { SIBLING_HOST, SITE_HOST, type CurtainSite } from '#scripts/lab/curtain/site'
import { addAuthenticator, invitationIn, joinByInvitation } from '#scripts/browser/staff'
import { curtainDir } from '#scripts/shared/paths'
import { QUIET } from '#scripts/test/browser'

const PHONE = { viewport: { width: 360, height: 640 }, locale: 'ky-KG' }
const OFFICE = { viewport: { width: 1280, height: 800 }, locale: 'ky-KG' }

export interface CurtainBrowsers {
  /** Opens a new browser without connections or session tickets, and closes it after `work`. */
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
    // `npm run curtain` handles signals itself.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}

export async function openBrowsers(
  browser: string,
  network: Network,
  site: CurtainSite,
): Promise<CurtainBrowsers> {
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
