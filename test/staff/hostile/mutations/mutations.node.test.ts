import { expect, test } from 'vitest'
import { mutated, MUTATIONS } from './mutations.ts'

test.each(MUTATIONS)('A file holds once what a mutation removes: $name', (mutation) => {
  expect(mutated(mutation)).not.toContain(mutation.from)
})
