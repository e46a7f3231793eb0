// Decides whether a row about yearly tables counts. The tables for a year can leave only once.
import { FiguresLeave, mayLeave } from '../figures.ts'
import { keyWithRole, requireRule, type Rule } from './roster-checks.ts'

export const figuresRules: Record<'figures.leave', Rule> = {
  'figures.leave': (roster, said, change) => {
    const leaving = FiguresLeave.parse(change)
    const { checkpoint, figures, rows } = roster
    requireRule(said.subject === String(leaving.year))
    requireRule(mayLeave(leaving, figures.at(-1) ?? null, said.at))
    requireRule(checkpoint?.row === leaving.checkpoint)
    figures.push({ ...leaving, signedBy: said.actor, row: rows + 1, at: said.at })
    return keyWithRole(roster, said, 'intake')
  },
}
