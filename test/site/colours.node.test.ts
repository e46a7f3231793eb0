// Checks the organisation's colours: their contrast, and their place in tokens.css.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contrast, contrastFaults } from '#content/contrast.ts'
import { organisation } from '#content/organisation.ts'
import { root } from '#scripts/shared/paths'
import { colour, withColours, type Scheme } from '#site/styles/colours.ts'

test('The formula of contrast gives the values of the standard', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

describe.each<Scheme>(['light', 'dark'])('%s', (scheme) => {
  test('Text has a contrast of 7:1 on every ground, and each edge and mark of 3:1', () => {
    expect(contrastFaults(organisation.colours[scheme])).toEqual([])
  })

  test('A colour that is too near to its ground is named with its contrast', () => {
    const pale = { ...organisation.colours[scheme], soft: organisation.colours[scheme].far }
    expect(contrastFaults(pale)).toContain('soft on far has 1:1, and needs 7:1')
  })
})

test('The colours of both schemes are in tokens.css, each once', () => {
  const css = readFileSync(join(root, 'site/styles/tokens.css'), 'utf8')
  const [light = '', dark = ''] = withColours(css).split('@media screen')
  expect(light).toContain(`  --ground: ${colour('light', 'ground')};\n`)
  expect(dark).toContain(`    --ground: ${colour('dark', 'ground')};\n`)
  expect(withColours(css)).not.toMatch(/--colours: /)
  expect(() => withColours(css.replace('--colours: dark;', ''))).toThrow('no place')
})
