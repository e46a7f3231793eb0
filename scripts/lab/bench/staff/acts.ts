// Measures a colleague's work in the list of 10,000 cases: searching, filtering and opening cases.
import type { Sight } from '#scripts/lab/bench/staff/page-watch'
import { wordsIn } from '#scripts/browser/words'
import { noTimes, SEARCH, type StaffPage, type Times } from '#scripts/lab/bench/staff/staff-page'

/** Words from reports in both languages, places, numbers, and words that no report contains. */
const QUERIES = [
  ...['паспорт', 'ресторан', 'Москва', 'Дубай', 'Ош', 'алып коюшту', 'иштейм', 'агентство'],
  ...['работа официант', '0555 12', 'мейманкана', 'виза Турция', 'телефон', 'жок сөз', 'qwerty'],
]
const words = wordsIn('ky')
const VIEW_ROUNDS = 5
const CASES_OF_A_VIEW = 20
const WORDS_SHOWN: Sight = { selector: '.report .thread li, .report .refused' }
const LANGUAGE = '.filters .field:nth-child(10) select'
const CLOSE_REASON = '.filters .field:nth-child(12) select'

export interface ActTimes {
  /** the time from typing a letter until the hits are laid out */
  typed: Times
  /** only the time for searching the words of all cases */
  searched: number[]
  filtered: Times
  opened: Times
  /** the screens in the menu that sum up all cases */
  register: Times
  figures: Times
}

/** Types each query letter by letter. Each letter starts a separate search. */
async function search(app: StaffPage, times: ActTimes): Promise<void> {
  await app.noteSearches()
  for (const query of QUERIES) {
    for (let end = 1; end <= query.length; end++)
      await app.note(times.typed, () =>
        app.pressAndDraw({ type: query.slice(0, end), into: SEARCH }),
      )
    await app.pressAndDraw({ type: '', into: SEARCH })
  }
  const { searches } = await app.takeNotes()
  times.searched.push(...searches)
}

/** Opens each view, and filters by each language and each reason for closing. */
async function filter(app: StaffPage, times: ActTimes): Promise<void> {
  const views = await app.page.locator('.views button').count()
  for (let round = 0; round < VIEW_ROUNDS; round++)
    for (let at = 1; at <= views; at++)
      await app.note(times.filtered, () =>
        app.pressAndDraw({ click: `.views button:nth-child(${at})` }),
      )
  await app.page.locator('.filter-go').click()
  for (const field of [LANGUAGE, CLOSE_REASON]) {
    await app.until({ selector: `${field} option:nth-child(2)` })
    const choices = await app.page
      .locator(`${field} option`)
      .evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value))
    for (const choose of [...choices.slice(1), ''])
      await app.note(times.filtered, () => app.pressAndDraw({ choose, into: field }))
  }
  await app.page.locator('.filter-go').click()
}

/** Opens cases from two views, one after another. The list stays beside the case. */
async function openCases(app: StaffPage, times: ActTimes): Promise<void> {
  // The sixth and seventh views are the open and the closed cases.
  for (const view of [6, 7]) {
    await app.pressAndDraw({ click: `.views button:nth-child(${view})` })
    const lines = await app.page
      .locator('.queue .line')
      .evaluateAll((all) => all.map(({ id }) => id))
    for (const id of lines.slice(0, CASES_OF_A_VIEW)) {
      await app.note(times.opened, () => app.pressUntil({ click: `#${id}` }, WORDS_SHOWN))
      await app.page.keyboard.press('Escape')
      await app.until({ ...WORDS_SHOWN, isGone: true })
    }
  }
}

const SCREEN_ROUNDS = 5

/** Opens the register and the figures. The first time also fetches their code and words. */
async function openScreens(app: StaffPage, times: ActTimes): Promise<void> {
  for (const [key, shown] of [
    ['register', '.screen > .receivers'],
    ['figures', '.figures .tables tr'],
  ] as const)
    for (let round = 0; round < SCREEN_ROUNDS; round++) {
      const open = { click: '.menu-box nav button', text: words(`staff.screen.${key}`) }
      await app.note(times[key], () => app.pressUntil(open, { selector: shown }))
      await app.pressUntil({ click: '.screen > .back' }, { selector: '.queue .line' })
    }
}

export async function timeActs(app: StaffPage): Promise<ActTimes> {
  const times: ActTimes = {
    ...{ typed: noTimes(), searched: [] },
    ...{ filtered: noTimes(), opened: noTimes() },
    ...{ register: noTimes(), figures: noTimes() },
  }
  await search(app, times)
  await filter(app, times)
  await openCases(app, times)
  await openScreens(app, times)
  return times
}
