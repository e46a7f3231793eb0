// Measures how long it takes to end a colleague's access when there are thousands of cases. Node
// runs the app's own steps against the real worker. For each step, prints a progress bar, the
// number of requests and the time.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fromB64 } from '#protocol/bytes'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import type { ServedDemo } from '#scripts/lab/bench/served-demo'
import { readScriptedMember } from '#scripts/org/files/member-file'
import type { PublicFile } from '#site/integrations/organisation.ts'
import { fetchPeople } from '#site/staff/api/people-api.ts'
import { fetchMe } from '#site/staff/api/session-api.ts'
import { openCopies } from '#site/staff/crypto/shared-keys.ts'
import { unlockedBy, type UnlockedKeys } from '#site/staff/crypto/unlock.ts'
import { departureSteps } from '#site/staff/departure/departure.ts'
import { fetchLedger } from '#site/staff/ledger/fetch-ledger.ts'
import { sendRemoval } from '#site/staff/people/send-confirmation.ts'

/** The maximum time that a person may have to wait in front of the screen. */
const BOUND_S = 300
/** Network delay added to each request, as for a phone far from the edge. */
const ROUND_TRIP_MS = 150
const WIDTH = 24

/**
 * Adds a session to the app's requests, and sends them to the worker. Returns a function that
 * counts the requests.
 */
function sendFrom(origin: string, session: string): () => number {
  const send = globalThis.fetch
  let requests = 0
  globalThis.fetch = async (asked, init) => {
    requests += 1
    await wait(ROUND_TRIP_MS)
    const headers = new Headers(init?.headers)
    headers.set('cookie', `__Host-oasis=${session}`)
    headers.set('origin', origin)
    const path = asked instanceof Request ? asked.url : asked
    return send(new URL(path, origin), { ...init, headers })
  }
  return () => requests
}

/** Returns a function that prints a progress bar at each tenth of the work. */
function barOf(name: string, of: number): (done: number) => void {
  let drawn = -1
  return (done) => {
    const tenth = Math.floor((10 * done) / Math.max(1, of))
    if (tenth === drawn) return
    drawn = tenth
    const full = Math.min(WIDTH, Math.round((WIDTH * done) / Math.max(1, of)))
    const bar = '#'.repeat(full).padEnd(WIDTH, '.')
    console.log(`    ${name.padEnd(10)}[${bar}] ${done} / ${of}`)
  }
}

/** Prints the steps and the total time. @returns 1 when the total is over its bound, otherwise 0 */
export async function benchDeparture({ server, orgDir, signIn }: ServedDemo): Promise<number> {
  const member = await readScriptedMember(orgDir)
  const opened = member.keys
  const { root } = JSON.parse(readFileSync(join(orgDir, 'public.json'), 'utf8')) as PublicFile
  const requests = sendFrom(server.staffOrigin, member.session)
  const nextRoster = async (): Promise<Roster> => {
    const replayed = await replayLedger(await fetchLedger(), fromB64(root))
    if (!replayed.isWhole) throw new Error('the ledger of the measurement is broken')
    return replayed.roster
  }
  const nextKeys = async (): Promise<UnlockedKeys> => {
    const unproven = await openCopies(opened.own, await fetchMe())
    return unlockedBy({ ...opened, unproven }, await nextRoster())
  }
  const keys = await nextKeys()
  const { names } = await fetchPeople()
  const [, , third] = signIn.colleagues
  const leaver = names.find(({ name }) => name === third?.name)
  if (!leaver) throw new Error('nobody leaves')
  console.log(`\nA colleague leaves. Each request waits ${ROUND_TRIP_MS} ms besides.\n`)
  const began = performance.now()
  await sendRemoval(keys, await nextRoster(), leaver.id)
  const lines: string[] = []
  for (const { name, ...step } of departureSteps({ keys, nextRoster, nextKeys })) {
    const [since, before] = [performance.now(), requests()]
    const { todo: of } = await step.remaining(await nextRoster())
    await step.run(barOf(name, of))
    const seconds = ((performance.now() - since) / 1000).toFixed(1)
    const sent = `${requests() - before} requests`
    lines.push(
      `  ${name.padEnd(10)}${String(of).padStart(7)}${sent.padStart(16)}${seconds.padStart(8)} s`,
    )
  }
  const total = (performance.now() - began) / 1000
  const fits = total <= BOUND_S
  console.log(`\n${lines.join('\n')}`)
  const all = `${requests()} requests`
  console.log(`${fits ? '  ' : '! '}in all: ${all}, ${total.toFixed(1)} s   bound ${BOUND_S} s`)
  return fits ? 0 : 1
}
