import { expect, test } from 'vitest'
import { keyAct } from '#site/staff/list/list-keys.ts'
import { NOTHING, stillThere, toggled, withAll, withRange } from '#site/staff/list/selection.ts'

const press = (key: string, code: string, held: Partial<KeyboardEvent> = {}) => ({
  ...{ key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false },
  isComposing: false,
  ...held,
})

test('A key means the same in a Latin and in a Cyrillic layout', () => {
  for (const [latin, cyrillic, code] of [
    ['j', 'о', 'KeyJ'],
    ['k', 'л', 'KeyK'],
    ['x', 'ч', 'KeyX'],
    ['n', 'т', 'KeyN'],
    ['/', '.', 'Slash'],
  ] as const) {
    const act = keyAct(press(latin, code), false)
    expect(act).not.toBeNull()
    expect(keyAct(press(cyrillic, code), false)).toEqual(act)
  }
  expect(keyAct(press('?', 'Digit7', { shiftKey: true }), false)).toEqual({ is: 'help' })
})

test('Arrows, Home and End move only while the focus is on a line', () => {
  for (const key of ['ArrowDown', 'ArrowUp', 'Home', 'End']) {
    expect(keyAct(press(key, key), false)).toBeNull()
    expect(keyAct(press(key, key), true)).not.toBeNull()
  }
})

test('A key with Ctrl, Alt or Meta, or of a running composition, is left to the browser', () => {
  for (const held of [
    { ctrlKey: true },
    { altKey: true },
    { metaKey: true },
    { isComposing: true },
  ])
    expect(keyAct(press('j', 'KeyJ', held), true)).toBeNull()
})

test('Shift moves and selects, and selects a range', () => {
  const shiftKey = true
  expect(keyAct(press('J', 'KeyJ', { shiftKey }), false)).toEqual({
    is: 'move',
    by: 1,
    selects: true,
  })
  expect(keyAct(press('X', 'KeyX', { shiftKey }), false)).toEqual({ is: 'range' })
})

test('A selection takes and drops lines, takes ranges both ways, and forgets gone lines', () => {
  const order = ['a', 'b', 'c', 'd']
  const one = toggled(NOTHING, 'b')
  expect([...one]).toEqual(['b'])
  expect([...toggled(one, 'b')]).toEqual([])
  expect([...withRange(one, order, ['d', 'b'])].sort()).toEqual(['b', 'c', 'd'])
  expect([...withRange(NOTHING, order, ['gone', 'c'])]).toEqual(['c'])
  expect([...withAll(one, order)].sort()).toEqual(order)
  const all = withAll(NOTHING, order)
  expect([...stillThere(all, new Map([['a', 1]]))]).toEqual(['a'])
  expect(stillThere(one, new Map([['b', 1]]))).toBe(one)
})
