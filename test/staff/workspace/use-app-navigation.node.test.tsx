// Tests that the screen, the open case and the help page reappear when the app is unlocked. The
// person's roles must still give access to all three.
import { render } from 'preact'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Role } from '#protocol/staff/fields'
import { KeptPlace } from '#site/staff/list/list-place.ts'
import { type Screen } from '#site/staff/session/navigation.ts'
import { useAppNavigation, type AppNavigation } from '#site/staff/workspace/use-app-navigation.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { type FakeNode } from '../support/fake-dom.ts'
import { screenOf, soon } from '../support/shown-case.tsx'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})

let root: FakeNode
let navigation: AppNavigation
beforeEach(() => {
  let state: unknown = null
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('history', {
    get state() {
      return state
    },
    pushState: (next: unknown) => (state = next),
  })
})
afterEach(async () => {
  render(null, root)
  // Preact may still have an earlier change to render.
  await new Promise((done) => setTimeout(done))
  vi.unstubAllGlobals()
})

function enter(kept: KeptPlace, roles: Role[]): void {
  function Here() {
    navigation = useAppNavigation(kept)
    return null
  }
  root = screenOf({ team, roles }, <Here />)
}

const isOn = (screen: Screen): Promise<void> =>
  soon(() => expect(navigation.place.screen).toBe(screen))

/** Locks the app, and unlocks it for the same person with these roles. */
async function lockAndEnter(kept: KeptPlace, roles: Role[]): Promise<void> {
  const { keys } = team.aigul
  await kept.keep(keys)
  render(null, root)
  await kept.takeBack(keys)
  enter(kept, roles)
}

/** Opens a case and then another screen, and locks and unlocks the app there. */
async function lockOn(screen: Screen, roles: Role[]): Promise<KeptPlace> {
  const kept = new KeptPlace()
  enter(kept, ['intake', 'admin'])
  // The list remembers the open case, even while another screen is shown.
  kept.now = { ...kept.now, report: 'a' }
  if (screen === 'reports') navigation.openReport('a')
  else navigation.goTo(screen)
  await soon(() =>
    expect(navigation.place).toEqual({ screen, report: screen === 'reports' ? 'a' : null }),
  )
  await lockAndEnter(kept, roles)
  return kept
}

test('The first start shows the first screen of the roles and no case', () => {
  enter(new KeptPlace(), ['intake'])
  expect(navigation.place).toEqual({ screen: 'reports', report: null })
  expect(navigation.helpPage).toBeNull()
  render(null, root)
  enter(new KeptPlace(), ['admin'])
  expect(navigation.place).toEqual({ screen: 'people', report: null })
})

test('The screen and the open case of before the lock return', async () => {
  await lockOn('figures', ['intake', 'admin'])
  expect(navigation.place).toEqual({ screen: 'figures', report: null })
  render(null, root)
  await lockOn('reports', ['intake', 'admin'])
  expect(navigation.place).toEqual({ screen: 'reports', report: 'a' })
})

test('A caseworker whose screen is gone begins at the list, and no old case opens', async () => {
  await lockOn('waiting', ['caseworker'])
  expect(navigation.screens).not.toContain('waiting')
  expect(navigation.place).toEqual({ screen: 'reports', report: null })
})

test('An admin who may no longer read begins at the people, and no case opens', async () => {
  await lockOn('reports', ['admin'])
  expect(navigation.place).toEqual({ screen: 'people', report: null })
})

test('The help page survives a lock, and its owner alone gets it back', async () => {
  const kept = new KeptPlace()
  enter(kept, ['intake'])
  navigation.openHelp('flood')
  await isOn('help')
  await soon(() => expect(kept.helpPage).toBe('flood'))
  await lockAndEnter(kept, ['intake'])
  expect(navigation.place.screen).toBe('help')
  expect(navigation.helpPage).toBe('flood')

  await kept.keep(team.aigul.keys)
  expect(kept.helpPage).toBeNull()
  await kept.takeBack(team.bermet.keys)
  expect(kept.helpPage).toBeNull()
})

test('The list of all help pages returns as the list', async () => {
  const kept = new KeptPlace()
  enter(kept, ['intake'])
  navigation.openHelp('flood')
  await isOn('help')
  navigation.onHelpPage(null)
  await soon(() => expect(navigation.helpPage).toBeNull())
  await lockAndEnter(kept, ['intake'])
  expect(navigation.place.screen).toBe('help')
  expect(navigation.helpPage).toBeNull()
})

test('A lock of the invitation returns to the people, who list the invitation', async () => {
  await lockOn('invite', ['intake', 'admin'])
  expect(navigation.place).toEqual({ screen: 'people', report: null })
})
