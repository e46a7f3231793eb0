// Lists the main links of the home page. The red link is last, nearest the thumb. A text ends with
// the two links that lead to people.
import { type IconName } from '../pictures/icons.ts'
import { type PageName } from '../../pages.ts'

interface Way {
  page: PageName
  icon: IconName
  urgent?: boolean
}

/** Pages for a person who is going abroad, in one box that unfolds. */
export const before = [
  { page: 'offer-check', icon: 'offer' },
  { page: 'before-you-go', icon: 'list' },
  { page: 'country', icon: 'road' },
] as const satisfies readonly Way[]

export const toPeople: readonly Way[] = [
  { page: 'tell', icon: 'passport' },
  { page: 'help', icon: 'phone', urgent: true },
]

export const doors: readonly Way[] = [{ page: 'family', icon: 'silent' }, ...toPeople]
