// Contains the line icons: one path each, on a grid of 24, for a stroke of 2 with round ends. A
// lifeline page imports individual paths, so that the page contains only the icons that it shows.
import { directionOf } from '#content/languages.ts'

export const icons = {
  back: 'M14.5 5 8 12l6.5 7',
  banknote: 'M2 7h20v11H2zM12 15a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM5.5 12.5h.01M18.5 12.5h.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  contact: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.5-6 8-6s8 2 8 6',
  copy: 'M8 8h12v13H8zM16 8V3H4v13h4',
  doctor: 'M9 3h6v6h6v6h-6v6H9v-6H3V9h6z',
  door: 'M6 21V4h12v17M6 4l7.5 2.7v15.8L6 21M10.5 13.5v1.5M2 21h4M13.5 21H22',
  hand:
    'M15.6 11V5a1.7 1.7 0 0 0-3.4 0v5.5V4a1.7 1.7 0 0 0-3.4 0v7V6a1.7 1.7 0 0 0-3.4 0v8.5' +
    'l-1.1-1.5a1.6 1.6 0 0 0-2.6 1.9L5.4 19c1.5 2 3.6 2.5 6.4 2.5 4.2 0 7.2-2.4 7.2-6.5' +
    'V8.5a1.7 1.7 0 0 0-3.4 0',
  house: 'M2.5 11.5 12 4l9.5 7.5M5.5 9.5V20h13V9.5M10 20v-6h4v6',
  lawyer: 'M12 3v18M7 21h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z',
  leave: 'M13 4H5v16h8M10 12h11M17 8l4 4-4 4',
  list: 'M3 6l1.5 1.5L8 4M3 13l1.5 1.5L8 11M3 20l1.5 1.5L8 18M12 6h9M12 13h9M12 20h9',
  lock: 'M5 11h14v10H5zM8 11V7.5a4 4 0 0 1 8 0V11M12 15v2',
  microphone:
    'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3M9 21h6',
  number: 'M3 5h18v14H3zM7 10h3M14 10h3M7 14.5h3M14 14.5h3',
  /** An offer of work under a magnifying glass. */
  offer:
    'M10 21H4V3h9l5 5v2M13 3v5h5M8 12h3M8 16h2M16 19a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18.2 18.2 22 22',
  passport: 'M5 3h12a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5zM12 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM9 17h6',
  pen: 'M4 20l1.2-5L16 4.2 19.8 8 9 18.8zM13.5 6.7l3.8 3.8',
  phone:
    'M6 3h3.8l1.5 4.5L9 9.8c.8 2.3 2.9 4.4 5.2 5.2l2.3-2.3 4.5 1.5V18' +
    'c0 1.5-.8 2.3-2.3 2.3C10.5 20.3 3.7 13.5 3.7 5.3 3.7 3.8 4.5 3 6 3z',
  picture: 'M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 5M15.5 9h.01',
  question: 'M8.5 8a3.5 3.5 0 1 1 5 3c-1 .6-1.5 1-1.5 3M12 18h.01',
  road:
    'M1.5 15 8.5 5l4 5.5L15.5 7l7 8M10 15c4 .8 2.5 2.6-.5 3.4S6 20.3 6 21.5' +
    'M15 15c3 1.4 1.7 2.7 1 3.8-.6 1-.7 1.6-.2 2.7',
  search: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM15 15l6 6',
  /** A message without a reply. */
  silent:
    'M2 3h13v8H8l-3 3v-3H2zM6 7h.01M8.5 7h.01M11 7h.01M18.5 10H22M22 14v3M9 17v-1' +
    'M11 20h2.5M17 20h1.5l3 2.5V20',
  sound: 'M4 9v6h4l5 4V5L8 9zM16.5 8.5a5 5 0 0 1 0 7M19 5.5a9 9 0 0 1 0 13',
  speech: 'M3 4h18v13h-9l-5 4v-4H3zM8 9h8M8 13h5',
  stop: 'M5 12h14',
} as const

export type IconName = keyof typeof icons

/** The mirrored form, for right-to-left languages, of icons that point along the line of text. */
const MIRRORED: Partial<Readonly<Record<IconName, string>>> = {
  back: 'M9.5 5 16 12l-6.5 7',
  leave: 'M11 4h8v16h-8M14 12H3M7 8l-4 4 4 4',
  list: 'M21 6l-1.5 1.5L16 4M21 13l-1.5 1.5L16 11M21 20l-1.5 1.5L16 18M12 6H3M12 13H3M12 20H3',
}

/** Returns the path of an icon in a language. */
export const iconPath = (name: IconName, lang = ''): string =>
  (directionOf(lang) === undefined ? undefined : MIRRORED[name]) ?? icons[name]
