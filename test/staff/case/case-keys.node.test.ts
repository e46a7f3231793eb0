import { expect, test } from 'vitest'
import { CASE_KEYS, caseKeyOf } from '#site/staff/case/screen/keys/case-keys.ts'

const press = (code: string, held: Partial<KeyboardEvent> = {}) => ({
  ...{ code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false },
  isComposing: false,
  ...held,
})

test('A key of a case goes by its place on the keyboard in every layout', () => {
  for (const key of CASE_KEYS) expect(caseKeyOf(press(`Key${key}`))).toBe(key)
  expect(caseKeyOf(press('KeyQ'))).toBeNull()
  expect(caseKeyOf(press('Digit1'))).toBeNull()
})

test('A key with Shift, Ctrl, Alt or Meta, or of a composition, does nothing in a case', () => {
  for (const held of [
    { shiftKey: true },
    { ctrlKey: true },
    { altKey: true },
    { metaKey: true },
    { isComposing: true },
  ])
    expect(caseKeyOf(press('KeyR', held))).toBeNull()
})
