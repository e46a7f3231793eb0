// Lists the views that every person has, and defines the type of a saved view.
import * as z from 'zod/mini'
import { isSameFilter, ListFilter, NO_FILTER } from './list-filter.ts'

export const DEFAULT_VIEWS = [
  'mine',
  'danger',
  'unread',
  'us',
  'quiet',
  'unplanned',
  'open',
  'closed',
  'all',
] as const
export type DefaultView = (typeof DEFAULT_VIEWS)[number]

/**
 * The button for the tasks follows this view. Tasks are not a filter, because the lines of a filter
 * are cases.
 */
export const TASKS_AFTER: DefaultView = 'mine'

/**
 * The view with which a new session starts: most cases are closed, and nobody works on closed
 * cases.
 */
export const FIRST_VIEW: DefaultView = 'open'

const OPEN: ListFilter = { ...NO_FILTER, status: 'open' }

export const DEFAULT_FILTERS: Readonly<Record<DefaultView, ListFilter>> = {
  us: { ...OPEN, waitsFor: 'us' },
  mine: { ...OPEN, isMine: true },
  danger: { ...OPEN, isDanger: true },
  unread: { ...NO_FILTER, isUnread: true },
  quiet: { ...NO_FILTER, status: 'in_progress', isQuiet: true },
  // A line contains only the day of the next step, so a step without a day counts as no step.
  unplanned: { ...NO_FILTER, status: 'in_progress', due: 'none' },
  open: OPEN,
  closed: { ...NO_FILTER, status: 'closed' },
  all: NO_FILTER,
}

/** Maximum length of a view's name, in characters. */
export const VIEW_NAME_CHARS = 40
/** Maximum number of views that a person can save. This many fit into VIEWS_BYTES. */
export const MAX_VIEWS = 16

/** Returns the default view that is equal to a filter, if there is one. */
export const defaultViewOf = (filter: ListFilter): DefaultView | undefined =>
  DEFAULT_VIEWS.find((view) => isSameFilter(DEFAULT_FILTERS[view], filter))

export const SavedView = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(VIEW_NAME_CHARS)),
  filter: ListFilter,
})
export type SavedView = z.infer<typeof SavedView>

export const SavedViews = z.object({
  v: z.literal(1),
  views: z.array(SavedView).check(z.maxLength(MAX_VIEWS)),
})

/** Adds a view at the end, or replaces the view with the same name. */
export const withView = (views: readonly SavedView[], view: SavedView): SavedView[] => [
  ...views.filter(({ name }) => name !== view.name),
  view,
]

export const withoutView = (views: readonly SavedView[], name: string): SavedView[] =>
  views.filter((each) => each.name !== name)
