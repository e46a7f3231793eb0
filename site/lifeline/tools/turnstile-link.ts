// Tool: links to the Turnstile check during a flood. A report that passes the check is read sooner.
import { concat, type Bytes } from '#protocol/bytes'
import { headerIdOf, reportIdOf } from '#protocol/report/envelope'
import { word } from '../dom/elements.ts'
import { registerTool } from './register.ts'

/** Shows the link to the check for a report that has arrived. */
export type ShowCheckLink = (envelope: Bytes) => Promise<void>

/**
 * The link whose `report` property contains the report id and the header id of the sent report. The
 * check page reads this property. The address does not contain the ids, because the phone keeps
 * addresses in its history.
 */
interface CheckLink extends HTMLAnchorElement {
  report: Bytes
}

const showCheckLink: ShowCheckLink = async (envelope) => {
  // The check page cannot read the property of a link on a saved page.
  if (!/^http/.test(location.protocol)) return
  const report = concat(await reportIdOf(envelope), headerIdOf(envelope))
  const link: CheckLink = Object.assign(document.createElement('a'), { report })
  link.id = 'check'
  link.className = 'unprinted'
  link.href = '/' + document.documentElement.lang + '/check/'
  link.target = '_blank'
  link.rel = 'opener'
  link.textContent = word('offer')
  document.getElementById('numbered')!.after(link)
}

registerTool(showCheckLink)
