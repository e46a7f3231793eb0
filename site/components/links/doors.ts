// Lists the main links of the home page. The red link comes last, nearest the thumb.
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

export const doors: readonly Way[] = [
  { page: 'family', icon: 'silent' },
  { page: 'tell', icon: 'passport' },
  { page: 'help', icon: 'phone', urgent: true },
]
