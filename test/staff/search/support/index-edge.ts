// Imitates the edge's routes for the search index, with in-memory reports.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { packCases, SEALED_AT_ONCE } from '#protocol/staff/list/sealed-cases'
import { sealedCaseOf } from '#test/protocol/support/sealed-case.ts'

const refusal = (code: string, status = 409): Response =>
  Response.json({ error: { code } }, { status })

const hexOf = (bytes: Bytes): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()

const inHex = (value: number, digits: number): string =>
  value.toString(16).padStart(digits, '0').toUpperCase()

export class IndexEdge {
  readonly reports = new Map<string, StoredCase>()
  /** keyed by generation and number */
  readonly pieces = new Map<string, { etag: string; sealed: Bytes }>()
  newest = 1
  /** ids that a device requested, in order */
  asked: string[] = []
  /** the start day of each request for changed lines */
  sinces: string[] = []
  /** the number of cases that fit into one page */
  room = SEALED_AT_ONCE
  /** numbers of pieces that a device fetched */
  fetched: string[] = []
  /** called before each response with sealed cases */
  onSealed: () => void = () => undefined
  /** awaited before a piece is stored */
  beforePut: () => Promise<void> = () => Promise.resolve()
  #versions = 0

  add(...reports: StoredCase[]): void {
    for (const report of reports) this.reports.set(report.item.id, report)
  }

  /** Changes the counts of a report, as a new row of its log does. */
  grow(id: string, changes: Partial<StoredCase> = {}): void {
    const report = this.reports.get(id)
    if (!report) throw new Error('no report')
    const item = { ...report.item, rows: report.item.rows + 1 }
    this.reports.set(id, { ...report, ...changes, item })
  }

  answer = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname, searchParams } = new URL(path, 'https://oasis.example')
    const route = pathname.replace('/api/staff/', '')
    if (route === 'cases/tally') return this.#tally()
    if (route === 'cases/sealed') return this.#sealed((searchParams.get('ids') ?? '').split(','))
    if (route === 'lines') {
      this.sinces.push(searchParams.get('since') ?? '')
      return this.#lines()
    }
    const [, generation = '', n = ''] = route.split('/')
    if (n === '') return this.#list(generation)
    if (n === 'end') return this.#end(generation)
    if (init.method !== 'PUT') return this.#piece(generation, n)
    const sealed = new Uint8Array(await new Response(init.body).arrayBuffer())
    await this.beforePut()
    return this.#put(generation, n, sealed, searchParams.get('former'))
  }

  #tally(): Response {
    const reports = [...this.reports.values()].map(
      ({ item }) => hexOf(fromB64(item.id)) + inHex(item.followUps, 4) + inHex(item.rows, 8),
    )
    return Response.json({ reports: reports.join(''), next: null })
  }

  #sealed(ids: string[]): Response {
    if (ids.length > SEALED_AT_ONCE) return refusal('malformed', 400)
    this.asked.push(...ids)
    this.onSealed()
    const there = ids.flatMap((id) => this.reports.get(id) ?? [])
    const cases = there.slice(0, this.room).map(sealedCaseOf)
    const left = there.slice(this.room).map(({ item }) => item.id)
    return new Response(packCases({ cases, left }))
  }

  #lines(): Response {
    const all = [...this.reports.values()]
    const items = all.filter(({ mergedInto }) => mergedInto === null).map(({ item }) => item)
    const merged = all.filter((each) => each.mergedInto !== null).map(({ item }) => item.id)
    return Response.json({ items, merged, next: null })
  }

  #list(generation: string): Response {
    const pieces = [...this.pieces]
      .filter(([name]) => name.startsWith(`${generation}/`))
      .map(([name, { etag }]) => ({ n: Number(name.split('/')[1]), etag }))
    return Response.json({ pieces })
  }

  #piece(generation: string, n: string): Response {
    this.fetched.push(n)
    const piece = this.pieces.get(`${generation}/${n}`)
    return piece ? new Response(piece.sealed) : refusal('not_found', 404)
  }

  #put(generation: string, n: string, sealed: Bytes, former: string | null): Response {
    if (Number(generation) !== this.newest) return refusal('chain_moved')
    const name = `${generation}/${n}`
    if ((this.pieces.get(name)?.etag ?? null) !== former) return refusal('piece_changed')
    const etag = `v${++this.#versions}`
    this.pieces.set(name, { etag, sealed })
    return Response.json({ n: Number(n), etag })
  }

  #end(generation: string): Response {
    if (Number(generation) >= this.newest) return refusal('team_in_use')
    for (const name of this.pieces.keys())
      if (name.startsWith(`${generation}/`)) this.pieces.delete(name)
    return new Response(null, { status: 204 })
  }
}

/** Returns the texts of the stored pieces, as a thief with a copy of R2 would see them. */
export const storedTexts = ({ pieces }: IndexEdge): string[] =>
  [...pieces.values()].map(({ sealed }) => toB64(sealed))
