// The ways in on the home page, in the order of need. A door whose page does not exist yet is not there; three are shown.
import { isPage } from '../i18n/paths.ts'

export const ways = [
  { page: 'before-you-go', icon: 'road', urgent: false },
  { page: 'tell', icon: 'door', urgent: false },
  { page: 'help', icon: 'phone', urgent: true },
  { page: 'answer', icon: 'letter', urgent: false },
] as const

export const doors = ways.filter(({ page }) => isPage(page)).slice(0, 3)
