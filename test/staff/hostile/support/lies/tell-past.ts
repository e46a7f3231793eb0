// Responds as the edge did earlier: before an assignment, a departure or the last notes. The server
// has stored every response that it has ever sent.
import { type Lie, type MakeLie } from '../hostile-server.ts'

/** The routes that the server answers with its earlier responses. */
const ROUTES = [
  /^GET me$/,
  /^GET ledger/,
  /^GET (me|ledger)/,
  /^GET reports\/[\w-]{22}/,
  /^GET reports\/[\w-]{22}$/,
  /^GET (checkpoints|case-heads|case-logs|ledger)/,
  /^GET (cases\/|pieces|lines)/,
  /^GET (case-keys|letters\/untaken)/,
  /^GET /,
]

export const answerAsBefore: MakeLie = ({ chance, past }): Lie => {
  const edge = chance.one(past)
  const on = chance.one(ROUTES)
  return {
    ...{ name: `answers of before: ${on.source}`, on },
    tell: async ({ path, person }, pass) => {
      const { cookie } = person.reader
      const answer = await edge.ask(`/api/staff/${path}`, { headers: { cookie } })
      return answer.ok ? answer : pass()
    },
  }
}
